package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.EventPublisher.NewEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EventIntakeTest {
    private static final String LARGE_ONLY = """
            workflow:
              name: large-only
              trigger: { event: order.created, condition: trigger.amount > 500000 }
              steps:
                - { id: first, action: trial.effect, config: {} }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    @Test
    void a_condition_that_is_false_is_told_with_the_values_it_read() {
        company.enable(LARGE_ONLY);

        Published published = company.publish(company.order("480000"));

        assertThat(published.started()).isZero();
        assertThat(published.isUnrouted()).isFalse();
        assertThat(published.declined()).singleElement().satisfies(d -> {
            assertThat(d.failed()).isFalse();
            assertThat(d.values().path("trigger.amount").decimalValue()).isEqualByComparingTo("480000");
        });
    }

    @Test
    void a_condition_that_cannot_be_evaluated_never_fails_the_publisher() {
        company.enable("""
                workflow:
                  name: broken-condition
                  trigger: { event: order.created, condition: 1 / (trigger.amount - 1) > 0 }
                  steps:
                    - { id: first, action: trial.effect, config: {} }
                """);

        Published published = company.publish(company.order("1"));

        assertThat(published.isUnrouted()).isTrue();
        assertThat(published.declined()).singleElement().matches(Published.Declined::failed);
    }

    @Test
    void fifty_publishers_of_one_event_id_make_one_event_and_get_one_answer() throws Exception {
        company.enable(LARGE_ONLY);
        ObjectNode payload = company.order("600000");
        var barrier = new CyclicBarrier(50);
        var answers = new ArrayList<CompletableFuture<Published>>();
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            meet(barrier);
                            return publish("one", payload);
                        },
                        together));
            }
        }

        var ids = new ArrayList<>();
        for (var answer : answers) {
            ids.add(answer.get().executions());
        }
        assertThat(ids).hasSize(50);
        assertThat(new HashSet<>(ids)).hasSize(1);
        assertThat(answers.getFirst().get().executions()).hasSize(1);
    }

    @Test
    void an_event_id_with_another_payload_is_refused_and_changes_nothing() {
        company.enable(LARGE_ONLY);
        publish("twice", company.order("600000"));

        assertThatThrownBy(() -> publish("twice", company.order("700000")))
                .isInstanceOfSatisfying(
                        EventRefused.class, e -> assertThat(e.code()).isEqualTo("event_id_reused"));
    }

    @Test
    void a_payload_that_does_not_fit_is_refused_with_every_misfit_at_once() {
        ObjectNode payload = Json.object();
        payload.put("amount", "much").put("colour", "red");

        assertThatThrownBy(() -> company.publish(payload)).isInstanceOfSatisfying(EventRefused.class, e -> {
            assertThat(e.code()).isEqualTo("payload_invalid");
            assertThat(e.misfits())
                    .extracting(m -> m.code() + " " + m.path())
                    .containsExactlyInAnyOrder("required id", "type_mismatch amount", "unknown_field colour");
        });
    }

    @Test
    void an_unknown_event_is_refused() {
        assertThatThrownBy(() -> company.run(tx -> fixture.engine
                        .events()
                        .publish(tx, NewEvent.of("order.exploded", Json.object(), Actor.SYSTEM))))
                .isInstanceOfSatisfying(
                        EventRefused.class, e -> assertThat(e.code()).isEqualTo("unknown_event"));
    }

    @Test
    void what_rolls_back_started_nothing() {
        company.enable(LARGE_ONLY);
        var started = new ArrayList<UUID>();

        assertThatThrownBy(() -> company.run(tx -> {
                    started.addAll(fixture.engine
                            .events()
                            .publish(tx, NewEvent.of("order.created", company.order("600000"), Actor.SYSTEM))
                            .executions());
                    throw new IllegalStateException("the order itself failed");
                }))
                .hasMessageContaining("the order itself failed");

        assertThat(started).hasSize(1);
        assertThat(company.<Optional<ExecutionView>>run(
                        tx -> fixture.engine.executions().find(tx, started.getFirst())))
                .isEmpty();
    }

    @Test
    void a_definition_that_starts_itself_ends_at_the_sixteenth_link() {
        company.enable("""
                workflow:
                  name: self-starting
                  trigger: { event: order.created }
                  steps:
                    - { id: again, action: trial.emit, config: { amount: 1 } }
                """);

        company.start("1");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(finished()).isEqualTo(17));
        assertThat(finished()).isEqualTo(17);
    }

    private int finished() {
        return company.run(tx -> fixture
                        .engine
                        .executions()
                        .list(tx, ExecutionFilter.ofWorkflow("self-starting"), Optional.empty(), 200)
                        .stream()
                        .filter(execution -> execution.status().equals("completed"))
                        .count())
                .intValue();
    }

    private Published publish(String id, ObjectNode payload) {
        return company.run(tx -> fixture.engine
                .events()
                .publish(tx, new NewEvent(Optional.of(id), "order.created", payload, Actor.SYSTEM, 0)));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
