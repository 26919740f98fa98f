package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Executions.Cancelled;
import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.HoldPoints.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * R10 with the order forced: one node has written and not committed yet, the other one's statement is parked at the same
 * row. Whoever wrote first wins, and the other is told by whom and when. {@link DecisionRaceTest} leaves the order to
 * chance, many times.
 */
class DecisionOrderTest {
    private static final String ASK = """
            workflow:
              name: order
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head }
                  on_timeout: { after: 240h, action: erp.approval.escalate, config: { to_role: CFO } }
                - { id: lock, action: trial.effect, depends_on: ask, config: {} }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final Engine other = fixture.newEngine(false);
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        together.close();
        other.close();
    }

    private Request ask() {
        company.enable(ASK);
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        return request;
    }

    private <T> CompletableFuture<T> async(Supplier<T> what) {
        return CompletableFuture.supplyAsync(what, together);
    }

    private Decided approve(Request request, Member by) {
        return other.approvals().decide(company.tenant, request.id(), by.id(), true, Optional.empty());
    }

    private Cancelled cancel(Tx tx, Request request) {
        return fixture.engine
                .executions()
                .cancel(tx, request.executionId(), Actor.user(company.arjun), Optional.of("not needed"));
    }

    /** A statement waits for a lock that somebody holds. */
    private void awaitParked() {
        await().atMost(Duration.ofSeconds(15))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> company.run(tx -> tx.handle()
                        .createQuery("""
                                select count(*) > 0 from pg_stat_activity
                                 where datname = current_database() and wait_event_type = 'Lock'""")
                        .mapTo(Boolean.class)
                        .one()));
    }

    private void awaitOnlyMeeras(Request request) {
        company.awaitStatus(request.executionId(), "completed");
        assertThat(company.effects(request.executionId(), "lock")).isEqualTo(1);
        assertThat(company.journaled(request.executionId(), "workflow.approval_granted"))
                .isEqualTo(1);
        assertThat(company.request(request.id()).ended().orElseThrow().byName()).isEqualTo("Meera");
    }

    private static final String TIME_IS_UP = """
            update approval_requests set expires_at = millrace_now(), deadlines = array[millrace_now()]
             where tenant_id = :tenant and execution_id = :execution""";

    /** The other node looks at the step now. Without {@link #TIME_IS_UP} before it, it looks too soon. */
    private void letTheDeadlineBeLookedAt(Request request, String... before) {
        company.run(tx -> {
            for (String first : before) {
                tx.handle()
                        .createUpdate(first)
                        .bind("tenant", company.tenant)
                        .bind("execution", request.executionId())
                        .execute();
            }
            for (String sql : List.of("""
                    update workflow_step_results set due_at = millrace_now()
                     where tenant_id = :tenant and execution_id = :execution and status = 'waiting'""", """
                    update workflow_executions set due_at = millrace_now()
                     where tenant_id = :tenant and id = :execution and lease_owner is null""")) {
                tx.handle()
                        .createUpdate(sql)
                        .bind("tenant", company.tenant)
                        .bind("execution", request.executionId())
                        .execute();
            }
            return request;
        });
    }

    @Test
    void P3_an_approval_on_one_node_before_the_deadline_on_another_wins_and_nobody_else_is_asked() throws Exception {
        Request request = ask();
        try (Hold deadline = fixture.holds.hold("deadline.before");
                Hold decision = fixture.holds.hold("decide.before_commit")) {
            letTheDeadlineBeLookedAt(request);
            deadline.awaitReached();
            var approved = async(() -> approve(request, company.meera));
            decision.awaitReached();

            deadline.release();
            awaitParked();
            decision.release();

            assertThat(approved.get()).isInstanceOf(Decided.Done.class);
        }
        awaitOnlyMeeras(request);
        assertThat(company.journal(request.executionId())).doesNotContain("workflow.escalated:ask");
        assertThat(company.request(request.id()).escalatedTo()).isEmpty();
    }

    @Test
    void P3_an_approval_on_one_node_after_the_deadline_on_another_is_told_who_is_asked_now() throws Exception {
        Request request = ask();
        CompletableFuture<Decided> late;
        try (Hold deadline = fixture.holds.hold("deadline.before_commit")) {
            letTheDeadlineBeLookedAt(request, TIME_IS_UP);
            deadline.awaitReached();

            late = async(() -> approve(request, company.meera));
            awaitParked();
            deadline.release();
        }

        assertThat(late.get()).isInstanceOfSatisfying(Decided.TooLate.class, told -> {
            assertThat(told.request().status()).isEqualTo("expired");
            assertThat(told.request().ended().orElseThrow().at()).isAfterOrEqualTo(request.createdAt());
            UUID higher = told.request().escalatedTo().orElseThrow();
            assertThat(approve(company.request(higher), company.meera)).isInstanceOf(Decided.Forbidden.class);
            assertThat(approve(company.request(higher), company.arjun)).isInstanceOf(Decided.Done.class);
        });
        company.awaitStatus(request.executionId(), "completed");
        assertThat(company.effects(request.executionId(), "lock")).isEqualTo(1);
        assertThat(company.journaled(request.executionId(), "workflow.approval_granted"))
                .isEqualTo(1);
    }

    @Test
    void an_approval_on_one_node_before_a_cancel_on_another_is_granted_and_then_the_rest_is_cancelled_or_over()
            throws Exception {
        Request request = ask();
        CompletableFuture<Decided> approved;
        CompletableFuture<Cancelled> cancelled;
        try (Hold decision = fixture.holds.hold("decide.before_commit")) {
            approved = async(() -> approve(request, company.meera));
            decision.awaitReached();

            cancelled = async(() -> company.run(tx -> cancel(tx, request)));
            awaitParked();
            decision.release();
        }

        assertThat(approved.get()).isInstanceOf(Decided.Done.class);
        Cancelled then = cancelled.get();
        company.awaitOver(request.executionId());
        assertThat(company.view(request.executionId()).status())
                .isEqualTo(then == Cancelled.DONE ? "cancelled" : "completed");
        assertThat(company.request(request.id()).status()).isEqualTo("approved");
        assertThat(company.request(request.id()).ended().orElseThrow().byName()).isEqualTo("Meera");
        assertThat(company.journaled(request.executionId(), "workflow.approval_granted"))
                .isEqualTo(1);
    }

    @Test
    void an_approval_on_one_node_after_a_cancel_on_another_is_told_who_cancelled_and_when() throws Exception {
        Request request = ask();
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var cancelled = async(() -> company.run(tx -> {
            Cancelled did = cancel(tx, request);
            written.countDown();
            await().atMost(Duration.ofSeconds(20)).until(() -> commit.getCount() == 0);
            return did;
        }));
        written.await();

        var late = async(() -> approve(request, company.meera));
        awaitParked();
        commit.countDown();

        assertThat(cancelled.get()).isEqualTo(Cancelled.DONE);
        assertThat(late.get()).isInstanceOfSatisfying(Decided.TooLate.class, told -> {
            assertThat(told.request().status()).isEqualTo("cancelled");
            assertThat(told.request().ended().orElseThrow().byName()).isEqualTo("Arjun");
            assertThat(told.request().ended().orElseThrow().at()).isAfterOrEqualTo(request.createdAt());
        });
        assertThat(company.effects(request.executionId(), "lock")).isZero();
        assertThat(company.journaled(request.executionId(), "workflow.approval_granted"))
                .isZero();
    }
}
