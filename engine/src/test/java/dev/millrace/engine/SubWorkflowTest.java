package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.engine.Executions.Cancelled;
import dev.millrace.engine.approval.Request;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.testkit.HoldPoints.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** core.run_workflow: executions that start others, and wait for their end. */
class SubWorkflowTest {
    private static final String CHILD = """
            workflow:
              name: child
              trigger:
                manual: true
                inputs:
                  type: object
                  required: [amount]
                  properties: { amount: { type: number } }
              steps:
                - { id: first, action: trial.effect, config: {} }
                - { id: left, action: trial.effect, depends_on: first, config: { note: "{{ trigger.amount | string }}" } }
                - { id: right, action: core.set, depends_on: first, config: { values: { twice: "{{ trigger.amount * 2 }}" } } }
            """;

    private static final String ASKING = """
            workflow:
              name: asking
              trigger: { manual: true }
              steps:
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private UUID startParentOf(String workflow, String more) {
        enableParentOf(workflow, more);
        return company.start("21");
    }

    private void enableParentOf(String workflow, String more) {
        company.enable("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - { id: sub, action: core.run_workflow, config: { workflow: %s }%s }
                    - { id: after, action: trial.effect, depends_on: sub, config: {} }
                """.formatted(workflow, more));
    }

    private Cancelled cancel(UUID execution) {
        return fixture.engine
                .executions()
                .cancel(company.tenant, execution, Actor.user(company.meera), Optional.of("not needed"));
    }

    private JsonNode errorOf(UUID execution, String step) {
        return company.steps(execution).get(step).error().orElseThrow();
    }

    @Test
    void the_step_completes_with_the_end_of_the_execution_that_it_started() {
        company.enable(CHILD);
        company.enable("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - id: sub
                      action: core.run_workflow
                      config: { workflow: child, payload: { amount: "{{ trigger.amount }}" } }
                    - id: after
                      action: trial.effect
                      depends_on: sub
                      config: { note: "{{ steps.sub.output.outputs.right.twice | string }}" }
                """);

        UUID parent = company.start("21");

        company.awaitStatus(parent, "completed");
        UUID child = company.children(parent).getFirst();
        JsonNode output = company.steps(parent).get("sub").output().orElseThrow();
        assertThat(output.path("execution_id").asString()).isEqualTo(child.toString());
        assertThat(output.path("status").asString()).isEqualTo("completed");
        assertThat(output.path("outputs").propertyNames()).containsExactlyInAnyOrder("left", "right");
        assertThat(company.steps(parent)
                        .get("after")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .asString())
                .isEqualTo("42");
        assertThat(company.view(child).parent()).contains(new ExecutionView.Parent(parent, "sub", false, parent));
        assertThat(company.view(child).startedBy())
                .isEqualTo(company.view(parent).startedBy());
        assertThat(company.journal(parent))
                .containsExactly(
                        "workflow.started",
                        "workflow.waiting:sub",
                        "workflow.step_completed:sub",
                        "workflow.step_completed:after",
                        "workflow.completed");
    }

    @Test
    void without_waiting_the_step_is_over_at_once_and_the_child_outlives_its_parent() {
        company.enable(ASKING);
        company.enable("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - { id: sub, action: core.run_workflow, config: { workflow: asking, wait: false } }
                """);

        UUID parent = company.start("1");

        company.awaitStatus(parent, "completed");
        UUID child = company.children(parent).getFirst();
        company.approve(company.awaitRequest(child), company.meera);
        company.awaitStatus(child, "completed");
    }

    @Test
    void a_payload_that_does_not_fit_the_inputs_fails_the_step_and_starts_nothing() {
        company.enable(CHILD);

        UUID parent = startParentOf("child, payload: { amount: much }", "");

        company.awaitStatus(parent, "failed");
        assertThat(errorOf(parent, "sub").path("code").asString()).isEqualTo("inputs_invalid");
        assertThat(errorOf(parent, "sub").path("message").asString()).contains("payload.amount");
        assertThat(company.children(parent)).isEmpty();
    }

    @Test
    void a_workflow_that_is_gone_or_is_started_by_events_by_now_is_not_found() {
        StoredDefinition asking = company.enable(ASKING);
        enableParentOf("asking", "");
        company.run(tx -> fixture.engine.definitions().delete(tx, asking.id(), stored -> false, Actor.SYSTEM));
        UUID deleted = company.start("1");
        company.enable(ASKING.replace("manual: true", "event: payment.received"));
        UUID changed = company.start("1");

        for (UUID parent : List.of(deleted, changed)) {
            company.awaitStatus(parent, "failed");
            assertThat(errorOf(parent, "sub").path("code").asString()).isEqualTo("workflow_not_found");
        }
    }

    private List<Problem> problemsOf(String yaml) {
        return company.run(tx -> fixture.engine.definitions().check(tx, yaml)).problems();
    }

    private static String running(String name, String other) {
        return """
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps:
                    - { id: sub, action: core.run_workflow, config: { workflow: %s } }
                """.formatted(name, other);
    }

    @Test
    void a_workflow_that_the_company_does_not_have_is_refused_when_the_parent_is_saved() {
        StoredDefinition asking = company.enable(ASKING);

        assertThat(problemsOf(running("parent", "askin"))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unknown_workflow");
            assertThat(problem.path()).isEqualTo("steps[0].config.workflow");
            assertThat(problem.suggestion()).contains("asking");
        });
        assertThat(problemsOf(running("parent", "asking"))).isEmpty();
        company.run(tx -> fixture.engine
                .definitions()
                .toggle(tx, asking.id(), Optional.of(false), stored -> false, Actor.SYSTEM));
        assertThat(problemsOf(running("parent", "asking")))
                .extracting(Problem::code, Problem::severity)
                .containsExactly(tuple("workflow_not_enabled", Severity.WARNING));
        company.run(tx -> fixture.engine.definitions().delete(tx, asking.id(), stored -> false, Actor.SYSTEM));
        assertThat(problemsOf(running("parent", "asking")))
                .extracting(Problem::code)
                .containsExactly("unknown_workflow");
    }

    @Test
    void a_circle_of_live_definitions_is_told_when_the_last_of_them_is_saved_or_switched_on() {
        company.run(tx ->
                fixture.engine.definitions().save(tx, running("a", "a"), Optional.of(false), "person", Actor.SYSTEM));
        company.enable(running("c", "a"));
        company.enable(running("b", "c"));
        assertThat(problemsOf(running("other", "b"))).isEmpty();

        Saved saved = company.run(tx ->
                fixture.engine.definitions().save(tx, running("a", "b"), Optional.of(true), "person", Actor.SYSTEM));

        assertThat(saved)
                .isInstanceOfSatisfying(
                        Saved.Done.class,
                        done -> assertThat(done.warnings()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("triggers_itself");
                            assertThat(problem.message()).contains("a → b → c → a");
                        }));
    }

    @Test
    void a_child_that_fails_fails_the_step_with_its_error_and_can_be_handled() {
        company.enable("""
                workflow:
                  name: failing
                  trigger: { manual: true }
                  steps:
                    - { id: broken, action: trial.fail, config: { retryable: false } }
                """);

        UUID parent = startParentOf("failing", ", on_error: continue");

        company.awaitStatus(parent, "completed");
        JsonNode error = errorOf(parent, "sub");
        assertThat(error.path("code").asString()).isEqualTo("child_failed");
        assertThat(error.path("child_code").asString()).isEqualTo("broken");
        assertThat(error.path("execution_id").asString())
                .isEqualTo(company.children(parent).getFirst().toString());
        assertThat(error.path("message").asString()).contains("failing").contains("It is broken");
    }

    @Test
    void a_child_whose_approval_is_refused_fails_the_step_and_says_so() {
        company.enable(ASKING);
        UUID parent = startParentOf("asking", "");
        UUID child = company.awaitChildren(parent, 1).getFirst();

        company.reject(company.awaitRequest(child), company.meera, "too dear");

        company.awaitStatus(parent, "failed");
        assertThat(company.view(child).outcome()).contains("rejected");
        assertThat(errorOf(parent, "sub").path("outcome").asString()).isEqualTo("rejected");
        assertThat(errorOf(parent, "sub").path("message").asString()).contains("too dear");
        assertThat(company.effects(parent, "after")).isZero();
    }

    @Test
    void the_requester_of_the_parent_may_not_decide_in_the_child() {
        company.enable(ASKING);
        UUID parent = startParentOf("asking", "");
        UUID child = company.awaitChildren(parent, 1).getFirst();

        Request request = company.awaitRequest(child);

        assertThat(request.requester()).contains(company.requester.id());
        cancel(parent);
    }

    @Test
    void cancelling_the_parent_cancels_those_below_it_and_what_they_wait_for() {
        company.enable(ASKING);
        company.enable("""
                workflow:
                  name: middle
                  trigger: { manual: true }
                  steps:
                    - { id: down, action: core.run_workflow, config: { workflow: asking } }
                    - { id: beside, action: core.run_workflow, config: { workflow: asking, wait: false } }
                """);
        UUID parent = startParentOf("middle", "");
        UUID middle = company.awaitChildren(parent, 1).getFirst();
        List<UUID> below = company.awaitChildren(middle, 2);
        below.forEach(company::awaitRequest);

        assertThat(cancel(parent)).isEqualTo(Cancelled.DONE);

        for (UUID execution : List.of(parent, middle, below.get(0), below.get(1))) {
            assertThat(company.view(execution).status()).isEqualTo("cancelled");
            assertThat(company.pending(execution)).isEmpty();
            assertThat(company.journal(execution)).endsWith("workflow.cancelled");
        }
        assertThat(company.statusOf(parent, "sub")).isEqualTo("cancelled");
    }

    @Test
    void cancelling_the_child_fails_the_step_of_the_parent() {
        company.enable(ASKING);
        UUID parent = startParentOf("asking", "");
        UUID child = company.awaitChildren(parent, 1).getFirst();
        company.awaitStatus(parent, "waiting");

        cancel(child);

        company.awaitStatus(parent, "failed");
        assertThat(errorOf(parent, "sub").path("code").asString()).isEqualTo("child_failed");
        assertThat(errorOf(parent, "sub").path("outcome").asString()).isEqualTo("cancelled");
    }

    @Test
    void a_deadline_gives_the_child_up_and_without_one_the_parent_waits_as_long_as_the_child_lives() {
        company.enable(ASKING);
        UUID patient = startParentOf("asking", "");
        UUID hasty = startParentOf(
                "asking",
                ", on_timeout: { after: 1d, action: trial.effect, config: {} }, on_error: { action: trial.effect, config: {} }");
        UUID ofPatient = company.awaitChildren(patient, 1).getFirst();
        UUID ofHasty = company.awaitChildren(hasty, 1).getFirst();
        company.awaitRequest(ofHasty);
        company.awaitStatus(hasty, "waiting");

        fixture.engine.clock().advance(Duration.ofDays(1));

        company.awaitStatus(hasty, "completed");
        assertThat(errorOf(hasty, "sub").path("code").asString()).isEqualTo("wait_timed_out");
        assertThat(company.effects(hasty, "sub.on_timeout[0]")).isEqualTo(1);
        assertThat(company.effects(hasty, "sub.on_error[0]")).isEqualTo(1);
        assertThat(company.view(ofHasty).status()).isEqualTo("cancelled");
        assertThat(company.view(ofPatient).status()).isNotEqualTo("cancelled");
        assertThat(company.view(patient).status()).isEqualTo("waiting");
        cancel(patient);
    }

    @Test
    void when_another_branch_fails_the_child_is_withdrawn() {
        company.enable(ASKING);
        company.enable("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - { id: sub, action: core.run_workflow, config: { workflow: asking } }
                    - { id: gate, action: core.wait, config: { for: 1h } }
                    - { id: broken, action: trial.fail, depends_on: gate, config: { retryable: false } }
                  on_failure: { action: trial.effect, config: {} }
                """);
        UUID parent = company.start("1");
        UUID child = company.awaitChildren(parent, 1).getFirst();
        company.awaitRequest(child);
        company.awaitStatus(parent, "waiting");

        fixture.engine.clock().advance(Duration.ofHours(1));

        company.awaitStatus(parent, "failed");
        assertThat(company.statusOf(parent, "sub")).isEqualTo("cancelled");
        assertThat(company.view(child).status()).isEqualTo("cancelled");
        assertThat(company.effects(parent, "on_failure[0]")).isEqualTo(1);
    }

    @Test
    void each_item_of_a_list_has_a_child_of_its_own() {
        company.enable(CHILD);
        company.enable("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - id: each
                      action: core.run_workflow
                      for_each: [1, 2, 3]
                      config: { workflow: child, payload: { amount: "{{ item }}" } }
                """);

        UUID parent = company.start("1");

        company.awaitStatus(parent, "completed");
        JsonNode outputs = company.steps(parent).get("each").output().orElseThrow();
        assertThat(outputs.findValuesAsString("twice")).containsExactly("2", "4", "6");
        assertThat(company.children(parent)).hasSize(3);
    }

    @Test
    void a_chain_of_workflows_ends_at_the_sixteenth_that_stands_behind_the_first() {
        company.enable("""
                workflow:
                  name: circle
                  trigger: { manual: true }
                  steps:
                    - { id: again, action: core.run_workflow, config: { workflow: circle } }
                """);
        UUID first = startParentOf("circle", "");

        company.awaitStatus(first, "failed");

        int depth = 0;
        UUID last = first;
        for (List<UUID> below = company.children(first); !below.isEmpty(); below = company.children(last)) {
            last = below.getFirst();
            depth++;
        }
        assertThat(depth).isEqualTo(16);
        assertThat(errorOf(last, "again").path("code").asString()).isEqualTo("depth_exceeded");
        assertThat(company.view(last).parent().orElseThrow().root()).isEqualTo(first);
    }

    @Test
    void of_the_childs_end_and_a_cancel_of_the_parent_at_the_same_moment_both_leave_nothing_behind() {
        company.enable(ASKING);
        UUID parent = startParentOf("asking", "");
        UUID child = company.awaitChildren(parent, 1).getFirst();
        Request request = company.awaitRequest(child);
        company.awaitStatus(parent, "waiting");

        try (Hold end = fixture.holds.hold("execution.before_end_commit")) {
            company.approve(request, company.meera);
            end.awaitReached();
            Thread cancelling = Thread.ofVirtual().start(() -> cancel(parent));
            end.release();
            cancelling.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }

        assertThat(company.view(child).status()).isEqualTo("completed");
        // Whoever was first: the parent went on, or was cancelled; its step has one end.
        assertThat(company.journal(parent))
                .filteredOn(entry -> entry.endsWith(":sub") && entry.contains("step_"))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(company.awaitOver(parent).status()).isIn("completed", "cancelled");
    }

    @Test
    void the_end_of_a_child_during_a_slow_step_of_the_parent_leaves_its_lease_alone() {
        company.enable(ASKING);
        company.enable("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - { id: sub, action: core.run_workflow, config: { workflow: asking } }
                    - { id: slow, action: trial.call, config: {} }
                """);
        try (Hold call = fixture.holds.hold("step.after_call")) {
            UUID parent = company.start("1");
            UUID child = company.awaitChildren(parent, 1).getFirst();
            Request request = company.awaitRequest(child);
            call.awaitReached();

            company.approve(request, company.meera);
            company.awaitStatus(child, "completed");
            assertThat(company.statusOf(parent, "sub")).isEqualTo("completed");
            call.release();

            company.awaitStatus(parent, "completed");
            assertThat(fixture.calls.of(parent)).hasSize(1);
        }
    }
}
