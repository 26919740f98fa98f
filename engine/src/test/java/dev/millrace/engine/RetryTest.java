package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.Retries.How;
import dev.millrace.engine.approval.Request;
import dev.millrace.language.Compatibility.Misfit;
import dev.millrace.testkit.HoldPoints;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Finished executions that go on from where they failed. */
class RetryTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private Retried retry(UUID execution, How how) {
        return company.run(tx -> fixture.engine.retries().retry(tx, execution, how, Actor.user(company.meera)));
    }

    private Retried.Done retried(UUID execution) {
        Retried retried = retry(execution, How.USUAL);
        assertThat(retried).isInstanceOf(Retried.Done.class);
        return (Retried.Done) retried;
    }

    private static How from(String step) {
        return new How(Optional.of(step), false, Optional.empty());
    }

    private static How latest() {
        return new How(Optional.empty(), true, Optional.empty());
    }

    private String refusal(UUID execution, How how) {
        Retried retried = retry(execution, how);
        assertThat(retried).isInstanceOf(Retried.Refused.class);
        return ((Retried.Refused) retried).code();
    }

    private UUID start(String steps) {
        company.enable(yaml("retried", "", steps));
        return company.start("1");
    }

    private static String yaml(String name, String more, String steps) {
        return "workflow:\n  name: " + name + "\n  trigger: { event: order.created }\n" + more.indent(2) + "  steps:\n"
                + steps.indent(4);
    }

    @Test
    void the_failed_step_and_what_was_behind_it_run_and_what_completed_does_not() {
        UUID execution = start("""
                - { id: before, action: trial.effect, config: {} }
                - { id: broken, action: trial.fail, depends_on: before, config: { retryable: false, until: 2 } }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);
        company.awaitStatus(execution, "failed");

        Retried.Done done = retried(execution);

        assertThat(done.from()).containsExactly("broken");
        ExecutionView view = company.awaitStatus(execution, "completed");
        assertThat(view.outcome()).contains("succeeded");
        assertThat(view.error()).isEmpty();
        assertThat(company.effects(execution, "before")).isEqualTo(1);
        assertThat(company.effects(execution, "behind")).isEqualTo(1);
        assertThat(company.steps(execution).get("broken").attempt()).isEqualTo(2);
        assertThat(company.journal(execution))
                .containsExactly(
                        "workflow.started",
                        "workflow.step_completed:before",
                        "workflow.step_failed:broken",
                        "workflow.failed",
                        "workflow.retried",
                        "workflow.step_completed:broken",
                        "workflow.step_completed:behind",
                        "workflow.completed");
    }

    @Test
    void a_retry_has_all_attempts_again_and_may_fail_and_be_retried_again() {
        UUID execution = start("""
                - id: broken
                  action: trial.fail
                  config: { retryable: true, until: 6 }
                  retry: { max_attempts: 2, initial_delay: 1s, multiplier: 1, max_delay: 1s }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);
        company.awaitStatus(execution, "failed");
        retried(execution);
        company.awaitStatus(execution, "failed");
        assertThat(company.steps(execution).get("broken").attempt()).isEqualTo(4);

        retried(execution);

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution).get("broken").attempt()).isEqualTo(6);
        assertThat(company.effects(execution, "broken")).isEqualTo(1);
        assertThat(company.effects(execution, "behind")).isEqualTo(1);
    }

    @Test
    void a_handled_failure_can_be_retried_and_its_handlers_are_neither_undone_nor_repeated() {
        UUID execution = start("""
                - id: broken
                  action: trial.fail
                  config: { retryable: false, until: 3 }
                  on_error: { action: trial.effect, config: { note: told } }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                - { id: beside, action: trial.effect, config: {} }
                """);
        company.awaitStatus(execution, "completed");
        assertThat(company.statusOf(execution, "behind")).isEqualTo("skipped");

        retried(execution);
        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution).get("broken").attempt()).isEqualTo(2);
        assertThat(company.steps(execution).get("behind").skipReason()).contains("blocked");

        retried(execution);
        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "behind")).isEqualTo(1);
        assertThat(company.effects(execution, "beside")).isEqualTo(1);
        assertThat(company.effects(execution, "broken.on_error[0]")).isEqualTo(1);
    }

    @Test
    void a_handler_that_failed_runs_again_if_it_is_needed() {
        UUID execution = start("""
                - id: broken
                  action: trial.fail
                  config: { retryable: false, until: 3 }
                  on_error: { action: trial.fail, config: { retryable: false, until: 2 } }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);
        company.awaitStatus(execution, "failed");

        retried(execution);
        company.awaitStatus(execution, "completed");

        assertThat(company.statusOf(execution, "broken.on_error[0]")).isEqualTo("completed");
        assertThat(company.statusOf(execution, "behind")).isEqualTo("skipped");
    }

    @Test
    void a_handler_that_failed_and_is_not_needed_any_more_is_cancelled() {
        UUID other = start("""
                - id: broken
                  action: trial.fail
                  config: { retryable: false, until: 2 }
                  on_error: { action: trial.fail, config: { retryable: false } }
                """);
        company.awaitStatus(other, "failed");
        retried(other);
        company.awaitStatus(other, "completed");
        assertThat(company.statusOf(other, "broken.on_error[0]")).isEqualTo("cancelled");
    }

    @Test
    void what_was_cancelled_beside_the_failure_goes_on_too() {
        UUID execution = start("""
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: granted, action: trial.effect, depends_on: ask, config: {} }
                - { id: gate, action: trial.call, config: {} }
                - { id: broken, action: trial.fail, depends_on: gate, config: { retryable: false, until: 2 } }
                """);
        company.awaitStatus(execution, "failed");
        assertThat(company.statusOf(execution, "ask")).isEqualTo("cancelled");

        retried(execution);

        company.approve(company.awaitRequest(execution), company.meera);
        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "granted")).isEqualTo(1);
        assertThat(fixture.calls.of(execution)).hasSize(1);
    }

    @Test
    void what_is_not_reached_again_ends_cancelled() {
        UUID execution = start("""
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: broken, action: trial.fail, config: { retryable: false, until: 9 } }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);
        company.awaitStatus(execution, "failed");

        retried(execution);

        company.awaitStatus(execution, "failed");
        assertThat(company.steps(execution).values())
                .allMatch(step -> List.of("failed", "cancelled").contains(step.status()));
        assertThat(company.pending(execution)).isEmpty();
    }

    @Test
    void a_rejected_request_is_asked_again() {
        UUID execution = start("""
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: effect, action: trial.effect, depends_on: ask, config: {} }
                """);
        Request first = company.awaitRequest(execution);
        company.reject(first, company.meera, "not now");
        assertThat(company.awaitStatus(execution, "completed").outcome()).contains("rejected");

        retried(execution);

        Request second = company.awaitRequest(execution);
        assertThat(second.id()).isNotEqualTo(first.id());
        company.approve(second, company.meera);
        assertThat(company.awaitStatus(execution, "completed").outcome()).contains("succeeded");
        assertThat(company.effects(execution, "effect")).isEqualTo(1);
    }

    @Test
    void an_expired_request_is_asked_again_with_all_of_its_deadlines() {
        UUID execution = start("""
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head }
                  on_timeout:
                    - { after: 1h, action: trial.effect, config: { note: reminded }, then: continue }
                    - { after: 2h, action: trial.effect, config: { note: over } }
                - { id: effect, action: trial.effect, depends_on: ask, config: {} }
                """);
        company.awaitRequest(execution);
        fixture.engine.clock().advance(Duration.ofHours(3));
        assertThat(company.awaitStatus(execution, "failed").outcome()).contains("expired");
        assertThat(company.effects(execution, "ask.on_timeout[1]")).isEqualTo(1);

        retried(execution);

        company.awaitRequest(execution);
        fixture.engine.clock().advance(Duration.ofHours(3));
        assertThat(company.awaitStatus(execution, "failed").outcome()).contains("expired");
        assertThat(company.effects(execution, "ask.on_timeout[0]")).isEqualTo(2);
        assertThat(company.effects(execution, "ask.on_timeout[1]")).isEqualTo(2);
    }

    @Test
    void of_a_list_only_the_items_that_failed_run_again() {
        UUID execution = start("""
                - id: each
                  action: trial.fail
                  for_each: [1, 2, 1]
                  config: { retryable: false, until: "{{ item }}" }
                - { id: after, action: trial.effect, depends_on: each, config: {} }
                """);
        company.awaitStatus(execution, "failed");

        retried(execution);

        company.awaitStatus(execution, "completed");
        var steps = company.steps(execution);
        assertThat(steps.get("each[0]").attempt()).isEqualTo(1);
        assertThat(steps.get("each[1]").attempt()).isEqualTo(2);
        assertThat(steps.get("each[2]").attempt()).isEqualTo(1);
        assertThat(steps.get("each").output().orElseThrow().size()).isEqualTo(3);
        assertThat(company.effects(execution, "each[0]")).isEqualTo(1);
        assertThat(company.effects(execution, "after")).isEqualTo(1);
    }

    @Test
    void a_condition_that_could_not_be_evaluated_is_evaluated_again() {
        UUID execution = start("""
                - { id: broken, action: trial.effect, condition: "1 / (trigger.amount - 1) > 0", config: {} }
                """);
        company.awaitStatus(execution, "failed");
        company.enable(yaml("retried", "", """
                - { id: broken, action: trial.effect, condition: "trigger.amount > 1", config: {} }
                """));

        assertThat(retry(execution, latest())).isInstanceOf(Retried.Done.class);

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution).get("broken").skipReason()).contains("condition");
    }

    @Test
    void of_two_that_retry_at_once_one_wins() {
        UUID execution = start("""
                - { id: broken, action: trial.fail, config: { retryable: false, until: 2 } }
                - { id: ask, action: erp.approval.request, depends_on: broken, config: { role: Finance Head } }
                """);
        company.awaitStatus(execution, "failed");
        try (HoldPoints.Hold first = fixture.holds.hold("retry.before_commit")) {
            var one = CompletableFuture.supplyAsync(() -> retry(execution, How.USUAL));
            first.awaitReached();
            var two = CompletableFuture.supplyAsync(() -> retry(execution, How.USUAL));
            first.release();

            assertThat(one.join()).isInstanceOf(Retried.Done.class);
            assertThat(two.join())
                    .isInstanceOfSatisfying(
                            Retried.Refused.class, no -> assertThat(no.code()).isEqualTo("not_finished"));
        }
        company.awaitRequest(execution);
        assertThat(company.journal(execution)).containsOnlyOnce("workflow.retried");
    }

    @Test
    void a_retry_that_breaks_leaves_the_execution_as_it_was() {
        UUID execution = start("""
                - { id: broken, action: trial.fail, config: { retryable: false, until: 2 } }
                """);
        company.awaitStatus(execution, "failed");
        fixture.holds.failAt("retry.before_commit");

        assertThatThrownBy(() -> retry(execution, How.USUAL)).isInstanceOf(HoldPoints.InjectedFault.class);

        assertThat(company.view(execution).status()).isEqualTo("failed");
        assertThat(company.statusOf(execution, "broken")).isEqualTo("failed");
        retried(execution);
        company.awaitStatus(execution, "completed");
    }

    @Test
    void what_cannot_be_retried_is_refused_with_the_reason() {
        UUID waiting = start("""
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                """);
        company.awaitRequest(waiting);
        assertThat(refusal(waiting, How.USUAL)).isEqualTo("not_finished");
        company.approve(company.awaitRequest(waiting), company.meera);
        company.awaitStatus(waiting, "completed");
        assertThat(refusal(waiting, How.USUAL)).isEqualTo("nothing_to_retry");
        assertThat(refusal(waiting, from("ask"))).isEqualTo("step_not_retryable");
        assertThat(retry(waiting, from("nowhere"))).isInstanceOf(Retried.StepUnknown.class);
        assertThat(retry(fixture.newId(), How.USUAL)).isInstanceOf(Retried.NotFound.class);

        TestCompany stopping = fixture.company();
        stopping.enable(yaml("stopping", "", """
                - { id: broken, action: trial.fail, config: { retryable: false }, on_error: continue }
                - { id: halt, action: core.stop, depends_on: broken, config: { reason: enough } }
                """));
        UUID stopped = stopping.start("1");
        stopping.awaitStatus(stopped, "completed");
        Retried refused = stopping.run(tx -> fixture.engine.retries().retry(tx, stopped, How.USUAL, Actor.SYSTEM));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Retried.Refused.class, no -> assertThat(no.code()).isEqualTo("stopped_on_purpose"));
    }

    @Test
    void a_step_behind_which_others_have_run_is_not_retried() {
        UUID execution = start("""
                - { id: broken, action: trial.fail, config: { retryable: false }, on_error: continue }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);
        company.awaitStatus(execution, "completed");

        assertThat(refusal(execution, from("broken"))).isEqualTo("step_not_retryable");
        assertThat(refusal(execution, How.USUAL)).isEqualTo("nothing_to_retry");
    }

    @Test
    void one_of_two_failed_steps_is_not_enough() {
        UUID execution = start("""
                - { id: gate, action: trial.call, config: {} }
                - { id: one, action: trial.fail, depends_on: gate, config: { retryable: false, until: 2 } }
                - { id: two, action: trial.fail, depends_on: gate, config: { retryable: false, until: 2 } }
                """);
        company.awaitStatus(execution, "failed");
        if (company.statusOf(execution, "one").equals("failed")
                && company.statusOf(execution, "two").equals("failed")) {
            assertThat(refusal(execution, from("one"))).isEqualTo("other_step_failed");
        }

        retried(execution);

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "one")).isEqualTo(1);
        assertThat(company.effects(execution, "two")).isEqualTo(1);
    }

    @Test
    void the_latest_version_takes_over_if_what_has_run_fits_it() {
        UUID execution = start("""
                - { id: before, action: trial.effect, config: {} }
                - { id: broken, action: trial.fail, depends_on: before, config: { retryable: false } }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """);
        company.awaitStatus(execution, "failed");
        StoredDefinition second = company.enable(yaml("retried", "", """
                - { id: before, action: trial.effect, config: {} }
                - { id: added, action: trial.effect, depends_on: before, config: {} }
                - { id: broken, action: trial.effect, depends_on: [before, added], config: { note: mended } }
                - { id: behind, action: trial.effect, depends_on: broken, config: {} }
                """));

        Retried retried = retry(execution, latest());

        assertThat(retried).isEqualTo(new Retried.Done(execution, 2, List.of("broken")));
        ExecutionView view = company.awaitStatus(execution, "completed");
        assertThat(view.definitionId()).isEqualTo(second.id());
        assertThat(view.version()).isEqualTo(2);
        assertThat(company.effects(execution, "before")).isEqualTo(1);
        assertThat(company.journal(execution))
                .containsSubsequence(
                        "workflow.retried",
                        "workflow.step_completed:added",
                        "workflow.step_completed:broken",
                        "workflow.step_completed:behind");
        assertThat(company.steps(execution).get("broken").action()).isEqualTo("trial.effect");
    }

    @Test
    void the_latest_version_says_what_does_not_fit() {
        UUID execution = start("""
                - { id: first, action: trial.effect, config: {} }
                - { id: second, action: trial.effect, depends_on: first, config: {} }
                - { id: third, action: trial.effect, depends_on: second, config: {} }
                - { id: broken, action: trial.fail, depends_on: third, config: { retryable: false } }
                """);
        company.awaitStatus(execution, "failed");
        company.enable(yaml("retried", "", """
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: second, action: trial.call, config: {} }
                - { id: third, action: trial.effect, depends_on: [second, ask], config: {} }
                - { id: broken, action: trial.effect, depends_on: third, config: {} }
                """));

        Retried retried = retry(execution, latest());

        assertThat(retried)
                .isInstanceOfSatisfying(
                        Retried.Incompatible.class,
                        no -> assertThat(no.misfits())
                                .extracting(Misfit::step, Misfit::code)
                                .containsExactly(
                                        org.assertj.core.groups.Tuple.tuple("first", "step_missing"),
                                        org.assertj.core.groups.Tuple.tuple("second", "action_changed"),
                                        org.assertj.core.groups.Tuple.tuple("third", "runs_too_late")));
        assertThat(company.view(execution).status()).isEqualTo("failed");
    }

    @Test
    void without_a_live_version_there_is_no_latest() {
        company.enable(yaml("gone", "", """
                - { id: broken, action: trial.fail, config: { retryable: false, until: 2 } }
                """));
        UUID execution = company.start("1");
        company.awaitStatus(execution, "failed");
        company.run(tx -> tx.handle()
                .createUpdate("update workflow_definitions set status = 'deprecated', enabled = false"
                        + " where tenant_id = :tenant")
                .bind("tenant", company.tenant)
                .execute());

        assertThat(refusal(execution, latest())).isEqualTo("no_live_version");
        retried(execution);
        company.awaitStatus(execution, "completed");
    }

    private UUID startFor(String note) {
        ObjectNode order = company.order("1");
        order.put("note", note);
        return company.publish(order).executions().getFirst();
    }

    @Test
    void the_key_is_taken_again_and_whoever_holds_it_is_named() {
        company.enable(yaml("keyed", "concurrency: { key: '{{ trigger.note }}' }", """
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: effect, action: trial.effect, depends_on: ask, config: {} }
                """));
        UUID first = startFor("north");
        company.reject(company.awaitRequest(first), company.meera, "no");
        company.awaitStatus(first, "completed");
        UUID second = startFor("north");
        company.awaitRequest(second);

        assertThat(retry(first, How.USUAL)).isInstanceOfSatisfying(Retried.Refused.class, no -> {
            assertThat(no.code()).isEqualTo("key_held");
            assertThat(no.message()).contains(second.toString(), "north");
        });

        company.approve(company.awaitRequest(second), company.meera);
        company.awaitStatus(second, "completed");
        retried(first);
        company.awaitRequest(first);
        assertThat(company.awaitStatus(startFor("north"), "cancelled").outcome())
                .contains("skipped");
    }

    @Test
    void with_a_queue_a_retried_execution_waits_for_its_turn() {
        company.enable(yaml("queued", "concurrency: { key: '{{ trigger.note }}', on_conflict: queue }", """
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: effect, action: trial.effect, depends_on: ask, config: {} }
                """));
        UUID first = startFor("north");
        company.reject(company.awaitRequest(first), company.meera, "no");
        company.awaitStatus(first, "completed");
        UUID second = startFor("north");
        company.awaitRequest(second);

        retried(first);
        company.awaitStatus(first, "waiting");
        assertThat(company.pending(first)).isEmpty();
        company.approve(company.awaitRequest(second), company.meera);
        company.awaitStatus(second, "completed");

        company.approve(company.awaitRequest(first), company.meera);
        assertThat(company.awaitStatus(first, "completed").outcome()).contains("succeeded");
        assertThat(company.effects(first, "effect")).isEqualTo(1);
    }
}
