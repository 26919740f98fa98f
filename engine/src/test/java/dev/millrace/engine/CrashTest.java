package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.HoldPoints;
import dev.millrace.testkit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a real process with SIGKILL at each place where it hurts; another node must finish, with every effect once. */
class CrashTest {
    private static final String PROCESS = """
            workflow:
              name: order
              trigger: { event: order.created }
              steps:
                - { id: first, action: trial.effect, config: {} }
                - { id: call, action: trial.call, depends_on: first, config: {} }
                - { id: last, action: trial.effect, depends_on: call, config: {} }
            """;

    private static final String APPROVAL = """
            workflow:
              name: approval
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head }
                  on_timeout: { after: 1h, action: erp.approval.escalate, config: { to_role: CFO } }
                - { id: last, action: trial.effect, depends_on: ask, config: {} }
            """;

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final UUID tenant = UuidCreator.getTimeOrderedEpoch();
    private final TestDirectory directory = new TestDirectory();
    private final TrialActions.Calls calls = new TrialActions.Calls();
    private final Engine api = engine(false, Holds.NONE);
    private final TestCompany company = new TestCompany(directory, api, tenant);

    private Engine engine(boolean workers, Holds holds) {
        return EngineFixture.newEngine(database.app(), workers, directory, calls, holds, Duration.ofSeconds(2));
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claim.after",
                "step.before_action",
                "step.after_effect",
                "step.before_commit",
                "step.after_commit",
                "step.after_call",
                "execution.before_end"
            })
    void a_node_killed_there_is_replaced_and_no_effect_is_lost_or_doubled(String point) throws Exception {
        company.enable(PROCESS);
        UUID execution = company.start("1");

        killAt(point);

        try (Engine successor = engine(true, Holds.NONE)) {
            successor.start();
            company.awaitStatus(execution, "completed");
        }
        assertThat(company.effects(execution, "first")).isEqualTo(1);
        assertThat(company.effects(execution, "call")).isEqualTo(1);
        assertThat(company.effects(execution, "last")).isEqualTo(1);
        assertThat(company.journal(execution))
                .filteredOn(entry -> !entry.startsWith("workflow.step_started"))
                .doesNotHaveDuplicates()
                .endsWith("workflow.completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"claim.after", "step.before_action", "step.after_effect", "step.before_commit", "step.after_commit"})
    void E1_a_node_killed_between_a_retry_and_its_end_is_replaced_and_what_is_run_again_is_done_once(String point)
            throws Exception {
        company.enable("""
                workflow:
                  name: retried
                  trigger: { event: order.created }
                  steps:
                    - { id: before, action: trial.effect, config: {} }
                    - { id: broken, action: trial.fail, depends_on: before, config: { retryable: false, until: 2 } }
                    - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);
        UUID execution = company.start("1");
        try (Engine first = engine(true, Holds.NONE)) {
            first.start();
            company.awaitStatus(execution, "failed");
        }
        Retried retried =
                company.run(tx -> api.retries().retry(tx, execution, Retries.How.USUAL, Actor.user(company.meera)));
        assertThat(retried).isInstanceOf(Retried.Done.class);

        killAt(point);

        completes(execution);
        for (String step : List.of("before", "broken", "behind")) {
            assertThat(company.effects(execution, step)).as(step).isEqualTo(1);
        }
        assertThat(company.journaled(execution, "workflow.retried")).isEqualTo(1);
        assertThat(company.journal(execution)).endsWith("workflow.completed");
    }

    private void completes(UUID execution) {
        try (Engine successor = engine(true, Holds.NONE)) {
            successor.start();
            company.awaitStatus(execution, "completed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"step.after_effect", "step.before_commit", "step.after_commit", "step.after_call"})
    void a_node_killed_among_the_items_of_a_list_is_replaced_and_each_item_is_done_once(String point) throws Exception {
        company.enable("""
                workflow:
                  name: list
                  trigger: { event: order.created }
                  steps:
                    - { id: each, action: trial.effect, for_each: ['a', 'b', 'c', 'd'], config: { note: "{{ item }}" } }
                    - { id: call, action: trial.call, for_each: [1, 2], depends_on: each, config: {} }
                """);
        UUID execution = company.start("1");

        killAt(point);

        try (Engine successor = engine(true, Holds.NONE)) {
            successor.start();
            company.awaitStatus(execution, "completed");
        }
        for (String item : List.of("each[0]", "each[1]", "each[2]", "each[3]", "call[0]", "call[1]")) {
            assertThat(company.effects(execution, item)).as(item).isEqualTo(1);
        }
        assertThat(company.steps(execution).get("each").output().orElseThrow().findValuesAsString("note"))
                .containsExactly("a", "b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "step.before_action",
                "step.before_commit",
                "execution.before_park",
                "execution.before_end",
                "execution.before_end_commit"
            })
    void a_node_killed_there_is_replaced_and_a_workflow_is_started_and_told_of_once(String point) throws Exception {
        company.enable("""
                workflow:
                  name: child
                  trigger: { manual: true }
                  steps: [{ id: work, action: trial.effect, config: {} }]
                """);
        company.enable("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - { id: sub, action: core.run_workflow, config: { workflow: child } }
                    - { id: last, action: trial.effect, depends_on: sub, config: {} }
                """);
        UUID execution = company.start("1");

        killAt(point);

        try (Engine successor = engine(true, Holds.NONE)) {
            successor.start();
            company.awaitStatus(execution, "completed");
        }
        assertThat(company.children(execution)).hasSize(1);
        assertThat(company.effects(company.children(execution).getFirst(), "work"))
                .isEqualTo(1);
        assertThat(company.effects(execution, "last")).isEqualTo(1);
        assertThat(company.journal(execution)).doesNotHaveDuplicates().endsWith("workflow.completed");
    }

    private UUID startWaiting(String since) {
        return company.run(company.enable("""
                workflow:
                  name: waiting
                  trigger: { manual: true }
                  steps:
                    - id: paid
                      action: core.wait_for_event
                      config: { event: payment.received, match: event.order_id == 'PO-1', since: %s }
                    - { id: last, action: trial.effect, depends_on: paid, config: {} }
                """.formatted(since)), Json.object());
    }

    private void completesOnce(UUID execution) {
        completes(execution);
        assertThat(company.effects(execution, "last")).isEqualTo(1);
        assertThat(company.journal(execution)).doesNotHaveDuplicates().endsWith("workflow.completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"match.before_look", "match.before_lock", "match.before_commit", "match.before_done"})
    void a_node_killed_while_it_matches_an_event_is_replaced_and_the_wait_ends_once(String point) throws Exception {
        UUID execution = startWaiting("now");
        try (Engine first = engine(true, Holds.NONE)) {
            first.start();
            company.awaitStatus(execution, "waiting");
            await().atMost(Duration.ofSeconds(15)).until(() -> newWaits() == 0);
        }
        company.pay("PO-1", "1");

        killAt(point);

        completesOnce(execution);
    }

    @ParameterizedTest
    @ValueSource(strings = {"step.before_commit", "execution.before_park", "look_back.before", "match.before_commit"})
    void a_node_killed_before_a_wait_has_looked_back_is_replaced_and_the_event_is_found(String point) throws Exception {
        UUID execution = startWaiting("trigger");
        company.pay("PO-1", "1");

        killAt(point);

        completesOnce(execution);
    }

    private int newWaits() {
        return company.run(tx -> tx.handle()
                .createQuery("select count(*) from workflow_waits where tenant_id = :tenant and not looked_back")
                .bind("tenant", tenant)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void C3_a_node_killed_during_a_catch_up_is_replaced_and_each_slot_fires_once() throws Exception {
        company.enable("""
                workflow:
                  name: scheduled
                  trigger: { schedule: '*/5 * * * *', catch_up: all }
                  steps:
                    - { id: only, action: trial.effect, config: {} }
                """);
        company.run(tx -> tx.handle().createUpdate("""
                        update workflow_schedules
                           set next_fire = date_trunc('hour', millrace_now()) - interval '6 hours'
                         where tenant_id = :tenant""").bind("tenant", tenant).execute());

        killAt("schedule.before_move");

        try (Engine successor = engine(true, Holds.NONE)) {
            successor.start();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> count("select count(*) from schedule_slots where tenant_id = :tenant") >= 73);
        }
        assertThat(count("""
                        select count(*) - (select count(*) from schedule_slots where tenant_id = :tenant)
                          from workflow_executions where tenant_id = :tenant""")).isZero();
    }

    private long count(String sql) {
        return company.run(tx -> tx.handle()
                .createQuery(sql)
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one());
    }

    @ParameterizedTest
    @ValueSource(strings = {"execution.before_park", "deadline.before", "deadline.before_commit"})
    void a_node_killed_while_it_asks_or_escalates_is_replaced(String point) throws Exception {
        company.enable(APPROVAL);
        UUID execution = company.start("1");
        if (point.startsWith("deadline")) {
            try (Engine first = engine(true, Holds.NONE)) {
                first.start();
                company.awaitStatus(execution, "awaiting_approval");
            }
            api.clock().advance(Duration.ofHours(2));
        }

        killAt(point);

        try (Engine successor = engine(true, Holds.NONE)) {
            successor.start();
            if (point.startsWith("deadline")) {
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> company.pending(execution)
                                .filter(r -> r.level() == 2)
                                .isPresent());
            }
            Request request = company.awaitRequest(execution);
            company.approve(request, point.startsWith("deadline") ? company.arjun : company.meera);
            company.awaitStatus(execution, "completed");
        }
        assertThat(company.effects(execution, "last")).isEqualTo(1);
        assertThat(company.journal(execution)).doesNotHaveDuplicates();
    }

    @Test
    void E2_a_node_that_was_overtaken_finds_its_commit_refused() {
        company.enable(PROCESS);
        var holds = new HoldPoints();
        HoldPoints.Hold frozen = holds.hold("step.before_commit");
        UUID execution = company.start("1");
        try (Engine zombie = engine(true, holds::at);
                Engine successor = engine(true, Holds.NONE)) {
            zombie.start();
            frozen.awaitReached();
            // As if the whole process had been frozen: nobody extends its lease any more.
            letTheLeaseRunOut(execution);

            successor.start();
            company.awaitStatus(execution, "completed");
            frozen.release();
        }

        assertThat(company.effects(execution, "first")).isEqualTo(1);
        assertThat(company.journal(execution)).doesNotHaveDuplicates();
    }

    private void letTheLeaseRunOut(UUID execution) {
        company.run(tx -> tx.handle()
                .createUpdate("""
                        update workflow_executions
                           set lease_until = millrace_now(), due_at = millrace_now(), lease_owner = :nobody
                         where tenant_id = :tenant and id = :id""")
                .bind("nobody", tenant)
                .bind("tenant", tenant)
                .bind("id", execution)
                .execute());
    }

    private void killAt(String point) throws IOException, InterruptedException {
        KilledNode.killAt(database, tenant, point);
    }
}
