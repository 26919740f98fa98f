package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Executions.Cancelled;
import dev.millrace.testkit.HoldPoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Live executions that are ended at once, whatever they do at that moment. */
class CancelTest {
    /** Rounds of a race. */
    private static final int ROUNDS = 500;

    /** Moments of an execution's last step and of its end, each of which a cancel is to meet. */
    private static final List<String> MOMENTS = List.of(
            "step.before_action",
            "step.after_effect",
            "step.before_commit",
            "step.after_commit",
            "execution.before_end");

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private Cancelled cancel(UUID execution) {
        return fixture.engine
                .executions()
                .cancel(company.tenant, execution, Actor.user(company.meera), Optional.of("no more"));
    }

    @Test
    void E5_cancel_against_completion_has_one_winner_and_nothing_comes_after_it() {
        company.enable("""
                workflow:
                  name: racing
                  trigger: { event: order.created }
                  steps:
                    - { id: first, action: trial.effect, config: {} }
                    - { id: last, action: trial.effect, depends_on: first, config: {} }
                """);
        Map<String, Integer> ends = new HashMap<>();

        for (int round = 0; round < ROUNDS; round++) {
            UUID execution;
            Cancelled cancelled;
            try (HoldPoints.Hold hold = fixture.holds.hold(MOMENTS.get(round % MOMENTS.size()))) {
                execution = company.start("1");
                hold.awaitReached();
                var cancelling = CompletableFuture.supplyAsync(() -> cancel(execution));
                if (round % 2 == 0 && !holdsTheRow(round)) {
                    cancelling.join();
                }
                hold.release();
                cancelled = cancelling.join();
            }
            String expected = cancelled == Cancelled.DONE ? "cancelled" : "completed";
            company.awaitStatus(execution, expected);
            ends.merge(expected, 1, Integer::sum);

            assertThat(cancel(execution)).isEqualTo(Cancelled.OVER_ALREADY);
            assertThat(company.journal(execution)).endsWith("workflow." + expected);
            var steps = company.steps(execution);
            for (String step : List.of("first", "last")) {
                boolean done = steps.find(step)
                        .filter(row -> row.status().equals("completed"))
                        .isPresent();
                assertThat(company.effects(execution, step)).as(step).isEqualTo(done ? 1 : 0);
            }
        }

        assertThat(ends.get("cancelled")).isGreaterThan(100);
        assertThat(ends.values().stream().mapToInt(n -> n).sum()).isEqualTo(ROUNDS);
    }

    /** Then a cancel has to wait for the commit, and cannot be awaited before it. */
    private static boolean holdsTheRow(int round) {
        return MOMENTS.get(round % MOMENTS.size()).equals("step.before_commit");
    }

    @Test
    void E5_cancel_while_parked_withdraws_what_waits_and_twice_is_refused() {
        company.enable("""
                workflow:
                  name: parked
                  trigger: { event: order.created }
                  concurrency: { key: one }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                    - { id: nap, action: core.wait, config: { for: 1h } }
                    - { id: effect, action: trial.effect, depends_on: [ask, nap], config: {} }
                """);
        UUID execution = company.start("1");
        var request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        assertThat(cancel(execution)).isEqualTo(Cancelled.DONE);

        assertThat(cancel(execution)).isEqualTo(Cancelled.OVER_ALREADY);
        assertThat(company.view(execution).outcome()).contains("cancelled");
        assertThat(company.pending(execution)).isEmpty();
        assertThat(company.approve(request, company.meera)).isInstanceOf(Decided.TooLate.class);
        assertThat(company.steps(execution).values())
                .allMatch(step -> step.status().equals("cancelled"));
        assertThat(company.journal(execution)).endsWith("workflow.cancelled");
        UUID next = company.start("1");
        assertThat(company.awaitRequest(next)).isNotNull();
        assertThat(cancel(next)).isEqualTo(Cancelled.DONE);
    }

    @Test
    void of_a_call_that_is_under_way_nobody_knows_and_its_late_answer_changes_nothing() {
        company.enable("""
                workflow:
                  name: calling
                  trigger: { event: order.created }
                  steps:
                    - { id: call, action: trial.call, config: {} }
                    - { id: behind, action: trial.effect, depends_on: call, config: {} }
                """);
        var calling = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        fixture.calls.during(() -> {
            calling.countDown();
            await(answer);
        });
        try {
            UUID execution = company.start("1");
            await(calling);

            assertThat(cancel(execution)).isEqualTo(Cancelled.DONE);
            assertThat(company.journal(execution)).endsWith("workflow.effect_unknown:call", "workflow.cancelled");
            answer.countDown();

            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(company.journal(execution)).endsWith("workflow.late_answer:call"));
            assertThat(company.statusOf(execution, "call")).isEqualTo("cancelled");
            assertThat(company.effects(execution, "call")).isZero();
            assertThat(company.effects(execution, "behind")).isZero();
        } finally {
            answer.countDown();
            fixture.calls.during(() -> {});
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
