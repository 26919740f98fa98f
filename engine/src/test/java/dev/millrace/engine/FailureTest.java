package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class FailureTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    @Test
    void a_failed_attempt_leaves_nothing_behind_and_is_tried_again() {
        company.enable("""
                workflow:
                  name: retrying
                  trigger: { event: order.created }
                  steps:
                    - id: shaky
                      action: trial.fail
                      config: { retryable: true, until: 3 }
                      retry: { max_attempts: 3, initial_delay: 1s, multiplier: 1, max_delay: 1s }
                """);

        UUID execution = company.start("1");

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution).get("shaky").attempt()).isEqualTo(3);
        assertThat(company.effects(execution, "shaky")).isEqualTo(1);
        assertThat(company.journal(execution))
                .containsExactly(
                        "workflow.started",
                        "workflow.step_retried:shaky",
                        "workflow.step_retried:shaky",
                        "workflow.step_completed:shaky",
                        "workflow.completed");
    }

    @Test
    void a_permanent_failure_is_not_tried_again_and_fails_the_execution() {
        company.enable("""
                workflow:
                  name: failing
                  trigger: { event: order.created }
                  steps:
                    - { id: broken, action: trial.fail, config: { retryable: false } }
                    - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);

        UUID execution = company.start("1");

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.outcome()).contains("failed");
        assertThat(view.error().orElseThrow().path("message").stringValue()).isEqualTo("It is broken");
        assertThat(company.steps(execution).get("broken").attempt()).isEqualTo(1);
        assertThat(company.effects(execution, "broken")).isZero();
        assertThat(company.effects(execution, "behind")).isZero();
    }

    @Test
    void a_handled_failure_runs_its_handlers_in_order_and_does_not_fail_the_execution() {
        company.enable("""
                workflow:
                  name: handling
                  trigger: { event: order.created }
                  steps:
                    - id: broken
                      action: trial.fail
                      config: { retryable: false }
                      on_error:
                        - { action: trial.effect, config: { note: "{{ steps.broken.error.code }}" } }
                        - { action: trial.effect, config: { note: second } }
                    - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                    - { id: beside, action: trial.effect, config: {} }
                """);

        UUID execution = company.start("1");

        ExecutionView view = company.awaitStatus(execution, "completed");
        var steps = company.steps(execution);
        assertThat(view.outcome()).contains("succeeded");
        assertThat(steps.get("broken.on_error[0]")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .stringValue())
                .isEqualTo("broken");
        assertThat(company.effects(execution, "broken.on_error[1]")).isEqualTo(1);
        assertThat(steps.get("behind").skipReason()).contains("blocked");
        assertThat(company.effects(execution, "beside")).isEqualTo(1);
    }

    @Test
    void a_failed_step_that_continues_lets_its_dependents_run() {
        company.enable("""
                workflow:
                  name: continuing
                  trigger: { event: order.created }
                  steps:
                    - { id: broken, action: trial.fail, config: { retryable: false }, on_error: continue }
                    - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);

        UUID execution = company.start("1");

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "behind")).isEqualTo(1);
    }

    @Test
    void a_handler_that_fails_makes_the_failure_unhandled_and_says_both() {
        company.enable("""
                workflow:
                  name: handler-fails
                  trigger: { event: order.created }
                  steps:
                    - id: broken
                      action: trial.fail
                      config: { retryable: false }
                      on_error:
                        - { action: trial.fail, config: { retryable: false } }
                        - { action: trial.effect, config: {} }
                """);

        UUID execution = company.start("1");

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.error().orElseThrow().path("handler_error").path("code").stringValue())
                .isEqualTo("broken");
        assertThat(company.effects(execution, "broken.on_error[1]")).isZero();
    }

    @Test
    void on_failure_runs_once_when_the_execution_fails() {
        company.enable("""
                workflow:
                  name: telling
                  trigger: { event: order.created }
                  steps:
                    - { id: broken, action: trial.fail, config: { retryable: false } }
                  on_failure: { action: trial.effect, config: { note: "{{ steps.broken.error.message }}" } }
                """);

        UUID execution = company.start("1");

        company.awaitStatus(execution, "failed");
        assertThat(company.effects(execution, "on_failure[0]")).isEqualTo(1);
    }

    @Test
    void an_unhandled_failure_lets_what_runs_finish_and_withdraws_what_waits() {
        company.enable("""
                workflow:
                  name: side-by-side
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                    - { id: slow, action: core.wait, config: { for: 1h } }
                    - { id: broken, action: trial.fail, depends_on: gate, config: { retryable: false } }
                    - { id: gate, action: trial.call, config: {} }
                """);

        UUID execution = company.start("1");

        company.awaitStatus(execution, "failed");
        assertThat(company.statusOf(execution, "ask")).isEqualTo("cancelled");
        assertThat(company.statusOf(execution, "slow")).isEqualTo("cancelled");
        assertThat(company.pending(execution)).isEmpty();
    }

    @Test
    void an_external_step_sends_the_same_key_with_each_attempt() {
        company.enable("""
                workflow:
                  name: calling
                  trigger: { event: order.created }
                  steps:
                    - id: call
                      action: trial.call
                      config: {}
                      retry: { max_attempts: 2, initial_delay: 1s, multiplier: 1, max_delay: 1s }
                """);
        var first = new java.util.concurrent.atomic.AtomicBoolean(true);
        fixture.calls.during(() -> {
            if (first.getAndSet(false)) {
                throw new IllegalStateException("the line broke");
            }
        });

        UUID execution = company.start("1");

        company.awaitStatus(execution, "completed");
        fixture.calls.during(() -> {});
        assertThat(fixture.calls.of(execution)).hasSize(2);
        assertThat(fixture.calls.of(execution))
                .extracting(TrialActions.Calls.Made::key)
                .containsOnly(execution + "/call");
        assertThat(company.effects(execution, "call")).isEqualTo(1);
    }

    @Test
    void a_template_that_cannot_be_evaluated_fails_the_step_at_once() {
        company.enable("""
                workflow:
                  name: dividing
                  trigger: { event: order.created }
                  steps:
                    - { id: divide, action: trial.effect, config: { note: "half {{ 1 / (trigger.amount - 1) }}" } }
                """);

        UUID execution = company.start("1");

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(company.steps(execution).get("divide").attempt()).isEqualTo(1);
        assertThat(view.error().orElseThrow().path("message").stringValue()).isNotBlank();
    }
}
