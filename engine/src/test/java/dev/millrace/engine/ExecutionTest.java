package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExecutionTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    @Test
    void steps_in_a_line_run_one_after_the_other_each_once() {
        company.enable("""
                workflow:
                  name: line
                  trigger: { event: order.created }
                  steps:
                    - id: first
                      action: trial.effect
                      config: { note: "{{ trigger.amount }} {{ tenant.currency }}" }
                    - id: second
                      action: trial.effect
                      depends_on: first
                      config: { note: "{{ steps.first.output.note }}!" }
                """);

        UUID execution = company.start("750000.50");

        ExecutionView view = company.awaitStatus(execution, "completed");
        assertThat(view.outcome()).contains("succeeded");
        assertThat(company.steps(execution)
                        .get("second")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .stringValue())
                .isEqualTo("750000.50 INR!");
        assertThat(company.effects(execution, "first")).isEqualTo(1);
        assertThat(company.journal(execution))
                .containsExactly(
                        "workflow.started",
                        "workflow.step_completed:first",
                        "workflow.step_completed:second",
                        "workflow.completed");
    }

    @Test
    void forty_parallel_steps_join_in_one() {
        var yaml = new StringBuilder("workflow:\n  name: wide\n  trigger: { event: order.created }\n  steps:\n");
        yaml.append("    - { id: root, action: trial.effect, config: {} }\n");
        for (int i = 0; i < 40; i++) {
            yaml.append("    - { id: b").append(i).append(", action: trial.effect, depends_on: root, config: {} }\n");
        }
        yaml.append("    - { id: join, action: trial.effect, config: {}, depends_on: [b0");
        for (int i = 1; i < 40; i++) {
            yaml.append(", b").append(i);
        }
        company.enable(yaml.append("] }\n").toString());

        UUID execution = company.start("1");

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution).values())
                .allMatch(s -> s.status().equals("completed"))
                .hasSize(42);
        for (int i = 0; i < 40; i++) {
            assertThat(company.effects(execution, "b" + i)).isEqualTo(1);
        }
        assertThat(company.journal(execution).getLast()).isEqualTo("workflow.completed");
    }

    @Test
    void a_false_condition_skips_the_step_and_the_path_behind_it_but_not_the_join() {
        company.enable("""
                workflow:
                  name: branches
                  trigger: { event: order.created }
                  steps:
                    - { id: small, action: trial.effect, condition: trigger.amount <= 100, config: {} }
                    - { id: large, action: trial.effect, condition: trigger.amount > 100, config: {} }
                    - { id: behind_large, action: trial.effect, depends_on: large, config: {} }
                    - { id: join, action: trial.effect, depends_on: [small, behind_large], config: {} }
                """);

        UUID execution = company.start("50");

        company.awaitStatus(execution, "completed");
        var steps = company.steps(execution);
        assertThat(steps.get("large").skipReason()).contains("condition");
        assertThat(steps.get("behind_large").skipReason()).contains("dead_path");
        assertThat(steps.get("join").status()).isEqualTo("completed");
    }

    @Test
    void a_step_skipped_by_its_condition_passes_when_it_says_so() {
        company.enable("""
                workflow:
                  name: pass
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: trial.effect, condition: trigger.amount > 100, if_skipped: pass, config: {} }
                    - id: after
                      action: trial.effect
                      depends_on: ask
                      config: { note: "{{ 'none' if steps.ask.output.note is none else 'some' }}" }
                """);

        UUID execution = company.start("50");

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution)
                        .get("after")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .stringValue())
                .isEqualTo("none");
    }

    @Test
    void stop_ends_the_execution_and_withdraws_what_waits() {
        company.enable("""
                workflow:
                  name: stopping
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                    - { id: halt, action: core.stop, config: { reason: enough } }
                    - { id: never, action: trial.effect, depends_on: ask, config: {} }
                """);

        UUID execution = company.start("1");

        ExecutionView view = company.awaitStatus(execution, "completed");
        assertThat(view.outcome()).contains("stopped");
        assertThat(company.pending(execution)).isEmpty();
        assertThat(company.effects(execution, "never")).isZero();
    }

    @Test
    void an_assertion_that_does_not_hold_fails_the_execution_with_its_message() {
        company.enable("""
                workflow:
                  name: asserting
                  trigger: { event: order.created }
                  steps:
                    - id: check
                      action: core.assert
                      config: { that: trigger.amount < 10, message: "Too much", code: too_much }
                """);

        UUID execution = company.start("11");

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.error().orElseThrow().path("code").stringValue()).isEqualTo("too_much");
        assertThat(view.error().orElseThrow().path("step_id").stringValue()).isEqualTo("check");
    }

    @Test
    void a_wait_parks_the_execution_until_the_clock_has_come_there() {
        company.enable("""
                workflow:
                  name: waiting
                  trigger: { event: order.created }
                  steps:
                    - { id: pause, action: core.wait, config: { for: 2d } }
                    - { id: after, action: trial.effect, depends_on: pause, config: {} }
                """);
        UUID execution = company.start("1");
        company.awaitStatus(execution, "waiting");
        assertThat(company.effects(execution, "after")).isZero();

        fixture.engine.clock().advance(java.time.Duration.ofDays(2));

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "after")).isEqualTo(1);
    }

    private UUID waitUntilDay(String day) {
        company.enable("""
                workflow:
                  name: until-day
                  trigger: { event: order.created }
                  steps:
                    - { id: pause, action: core.wait, config: { until_day: "%s" } }
                """.formatted(day));
        return company.start("1");
    }

    @Test
    void a_wait_for_a_day_that_is_past_is_over_at_once() {
        UUID execution = waitUntilDay("day 1 00:00");

        assertThat(company.awaitStatus(execution, "completed").outcome()).contains("succeeded");
    }

    @Test
    void a_wait_for_a_day_that_no_month_has_fails_and_says_what_to_write() {
        UUID execution = waitUntilDay("day 32 10:00");

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.error().orElseThrow().path("code").asString()).isEqualTo("until_invalid");
        assertThat(view.error().orElseThrow().path("message").asString()).contains("business day 3 09:00");
    }

    @Test
    void a_running_execution_can_be_cancelled_and_a_finished_one_cannot() {
        company.enable("""
                workflow:
                  name: cancelling
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                """);
        UUID execution = company.start("1");
        company.awaitRequest(execution);

        var first = fixture.engine
                .executions()
                .cancel(company.tenant, execution, Actor.user(company.meera), java.util.Optional.of("not needed"));
        var second = fixture.engine
                .executions()
                .cancel(company.tenant, execution, Actor.user(company.meera), java.util.Optional.empty());

        assertThat(first).isEqualTo(Executions.Cancelled.DONE);
        assertThat(second).isEqualTo(Executions.Cancelled.OVER_ALREADY);
        assertThat(company.view(execution).outcome()).contains("cancelled");
        assertThat(company.pending(execution)).isEmpty();
        assertThat(company.statusOf(execution, "ask")).isEqualTo("cancelled");
        assertThat(company.journal(execution).getLast()).isEqualTo("workflow.cancelled");
    }
}
