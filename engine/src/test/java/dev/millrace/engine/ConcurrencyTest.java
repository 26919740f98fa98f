package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.HoldPoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** At most one running execution for each key of a definition. */
class ConcurrencyTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private void enable(String concurrency) {
        company.enable("""
                workflow:
                  name: one-at-a-time
                  trigger: { event: order.created }
                  concurrency: { %s }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                    - { id: effect, action: trial.effect, depends_on: ask, config: {} }
                """.formatted(concurrency));
    }

    private UUID start(String note) {
        ObjectNode order = company.order("1");
        order.put("note", note);
        return company.publish(order).executions().getFirst();
    }

    private void approve(UUID execution) {
        company.approve(company.awaitRequest(execution), company.meera);
    }

    @Test
    void skip_ends_whoever_comes_while_another_runs_for_the_key() {
        enable("key: '{{ trigger.note }}'");
        UUID first = start("north");
        company.awaitRequest(first);

        UUID second = start("north");
        UUID elsewhere = start("south");

        assertThat(company.awaitStatus(second, "cancelled").outcome()).contains("skipped");
        assertThat(company.journal(second)).containsExactly("workflow.started", "workflow.cancelled");
        assertThat(company.awaitRequest(elsewhere)).isNotNull();
        approve(first);
        company.awaitStatus(first, "completed");
        UUID third = start("north");
        approve(third);
        company.awaitStatus(third, "completed");
    }

    @Test
    void queue_lets_them_run_one_after_the_other_in_the_order_in_which_they_came() {
        enable("key: '{{ trigger.note }}', on_conflict: queue");
        UUID first = start("north");
        company.awaitRequest(first);
        UUID second = start("north");
        company.awaitStatus(second, "waiting");
        UUID third = start("north");
        company.awaitStatus(third, "waiting");

        approve(first);
        company.awaitStatus(first, "completed");
        Request next = company.awaitRequest(second);

        assertThat(company.view(third).status()).isEqualTo("waiting");
        company.approve(next, company.meera);
        company.awaitStatus(second, "completed");
        approve(third);
        company.awaitStatus(third, "completed");
        assertThat(company.journal(third)).contains("workflow.queued");
    }

    @Test
    void an_empty_key_sets_no_limit() {
        enable("key: '{{ trigger.note | if_none(\"\") }}'");
        UUID first = company.start("1");
        UUID second = company.start("1");

        company.awaitRequest(first);
        company.awaitRequest(second);
    }

    @Test
    void a_cancelled_holder_hands_its_key_on_and_a_cancelled_waiter_leaves_the_queue() {
        enable("key: all, on_conflict: queue");
        UUID first = start("a");
        company.awaitRequest(first);
        UUID second = start("b");
        company.awaitStatus(second, "waiting");
        UUID third = start("c");
        company.awaitStatus(third, "waiting");

        fixture.engine.executions().cancel(company.tenant, second, Actor.SYSTEM, Optional.empty());
        fixture.engine.executions().cancel(company.tenant, first, Actor.SYSTEM, Optional.empty());

        approve(third);
        company.awaitStatus(third, "completed");
    }

    @Test
    void whoever_queues_at_the_moment_in_which_the_holder_ends_is_not_forgotten() {
        enable("key: all, on_conflict: queue");
        UUID first = start("a");
        Request request = company.awaitRequest(first);
        HoldPoints.Hold queueing = fixture.holds.hold("gate.before_commit");
        UUID second = start("b");
        queueing.awaitReached();

        company.approve(request, company.meera);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> company.statusOf(first, "effect").equals("completed"));
        queueing.release();

        approve(second);
        company.awaitStatus(second, "completed");
    }

    @Test
    void twenty_at_once_run_one_by_one_and_all_of_them_end() {
        company.enable("""
                workflow:
                  name: crowd
                  trigger: { event: order.created }
                  concurrency: { key: all, on_conflict: queue }
                  steps:
                    - { id: call, action: trial.call, config: {} }
                """);
        var executions = new ArrayList<UUID>();
        for (int i = 0; i < 20; i++) {
            executions.add(company.start("1"));
        }

        executions.forEach(execution -> company.awaitStatus(execution, "completed"));

        fixture.engine.seal();
        List<String> order = company.run(tx -> tx.handle()
                .createQuery("""
                        select j.execution_id || ' ' || j.type
                          from workflow_journal j
                          join journal_seals s on s.tenant_id = j.tenant_id and s.journal_id = j.id
                         where j.tenant_id = :tenant
                           and j.type in ('workflow.step_started', 'workflow.completed')
                         order by s.seq""")
                .bind("tenant", company.tenant)
                .mapTo(String.class)
                .list());
        assertThat(order).hasSize(40);
        for (int i = 0; i < 40; i += 2) {
            String execution = order.get(i).substring(0, 36);
            assertThat(order.subList(i, i + 2))
                    .containsExactly(execution + " workflow.step_started", execution + " workflow.completed");
        }
        long held = company.run(tx -> tx.handle()
                .createQuery("select count(*) from workflow_keys where tenant_id = :tenant")
                .bind("tenant", company.tenant)
                .mapTo(Long.class)
                .one());
        assertThat(held).isZero();
    }

    @Test
    void a_key_that_cannot_be_evaluated_fails_the_execution_and_says_so() {
        enable("key: \"{{ 1 / (trigger.amount - 1) }}\"");

        UUID execution = company.start("1");

        assertThat(company.awaitStatus(execution, "failed")
                        .error()
                        .orElseThrow()
                        .path("message")
                        .asString())
                .startsWith("concurrency: ");
    }
}
