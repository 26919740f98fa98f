package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.approval.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A step that runs once for each item of a list. */
class ForEachTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private UUID start(String step) {
        company.enable("""
                workflow:
                  name: loop
                  trigger: { event: order.created }
                  steps:
                    - id: each
                %s
                    - id: after
                      action: trial.effect
                      depends_on: each
                      config: { note: "all {{ steps.each.output | length }}" }
                """.formatted(step.indent(6).stripTrailing()));
        return company.start("1");
    }

    @Test
    void every_item_has_its_own_effect_and_the_outputs_come_in_the_order_of_the_list() {
        UUID execution = start("""
                action: trial.effect
                for_each: ['a', 'b', 'c']
                config: { note: "{{ item_index }} {{ item }}" }
                """);

        company.awaitStatus(execution, "completed");

        StepView each = company.steps(execution).get("each");
        assertThat(each.output().orElseThrow().findValuesAsString("note")).containsExactly("0 a", "1 b", "2 c");
        assertThat(company.steps(execution)
                        .get("after")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .asString())
                .isEqualTo("all 3");
        for (int i = 0; i < 3; i++) {
            assertThat(company.effects(execution, "each[" + i + "]")).isEqualTo(1);
        }
        assertThat(company.journal(execution))
                .startsWith("workflow.started", "workflow.step_started:each")
                .contains("workflow.step_completed:each[1]")
                .containsSubsequence("workflow.step_completed:each", "workflow.step_completed:after");
    }

    @Test
    void an_external_item_is_called_with_a_key_of_its_own() {
        UUID execution = start("""
                action: trial.call
                for_each: [1, 2]
                config: {}
                """);

        company.awaitStatus(execution, "completed");

        assertThat(fixture.calls.of(execution))
                .extracting(TrialActions.Calls.Made::key)
                .containsExactlyInAnyOrder(execution + "/each/0", execution + "/each/1");
    }

    @Test
    void an_empty_list_completes_the_step_at_once() {
        UUID execution = start("""
                action: trial.effect
                for_each: "[] | list"
                config: {}
                """);

        company.awaitStatus(execution, "completed");

        assertThat(company.steps(execution).get("each").output().orElseThrow().isEmpty())
                .isTrue();
    }

    @Test
    void one_item_that_fails_fails_the_step_after_the_others_have_finished() {
        UUID execution = start("""
                action: trial.fail
                for_each: [false, true, false]
                config: { retryable: false, until: "{{ 9 if item else 1 }}" }
                """);

        ExecutionView view = company.awaitStatus(execution, "failed");

        assertThat(view.error().orElseThrow().path("code").asString()).isEqualTo("items_failed");
        assertThat(view.error().orElseThrow().at("/items/0/index").asInt()).isEqualTo(1);
        assertThat(company.statusOf(execution, "each[0]")).isEqualTo("completed");
        assertThat(company.statusOf(execution, "each[2]")).isEqualTo("completed");
        assertThat(company.statusOf(execution, "after")).isEqualTo("none");
    }

    @Test
    void a_list_that_is_too_long_fails_before_any_item_runs() {
        UUID execution = start("""
                action: trial.effect
                for_each: "('x' * 1001) | list"
                config: {}
                """);

        ExecutionView view = company.awaitStatus(execution, "failed");

        assertThat(view.error().orElseThrow().path("code").asString()).isEqualTo("too_many_items");
        assertThat(company.effects(execution, "each[0]")).isZero();
    }

    @Test
    void each_item_asks_for_itself_and_the_step_ends_with_the_last_decision() {
        UUID execution = start("""
                action: erp.approval.request
                for_each: ['north', 'south']
                max_parallel: 1
                config: { role: Finance Head, message: "Budget of {{ item }}" }
                """);

        Request first = company.awaitRequest(execution);
        assertThat(first.stepId()).isEqualTo("each[0]");
        company.approve(first, company.meera);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> company.pending(execution)
                        .filter(request -> request.stepId().equals("each[1]"))
                        .isPresent());
        company.approve(company.pending(execution).orElseThrow(), company.meera);

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution).get("each").output().orElseThrow().size())
                .isEqualTo(2);
    }

    @Test
    void at_most_so_many_items_are_under_way_and_the_rest_wait_their_turn() {
        UUID execution = start("""
                action: erp.approval.request
                for_each: [1, 2, 3, 4]
                max_parallel: 2
                config: { role: Finance Head, message: "Number {{ item }}" }
                """);

        company.awaitStatus(execution, "awaiting_approval");
        assertThat(pending(execution)).containsExactlyInAnyOrder("each[0]", "each[1]");
        company.approve(company.pending(execution).orElseThrow(), company.meera);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(pending(execution)).contains("each[2]"));

        assertThat(pending(execution)).hasSize(2);
    }

    private List<String> pending(UUID execution) {
        return company.run(tx -> fixture.engine.approvals().allPending(tx, Optional.empty(), 200)).stream()
                .filter(request -> request.executionId().equals(execution))
                .map(Request::stepId)
                .toList();
    }
}
