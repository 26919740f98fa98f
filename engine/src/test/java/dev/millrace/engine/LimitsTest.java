package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.testkit.HoldPoints.Hold;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Each hard limit, at its border: what is just allowed, and what is just too much. */
class LimitsTest {
    private static final Limits LIMITS = Limits.DEFAULT;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private static String text(int bytes) {
        return "x".repeat(bytes);
    }

    /** A payload of exactly so many bytes. */
    private ObjectNode payload(int bytes) {
        ObjectNode payload = Json.object().put("note", "");
        return payload.put("note", text(bytes - Json.write(payload).length()));
    }

    private StoredDefinition manual(String name, String steps) {
        return company.enable("""
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps:
                %s
                """.formatted(name, steps.indent(4)));
    }

    private JsonNode errorOf(UUID execution) {
        return company.awaitStatus(execution, "failed").error().orElseThrow();
    }

    @Test
    void a_payload_by_hand_is_refused_from_one_byte_too_many_on() {
        StoredDefinition definition = manual("by-hand", "- { id: a, action: core.set, config: { values: { b: 1 } } }");

        Started fits = company.run(tx ->
                fixture.engine.executions().start(tx, definition.id(), payload(LIMITS.payloadBytes()), Actor.SYSTEM));
        Started tooLarge = company.run(tx -> fixture.engine
                .executions()
                .start(tx, definition.id(), payload(LIMITS.payloadBytes() + 1), Actor.SYSTEM));

        assertThat(fits).isInstanceOf(Started.Done.class);
        assertThat(tooLarge).isEqualTo(new Started.PayloadTooLarge(LIMITS.payloadBytes()));
    }

    @Test
    void the_payload_of_an_event_is_refused_from_one_byte_too_many_on_and_leaves_nothing() {
        ObjectNode payment = TestCompany.payment("", "1").putNull("final");
        int room = LIMITS.payloadBytes() - Json.write(payment).length();

        Published fits = company.pay(text(room), "1");
        assertThat(fits.repeated()).isFalse();

        assertThatThrownBy(() -> company.run(tx -> fixture.engine
                        .events()
                        .publish(
                                tx,
                                NewEvent.of(
                                        "payment.received", TestCompany.payment(text(room + 1), "1"), Actor.SYSTEM))))
                .isInstanceOfSatisfying(
                        EventRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("payload_too_large"))
                .hasMessageContaining("262144");
    }

    @Test
    void characters_count_by_their_bytes() {
        StoredDefinition definition = manual("bytes", "- { id: a, action: core.set, config: { values: { b: 1 } } }");
        ObjectNode payload = Json.object().put("note", "₹".repeat(LIMITS.payloadBytes() / 3));

        Started tooLarge =
                company.run(tx -> fixture.engine.executions().start(tx, definition.id(), payload, Actor.SYSTEM));

        assertThat(tooLarge).isInstanceOf(Started.PayloadTooLarge.class);
    }

    @Test
    void the_payload_for_another_workflow_fails_the_step() {
        manual("callee", "- { id: a, action: core.set, config: { values: { b: 1 } } }");
        StoredDefinition caller = manual("caller", """
                - id: sub
                  action: core.run_workflow
                  config: { workflow: callee, payload: { one: "{{ trigger.note }}", two: "{{ trigger.note }}" } }""");

        UUID execution = company.run(caller, payload(LIMITS.payloadBytes() / 2 + 100));

        assertThat(errorOf(execution).path("code").asString()).isEqualTo("payload_too_large");
        assertThat(company.children(execution)).isEmpty();
    }

    @Test
    void a_config_that_its_templates_make_too_large_fails_the_step_before_it_runs() {
        StoredDefinition definition = manual("input", """
                - id: a
                  action: core.set
                  config: { values: { v: "{{ trigger.n }}", w: "{{ trigger.n }}", x: "{{ trigger.n }}", y: "{{ trigger.n }}", z: "{{ trigger.n }}" } }""");
        int empty = Json.write(
                        Json.readObject("{\"values\": {\"v\":\"\",\"w\":\"\",\"x\":\"\",\"y\":\"\",\"z\":\"\"}}"))
                .length();
        int room = (LIMITS.inputBytes() - empty) / 5;

        UUID fits = company.run(definition, Json.object().put("n", text(room)));
        UUID tooLarge = company.run(definition, Json.object().put("n", text(room + 1)));

        company.awaitStatus(fits, "completed");
        assertThat(errorOf(tooLarge).path("code").asString()).isEqualTo("input_too_large");
    }

    @Test
    void an_output_that_is_too_large_fails_the_step_and_takes_its_effect_back() {
        Limits small = new Limits(LIMITS.runningTime(), 8192, 8192, 1024, 16);
        try (Engine engine = fixture.newEngine(small)) {
            engine.start();
            var there = new TestCompany(fixture.directory, engine, fixture.newId());
            StoredDefinition definition = there.enable("""
                    workflow:
                      name: output
                      trigger: { manual: true }
                      steps: [{ id: a, action: trial.effect, config: { note: "{{ trigger.note }}" } }]
                    """);
            ObjectNode output = Json.object().put("note", "").put("attempt", 1);
            int room = 1024 - Json.write(output).length();

            UUID fits = there.run(definition, Json.object().put("note", text(room)));
            UUID tooLarge = there.run(definition, Json.object().put("note", text(room + 1)));

            there.awaitStatus(fits, "completed");
            JsonNode error = there.awaitStatus(tooLarge, "failed").error().orElseThrow();
            assertThat(error.path("code").asString()).isEqualTo("output_too_large");
            assertThat(error.path("message").asString()).contains("1024");
            assertThat(there.effects(tooLarge, "a")).isZero();
        }
    }

    @Test
    void the_outputs_of_all_items_together_may_be_too_large() {
        Limits small = new Limits(LIMITS.runningTime(), 8192, 8192, 1024, 16);
        try (Engine engine = fixture.newEngine(small)) {
            engine.start();
            var there = new TestCompany(fixture.directory, engine, fixture.newId());
            StoredDefinition definition = there.enable("""
                    workflow:
                      name: items
                      trigger: { manual: true }
                      steps:
                        - id: each
                          action: trial.effect
                          for_each: [1, 2, 3]
                          config: { note: "{{ trigger.note }}" }
                          on_error: continue
                    """);

            UUID execution = there.run(definition, Json.object().put("note", text(400)));

            there.awaitStatus(execution, "completed");
            assertThat(there.steps(execution)
                            .get("each")
                            .error()
                            .orElseThrow()
                            .path("code")
                            .asString())
                    .isEqualTo("output_too_large");
        }
    }

    private UUID parkedFor(Duration active) {
        StoredDefinition definition = manual("running-" + active.toMinutes(), """
                - { id: pause, action: core.wait, config: { for: 1h } }
                - { id: after, action: trial.effect, depends_on: pause, config: {} }""");
        UUID execution = company.run(definition, Json.object());
        company.awaitStatus(execution, "waiting");
        company.run(tx -> tx.handle()
                .createUpdate("update workflow_executions set active_ms = :ms where tenant_id = :tenant and id = :id")
                .bind("ms", active.toMillis())
                .bind("tenant", company.tenant)
                .bind("id", execution)
                .execute());
        return execution;
    }

    @Test
    void an_execution_that_has_run_for_a_day_fails_and_a_little_less_is_fine() {
        UUID over = parkedFor(LIMITS.runningTime());
        UUID within = parkedFor(LIMITS.runningTime().minusMinutes(10));

        fixture.engine.clock().advance(Duration.ofHours(1));

        JsonNode error = errorOf(over);
        assertThat(error.path("code").asString()).isEqualTo("execution_time_limit");
        assertThat(error.path("message").asString()).contains("1440 min");
        assertThat(company.effects(over, "after")).isZero();
        assertThat(company.journal(over)).endsWith("workflow.failed");
        company.awaitStatus(within, "completed");
    }

    private long activeMillis(UUID execution) {
        return company.run(tx -> tx.handle()
                .createQuery("select active_ms from workflow_executions where tenant_id = :tenant and id = :id")
                .bind("tenant", company.tenant)
                .bind("id", execution)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void time_spent_waiting_does_not_count_and_moving_the_clock_does_not_either() {
        UUID execution = parkedFor(Duration.ZERO);

        fixture.engine.clock().advance(Duration.ofDays(3));

        company.awaitStatus(execution, "completed");
        assertThat(activeMillis(execution)).isBetween(0L, Duration.ofMinutes(1).toMillis());
    }

    @Test
    void a_call_that_is_under_way_when_the_time_is_over_does_not_keep_the_execution_alive() {
        Limits brief = new Limits(Duration.ofSeconds(1), 8192, 8192, 8192, 16);
        try (Engine engine = fixture.newEngine(brief);
                Hold call = fixture.holds.hold("step.after_call")) {
            engine.start();
            var there = new TestCompany(fixture.directory, engine, fixture.newId());
            StoredDefinition definition = there.enable("""
                    workflow:
                      name: calling
                      trigger: { manual: true }
                      steps: [{ id: a, action: trial.call, config: {} }]
                    """);

            UUID execution = there.run(definition, Json.object());
            call.awaitReached();

            JsonNode error = there.awaitStatus(execution, "failed").error().orElseThrow();
            assertThat(error.path("code").asString()).isEqualTo("execution_time_limit");
            call.release();
            await().atMost(Duration.ofSeconds(15)).until(() -> engine.liveExecutions() == 0);
            assertThat(there.effects(execution, "a")).isZero();
            assertThat(there.statusOf(execution, "a")).isEqualTo("cancelled");
        }
    }

    @Test
    void limits_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> new Limits(Duration.ZERO, 1024, 1024, 1024, 16))
                .hasMessageContaining("above zero");
        assertThatThrownBy(() -> new Limits(Duration.ofHours(1), 1023, 1024, 1024, 16))
                .hasMessageContaining("1023");
        assertThatThrownBy(() -> new Limits(Duration.ofHours(1), 1024, 1024, 1024, 0))
                .hasMessageContaining("1 to 1000");
    }
}
