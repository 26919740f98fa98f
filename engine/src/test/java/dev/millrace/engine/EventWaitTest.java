package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.testkit.HoldPoints.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** core.wait_for_event: no event is missed, and none counts twice, whatever the order of commits. */
class EventWaitTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    @AfterEach
    void letGo() {
        fixture.holds.clear();
    }

    private StoredDefinition waitingFor(String config, String more) {
        return company.enable("""
                workflow:
                  name: waiting
                  trigger: { manual: true }
                  steps:
                    - id: paid
                      action: core.wait_for_event
                      config: { event: payment.received, %s }
                      %s
                    - { id: after, action: trial.effect, depends_on: paid, config: {} }
                """.formatted(config, more));
    }

    private UUID start(StoredDefinition definition, String order) {
        return company.run(definition, Json.object().put("order", order));
    }

    /** Starts it and waits until it waits, and has looked back. */
    private UUID startWaiting(StoredDefinition definition, String order) {
        UUID execution = start(definition, order);
        company.awaitStatus(execution, "waiting");
        awaitLookedBack();
        return execution;
    }

    private void awaitLookedBack() {
        await().atMost(Duration.ofSeconds(15)).until(() -> count("workflow_waits where not looked_back") == 0);
    }

    private long count(String from) {
        return company.run(tx -> tx.handle()
                .createQuery("select count(*) from " + from + (from.contains("where") ? " and " : " where ")
                        + "tenant_id = :tenant")
                .bind("tenant", company.tenant)
                .mapTo(Long.class)
                .one());
    }

    private JsonNode output(UUID execution) {
        return company.steps(execution).get("paid").output().orElseThrow();
    }

    private static final String BY_ORDER = "match: event.order_id == trigger.order";

    @Test
    void the_event_whose_field_has_the_value_ends_the_wait_and_others_do_not() {
        StoredDefinition definition = waitingFor(BY_ORDER, "");
        UUID one = startWaiting(definition, "PO-1");
        UUID two = startWaiting(definition, "PO-2");

        company.pay("PO-3", "5");
        String paid = company.pay("PO-2", "7.50").eventId();

        company.awaitStatus(two, "completed");
        assertThat(output(two).path("event_id").asString()).isEqualTo(paid);
        assertThat(output(two).path("payload").path("amount").decimalValue()).isEqualByComparingTo("7.50");
        assertThat(output(two).path("payload").path("final").isNull()).isTrue();
        assertThat(company.effects(two, "after")).isEqualTo(1);
        assertThat(company.view(one).status()).isEqualTo("waiting");
        assertThat(company.journal(two))
                .containsExactly(
                        "workflow.started",
                        "workflow.waiting:paid",
                        "workflow.step_completed:paid",
                        "workflow.step_completed:after",
                        "workflow.completed");
        await().atMost(Duration.ofSeconds(15)).until(() -> count("unmatched_events") == 0);
        assertThat(count("workflow_waits")).isEqualTo(1);
    }

    @Test
    void the_rest_of_the_condition_counts_too_and_one_that_cannot_be_evaluated_is_no_match() {
        StoredDefinition definition =
                waitingFor("match: event.order_id == trigger.order and event.amount > 10 and event.final", "");
        UUID execution = startWaiting(definition, "PO-1");

        company.pay("PO-1", "5");
        company.pay("PO-1", "50");
        ObjectNode last = TestCompany.payment("PO-1", "50").put("final", true);
        String right = company.run(tx -> fixture.engine
                .events()
                .publish(tx, NewEvent.of("payment.received", last, Actor.SYSTEM))
                .eventId());

        company.awaitStatus(execution, "completed");
        assertThat(output(execution).path("event_id").asString()).isEqualTo(right);
    }

    @Test
    void one_event_ends_every_wait_that_it_matches_and_two_events_end_one_wait_once() {
        StoredDefinition definition = waitingFor(BY_ORDER, "");
        UUID one = startWaiting(definition, "PO-1");
        UUID two = startWaiting(definition, "PO-1");

        company.run(tx -> {
            NewEvent event = NewEvent.of("payment.received", TestCompany.payment("PO-1", "1"), Actor.SYSTEM);
            fixture.engine.events().publish(tx, event);
            return fixture.engine.events().publish(tx, event);
        });

        for (UUID execution : List.of(one, two)) {
            company.awaitStatus(execution, "completed");
            assertThat(company.effects(execution, "after")).isEqualTo(1);
            assertThat(company.journal(execution)).containsOnlyOnce("workflow.step_completed:paid");
        }
    }

    @Test
    void an_event_of_another_company_ends_nothing() {
        UUID execution = startWaiting(waitingFor(BY_ORDER, ""), "PO-1");
        TestCompany other = fixture.company();

        other.pay("PO-1", "1");
        fixture.engine.matchEvents();

        assertThat(company.view(execution).status()).isEqualTo("waiting");
    }

    @Test
    void what_came_before_the_wait_counts_since_the_trigger_and_not_since_now() {
        StoredDefinition now = company.enable(twoSteps("now"));
        StoredDefinition trigger = company.enable(twoSteps("trigger"));
        UUID sinceNow = start(now, "PO-1");
        UUID sinceTrigger = start(trigger, "PO-1");
        company.awaitStatus(sinceNow, "waiting");
        company.awaitStatus(sinceTrigger, "waiting");

        company.pay("PO-1", "1");
        fixture.engine.matchEvents();
        fixture.engine.clock().advance(Duration.ofHours(1));

        company.awaitStatus(sinceTrigger, "completed");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> company.statusOf(sinceNow, "paid").equals("waiting"));
        awaitLookedBack();
        assertThat(company.statusOf(sinceNow, "paid")).isEqualTo("waiting");

        company.pay("PO-1", "2");
        company.awaitStatus(sinceNow, "completed");
    }

    private static String twoSteps(String since) {
        return """
                workflow:
                  name: since-%s
                  trigger: { manual: true }
                  steps:
                    - { id: pause, action: core.wait, config: { for: 1h } }
                    - id: paid
                      action: core.wait_for_event
                      depends_on: pause
                      config: { event: payment.received, match: event.order_id == trigger.order, since: %s }
                """.formatted(since, since);
    }

    @Test
    void the_event_that_started_the_execution_does_not_end_its_wait() {
        company.enable("""
                workflow:
                  name: again
                  trigger: { event: payment.received, condition: trigger.amount == 1 }
                  steps:
                    - id: paid
                      action: core.wait_for_event
                      config: { event: payment.received, match: event.order_id == trigger.order_id, since: trigger }
                """);
        UUID execution = company.pay("PO-1", "1").executions().getFirst();
        company.awaitStatus(execution, "waiting");
        awaitLookedBack();
        assertThat(company.view(execution).status()).isEqualTo("waiting");

        company.pay("PO-1", "2");

        company.awaitStatus(execution, "completed");
        assertThat(output(execution).path("payload").path("amount").asString()).isEqualTo("2");
    }

    @Test
    void an_event_whose_transaction_began_before_the_wait_and_ends_after_it_is_not_missed() throws Exception {
        StoredDefinition definition = waitingFor(BY_ORDER, "");
        var published = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        Thread publisher = Thread.ofVirtual()
                .start(() -> company.run(tx -> {
                    fixture.engine
                            .events()
                            .publish(
                                    tx,
                                    NewEvent.of("payment.received", TestCompany.payment("PO-1", "1"), Actor.SYSTEM));
                    published.countDown();
                    return within(commit);
                }));
        within(published);

        UUID execution = startWaiting(definition, "PO-1");
        assertThat(company.view(execution).status()).isEqualTo("waiting");
        commit.countDown();
        publisher.join();

        company.awaitStatus(execution, "completed");
    }

    @Test
    void an_event_that_is_matched_before_the_wait_is_committed_is_found_by_looking_back() {
        StoredDefinition definition = waitingFor(BY_ORDER, "");
        try (Hold registering = fixture.holds.hold("step.before_commit")) {
            UUID execution = start(definition, "PO-1");
            registering.awaitReached();

            company.pay("PO-1", "1");
            await().atMost(Duration.ofSeconds(15)).until(() -> count("unmatched_events") == 0);
            registering.release();

            company.awaitStatus(execution, "completed");
            assertThat(company.journal(execution)).containsOnlyOnce("workflow.step_completed:paid");
        }
    }

    @Test
    void of_the_event_and_the_deadline_one_wins_the_deadline_first() {
        UUID execution = startWaiting(
                waitingFor(BY_ORDER, "on_timeout: { after: 1d, action: trial.effect, config: {} }"), "PO-1");

        try (Hold matching = fixture.holds.hold("match.before_lock")) {
            company.pay("PO-1", "1");
            matching.awaitReached();
            fixture.engine.clock().advance(Duration.ofDays(1));
            company.awaitStatus(execution, "failed");
        }

        assertThat(company.view(execution).outcome()).contains("expired");
        assertThat(company.steps(execution)
                        .get("paid")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo("wait_timed_out");
        assertThat(company.effects(execution, "paid.on_timeout[0]")).isEqualTo(1);
        assertThat(company.effects(execution, "after")).isZero();
        await().atMost(Duration.ofSeconds(15)).until(() -> count("unmatched_events") == 0);
        assertThat(company.journal(execution)).doesNotContain("workflow.step_completed:paid");
    }

    @Test
    void of_the_event_and_the_deadline_one_wins_the_event_first() {
        UUID execution = startWaiting(
                waitingFor(BY_ORDER, "on_timeout: { after: 1d, action: trial.effect, config: {} }"), "PO-1");

        try (Hold deadline = fixture.holds.hold("deadline.before")) {
            fixture.engine.clock().advance(Duration.ofDays(1));
            deadline.awaitReached();
            company.pay("PO-1", "1");
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> company.statusOf(execution, "paid").equals("completed"));
        }

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "paid.on_timeout[0]")).isZero();
        assertThat(company.effects(execution, "after")).isEqualTo(1);
    }

    @Test
    void without_a_deadline_the_wait_ends_after_the_default_expiry() {
        UUID execution = startWaiting(waitingFor(BY_ORDER, ""), "PO-1");

        fixture.engine.clock().advance(NodeSettings.DEFAULT_EXPIRY);

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.outcome()).contains("expired");
        assertThat(view.error().orElseThrow().path("code").asString()).isEqualTo("wait_timed_out");
        assertThat(company.journal(execution)).contains("workflow.wait_timed_out:paid");
        assertThat(count("workflow_waits")).isZero();
    }

    @Test
    void entries_that_continue_are_run_one_after_the_other_and_the_wait_goes_on() {
        UUID execution = startWaiting(
                waitingFor(
                        BY_ORDER,
                        "on_timeout: [{ after: 1d, action: trial.effect, config: {}, then: continue },"
                                + " { after: 2d, action: trial.effect, config: {}, then: continue }]"),
                "PO-1");

        fixture.engine.clock().advance(Duration.ofDays(1));
        await().atMost(Duration.ofSeconds(15)).until(() -> company.effects(execution, "paid.on_timeout[0]") == 1);
        company.awaitStatus(execution, "waiting");
        fixture.engine.clock().advance(Duration.ofDays(1));
        await().atMost(Duration.ofSeconds(15)).until(() -> company.effects(execution, "paid.on_timeout[1]") == 1);
        company.awaitStatus(execution, "waiting");

        company.pay("PO-1", "1");

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "paid.on_timeout[0]")).isEqualTo(1);
    }

    @Test
    void a_cancelled_execution_waits_for_nothing_and_an_event_that_is_being_matched_changes_nothing() {
        UUID execution = startWaiting(waitingFor(BY_ORDER, ""), "PO-1");

        try (Hold matching = fixture.holds.hold("match.before_lock")) {
            company.pay("PO-1", "1");
            matching.awaitReached();
            fixture.engine.executions().cancel(company.tenant, execution, Actor.user(company.meera), Optional.empty());
        }

        await().atMost(Duration.ofSeconds(15)).until(() -> count("unmatched_events") == 0);
        assertThat(company.view(execution).status()).isEqualTo("cancelled");
        assertThat(company.statusOf(execution, "paid")).isEqualTo("cancelled");
        assertThat(count("workflow_waits")).isZero();
    }

    @Test
    void parallel_branches_wait_for_different_things_and_a_failure_in_one_withdraws_the_other() {
        company.enable("""
                workflow:
                  name: branches
                  trigger: { event: order.created }
                  steps:
                    - id: paid
                      action: core.wait_for_event
                      config: { event: payment.received, match: event.order_id == trigger.id | string }
                    - { id: pause, action: core.wait, config: { for: 1h } }
                    - { id: broken, action: trial.fail, depends_on: pause, config: { retryable: false } }
                  on_failure: { action: trial.effect, config: {} }
                """);
        UUID execution = company.start("1");
        company.awaitStatus(execution, "waiting");

        fixture.engine.clock().advance(Duration.ofHours(1));

        company.awaitStatus(execution, "failed");
        assertThat(company.statusOf(execution, "paid")).isEqualTo("cancelled");
        assertThat(company.effects(execution, "on_failure[0]")).isEqualTo(1);
        assertThat(count("workflow_waits")).isZero();
    }

    @Test
    void items_of_a_list_wait_each_for_their_own() {
        company.enable("""
                workflow:
                  name: list
                  trigger: { event: order.created }
                  steps:
                    - id: each
                      action: core.wait_for_event
                      for_each: ['A', 'B']
                      config: { event: payment.received, match: item == event.order_id and item_index < 9 }
                """);
        UUID execution = company.start("1");
        company.awaitStatus(execution, "waiting");

        company.pay("B", "2");
        company.pay("A", "1");

        company.awaitStatus(execution, "completed");
        List<String> amounts = new ArrayList<>();
        company.steps(execution)
                .get("each")
                .output()
                .orElseThrow()
                .forEach(item -> amounts.add(item.path("payload").path("amount").asString()));
        assertThat(amounts).containsExactly("1", "2");
    }

    @Test
    void a_value_that_is_equal_as_a_number_is_found_whatever_its_digits() {
        UUID execution =
                startWaiting(waitingFor("match: event.amount == 2.50 and event.order_id == trigger.order", ""), "PO-1");

        company.pay("PO-1", "2.5");

        company.awaitStatus(execution, "completed");
    }

    @Test
    void a_node_without_workers_matches_nothing_and_a_worker_finds_what_it_left() {
        UUID execution = startWaiting(waitingFor(BY_ORDER, ""), "PO-1");
        try (Engine api = fixture.newEngine(false)) {
            api.start();
            var there = new TestCompany(fixture.directory, api, company.tenant);
            there.pay("PO-1", "1");
        }

        company.awaitStatus(execution, "completed");
    }

    @Test
    void a_match_that_any_event_may_fit_is_refused_when_it_is_saved() {
        Saved saved = company.run(
                tx -> fixture.engine.definitions().save(tx, """
                workflow:
                  name: broad
                  trigger: { manual: true }
                  steps:
                    - { id: paid, action: core.wait_for_event, config: { event: payment.received, match: event.amount > 1 } }
                """, Optional.of(true), "person", Actor.SYSTEM));

        assertThat(saved).isInstanceOf(Saved.Invalid.class);
        assertThat(((Saved.Invalid) saved).problems())
                .extracting(p -> p.code())
                .containsExactly("wait_match_too_broad");
    }

    private static boolean within(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
