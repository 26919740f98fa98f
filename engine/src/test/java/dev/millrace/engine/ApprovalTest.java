package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.approval.Request;
import dev.millrace.language.Problem;
import dev.millrace.testkit.HoldPoints.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static final String WITH_AMOUNT = ", amount: \"{{ trigger.amount }}\"";
    private static final String ORDER_APPROVAL = """
            workflow:
              name: order-approval
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, amount: "{{ trigger.amount }}", message: "Please" }
                  on_timeout:
                    after: 24h
                    action: erp.approval.escalate
                    config: { to_role: CFO }
                  on_error:
                    - { action: trial.effect, config: { note: "{{ steps.ask.error.message }}" } }
                - { id: lock, action: trial.effect, depends_on: ask, config: { note: "{{ steps.ask.output.decided_by }}" } }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void clear() {
        fixture.holds.clear();
        together.close();
    }

    @Test
    void an_approved_request_lets_the_execution_go_on_and_people_were_told() {
        company.enable(ORDER_APPROVAL);
        UUID execution = company.start("600000");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        Decided decided = company.approve(request, company.meera);

        assertThat(decided).isInstanceOf(Decided.Done.class);
        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "lock")).isEqualTo(1);
        assertThat(request.requester()).contains(company.requester.id());
        assertThat(fixture.directory.told(company.tenant))
                .singleElement()
                .satisfies(t -> assertThat(t.member()).isEqualTo(company.meera));
        assertThat(company.journal(execution))
                .containsSubsequence(
                        "workflow.awaiting_approval:ask",
                        "workflow.approval_granted:ask",
                        "workflow.step_completed:lock");
    }

    @Test
    void a_rejected_approval_is_never_retried_and_its_handler_reads_who_and_why() {
        company.enable(ORDER_APPROVAL);
        UUID execution = company.start("600000");

        company.reject(company.awaitRequest(execution), company.meera, "over budget");

        company.awaitStatus(execution, "completed");
        var steps = company.steps(execution);
        assertThat(steps.get("ask").attempt()).isEqualTo(1);
        assertThat(steps.get("ask.on_error[0]")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .stringValue())
                .isEqualTo("Rejected by Meera: over budget");
        assertThat(steps.get("lock").skipReason()).contains("blocked");
    }

    @Test
    void a_long_comment_is_shortened_for_the_handler_which_can_so_give_it_to_a_document_and_whole_beside_it() {
        company.enable(ORDER_APPROVAL);
        UUID execution = company.start("600000");
        String comment = "too dear ".repeat(200).strip();

        company.reject(company.awaitRequest(execution), company.meera, comment);

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution)
                        .get("ask.on_error[0]")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .stringValue())
                .hasSize(450)
                .startsWith("Rejected by Meera: too dear")
                .endsWith("…");
        assertThat(company.steps(execution)
                        .get("ask")
                        .error()
                        .orElseThrow()
                        .path("comment")
                        .stringValue())
                .isEqualTo(comment);
    }

    @Test
    void an_unhandled_rejection_ends_as_rejected_and_not_as_a_failure() {
        company.enable("""
                workflow:
                  name: plain
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                """);
        UUID execution = company.start("1");

        company.reject(company.awaitRequest(execution), company.meera, "no");

        ExecutionView view = company.awaitStatus(execution, "completed");
        assertThat(view.outcome()).contains("rejected");
    }

    @Test
    void nobody_decides_his_own_request_nor_one_that_asks_somebody_else() {
        company.enable(ORDER_APPROVAL);
        var payload = company.order("600000");
        payload.put("requested_by", company.meera.id().toString());
        Member second = fixture.directory.add(company.tenant, "Sana", "Finance Head");
        UUID execution = company.publish(payload).executions().getFirst();
        Request request = company.awaitRequest(execution);

        Decided own = company.approve(request, company.meera);
        Decided stranger = company.approve(request, company.arjun);
        Decided other = company.approve(request, second);

        assertThat(own)
                .isInstanceOfSatisfying(
                        Decided.Forbidden.class, f -> assertThat(f.code()).isEqualTo("own_request"));
        assertThat(stranger)
                .isInstanceOfSatisfying(
                        Decided.Forbidden.class, f -> assertThat(f.code()).isEqualTo("not_asked"));
        assertThat(other).isInstanceOf(Decided.Done.class);
    }

    @Test
    void a_request_that_only_its_requester_could_decide_goes_at_once_to_the_next_role() {
        company.enable(ORDER_APPROVAL);
        var payload = company.order("600000");
        payload.put("requested_by", company.meera.id().toString());

        UUID execution = company.publish(payload).executions().getFirst();

        Request request = company.awaitRequest(execution);
        assertThat(request.requiredRole()).contains("CFO");
        assertThat(request.level()).isEqualTo(2);
        company.approve(request, company.arjun);
        company.awaitStatus(execution, "completed");
        assertThat(company.journal(execution)).contains("workflow.escalated:ask");
    }

    @Test
    void a_request_that_nobody_can_decide_stays_and_says_so() {
        company.enable("""
                workflow:
                  name: nobody
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Nobody } }
                """);

        UUID execution = company.start("1");

        Request request = company.awaitRequest(execution);
        assertThat(request.nobody()).isTrue();
        assertThat(company.journal(execution)).contains("workflow.approval_stuck:ask");
    }

    /** Who is meant may come out of the event, and be nobody. */
    @Test
    void nobody_of_that_name_can_be_asked_at_first_or_at_the_deadline() {
        company.enable("""
                workflow:
                  name: ask-a-stranger
                  trigger: { event: order.created, condition: trigger.amount > 10 }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { user: "{{ trigger.id }}" } }
                """);
        company.enable("""
                workflow:
                  name: pass-it-to-a-stranger
                  trigger: { event: order.created, condition: trigger.amount < 10 }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Finance Head }
                      on_timeout: { after: 1h, action: erp.approval.escalate, config: { to_user: "{{ trigger.id }}" } }
                """);
        UUID asked = company.start("100");
        UUID passedOn = company.start("1");
        company.awaitRequest(passedOn);
        company.awaitStatus(passedOn, "awaiting_approval");

        fixture.engine.clock().advance(Duration.ofHours(2));

        assertThat(company.awaitStatus(asked, "failed")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo("user_unknown");
        ExecutionView expired = company.awaitStatus(passedOn, "failed");
        assertThat(expired.error().orElseThrow().path("code").asString()).isEqualTo("approval_expired");
        assertThat(expired.error().orElseThrow().path("message").asString()).contains("Expected a member at to_user");
    }

    @Test
    void the_deadline_escalates_and_the_first_approver_is_too_late() {
        company.enable(ORDER_APPROVAL);
        UUID execution = company.start("600000");
        Request first = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        fixture.engine.clock().advance(Duration.ofHours(25));

        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        company.pending(execution).filter(r -> r.level() == 2).isPresent());
        Request second = company.pending(execution).orElseThrow();
        Decided late = company.approve(first, company.meera);
        assertThat(second.requiredRole()).contains("CFO");
        assertThat(second.escalatedFrom()).contains(first.id());
        assertThat(late)
                .isInstanceOfSatisfying(
                        Decided.TooLate.class,
                        t -> assertThat(t.request().escalatedTo()).contains(second.id()));
        company.approve(second, company.arjun);
        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "lock")).isEqualTo(1);
    }

    @Test
    void without_an_answer_at_the_last_level_the_step_expires() {
        company.enable(ORDER_APPROVAL);
        UUID execution = company.start("600000");
        company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        fixture.engine.clock().advance(Duration.ofHours(25));
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        company.pending(execution).filter(r -> r.level() == 2).isPresent());
        company.awaitStatus(execution, "awaiting_approval");

        fixture.engine.clock().advance(Duration.ofDays(31));

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution)
                        .get("ask")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .stringValue())
                .isEqualTo("approval_expired");
        assertThat(company.effects(execution, "lock")).isZero();
    }

    private static String approvedByTime(String more) {
        return """
                workflow:
                  name: by-time
                  trigger: { event: order.created }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Finance Head%s }
                      on_timeout: { after: 1h, action: erp.approval.auto_approve, config: { reason: nobody minded } }
                """.formatted(more);
    }

    @Test
    void a_definition_by_which_time_approves_an_amount_is_not_saved() {
        Saved saved = company.run(tx -> fixture.engine
                .definitions()
                .save(tx, approvedByTime(WITH_AMOUNT), Optional.of(false), "person", Actor.SYSTEM));

        assertThat(saved)
                .isInstanceOfSatisfying(
                        Saved.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(Problem::code)
                                .contains("auto_approval_forbidden"));
    }

    @Test
    void time_alone_never_approves_what_has_an_amount_whatever_the_definition_was_checked_for() {
        company.enable(approvedByTime(""));
        UUID execution = company.start("5");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        company.run(tx -> tx.handle()
                .createUpdate("""
                        update approval_requests set amount = 5, currency = 'INR'
                         where tenant_id = :tenant and id = :id""")
                .bind("tenant", company.tenant)
                .bind("id", request.id())
                .execute());

        fixture.engine.clock().advance(Duration.ofHours(2));

        ExecutionView view = company.awaitStatus(execution, "failed");
        assertThat(view.outcome()).contains("expired");
        assertThat(view.error().orElseThrow().path("message").stringValue()).contains("auto_approve failed");
    }

    @Test
    void time_approves_what_has_no_amount_if_the_definition_says_so() {
        company.enable("""
                workflow:
                  name: by-time-free
                  trigger: { event: order.created }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Finance Head }
                      on_timeout: { after: 1h, action: erp.approval.auto_approve, config: { reason: nobody minded } }
                    - { id: after, action: trial.effect, depends_on: ask, config: { note: "auto {{ steps.ask.output.auto }}" } }
                """);
        UUID execution = company.start("5");
        company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        fixture.engine.clock().advance(Duration.ofHours(2));

        company.awaitStatus(execution, "completed");
        assertThat(company.steps(execution)
                        .get("after")
                        .output()
                        .orElseThrow()
                        .path("note")
                        .stringValue())
                .isEqualTo("auto true");
    }

    @Test
    void any_other_action_at_the_deadline_runs_and_then_the_step_fails() {
        company.enable("""
                workflow:
                  name: other-action
                  trigger: { event: order.created }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Finance Head }
                      on_timeout:
                        - { after: 1h, action: trial.effect, config: { note: reminder }, then: continue }
                        - { after: 2h, action: trial.call, config: {} }
                """);
        UUID execution = company.start("5");
        company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        fixture.engine.clock().advance(Duration.ofMinutes(61));
        await().atMost(Duration.ofSeconds(15)).until(() -> company.effects(execution, "ask.on_timeout[0]") == 1);
        company.awaitStatus(execution, "awaiting_approval");
        assertThat(company.pending(execution)).isPresent();
        fixture.engine.clock().advance(Duration.ofMinutes(61));

        company.awaitStatus(execution, "failed");
        assertThat(company.effects(execution, "ask.on_timeout[1]")).isEqualTo(1);
        assertThat(company.effects(execution, "ask.on_timeout[0]")).isEqualTo(1);
        assertThat(company.pending(execution)).isEmpty();
    }

    @Test
    void of_an_approval_and_a_rejection_at_the_same_moment_exactly_one_wins() throws Exception {
        company.enable(ORDER_APPROVAL);
        Member sana = fixture.directory.add(company.tenant, "Sana", "Finance Head");
        for (int round = 0; round < 25; round++) {
            UUID execution = company.start("600000");
            Request request = company.awaitRequest(execution);
            var barrier = new CyclicBarrier(2);

            var approve = CompletableFuture.supplyAsync(
                    () -> after(barrier, () -> company.approve(request, company.meera)), together);
            var reject = CompletableFuture.supplyAsync(
                    () -> after(barrier, () -> company.reject(request, sana, "no")), together);

            List<Decided> both = List.of(approve.get(), reject.get());
            assertThat(both).filteredOn(d -> d instanceof Decided.Done).hasSize(1);
            assertThat(both).filteredOn(d -> d instanceof Decided.TooLate).hasSize(1);
            company.awaitStatus(execution, "completed");
            boolean approved = both.getFirst() instanceof Decided.Done;
            assertThat(company.effects(execution, "lock")).isEqualTo(approved ? 1 : 0);
            assertThat(company.effects(execution, "ask.on_error[0]")).isEqualTo(approved ? 0 : 1);
        }
    }

    @Test
    void a_decision_that_comes_while_the_deadline_is_being_handled_is_refused_as_late() throws Exception {
        company.enable(ORDER_APPROVAL);
        UUID execution = company.start("600000");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        Hold hold = fixture.holds.hold("deadline.before_commit");
        fixture.engine.clock().advance(Duration.ofHours(25));
        hold.awaitReached();

        var decided = CompletableFuture.supplyAsync(() -> company.approve(request, company.meera), together);
        hold.release();

        assertThat(decided.get()).isInstanceOf(Decided.TooLate.class);
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        company.pending(execution).filter(r -> r.level() == 2).isPresent());
        assertThat(company.effects(execution, "lock")).isZero();
    }

    @Test
    void a_decision_committed_just_before_the_deadline_is_handled_wins() throws Exception {
        // A day would reach the limit of what may run, if the execution runs already when the clock moves.
        company.enable(ORDER_APPROVAL.replace("after: 24h", "after: 2h"));
        UUID execution = company.start("600000");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        Hold decision = fixture.holds.hold("decide.before_commit");
        var decided = CompletableFuture.supplyAsync(() -> company.approve(request, company.meera), together);
        decision.awaitReached();

        // The decision holds the execution's row; the deadline comes due meanwhile and must find it taken.
        var advanced = CompletableFuture.runAsync(() -> fixture.engine.clock().advance(Duration.ofHours(3)), together);
        decision.release();
        advanced.get();

        assertThat(decided.get()).isInstanceOf(Decided.Done.class);
        company.awaitStatus(execution, "completed");
        assertThat(company.journal(execution)).doesNotContain("workflow.escalated:ask");
        assertThat(company.effects(execution, "lock")).isEqualTo(1);
    }

    @Test
    void a_decision_during_the_other_branchs_slow_call_takes_no_lease_away() {
        company.enable("""
                workflow:
                  name: two-branches
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                    - { id: call, action: trial.call, config: {} }
                    - { id: join, action: trial.effect, depends_on: [ask, call], config: {} }
                """);
        Hold slow = fixture.holds.hold("the call");
        fixture.calls.during(() -> fixture.holds.at("the call"));
        UUID execution = company.start("1");
        slow.awaitReached();
        Request request = company.awaitRequest(execution);

        Decided decided = company.approve(request, company.meera);
        slow.release();

        assertThat(decided).isInstanceOf(Decided.Done.class);
        company.awaitStatus(execution, "completed");
        fixture.calls.during(() -> {});
        assertThat(fixture.calls.of(execution)).hasSize(1);
        assertThat(company.effects(execution, "join")).isEqualTo(1);
    }

    @Test
    void a_decision_between_looking_and_parking_is_not_lost() {
        company.enable(ORDER_APPROVAL);
        Hold parking = fixture.holds.hold("execution.before_park");
        UUID execution = company.start("600000");
        parking.awaitReached();
        Request request = company.awaitRequest(execution);

        company.approve(request, company.meera);
        parking.release();

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "lock")).isEqualTo(1);
    }

    @Test
    void a_decision_that_is_read_before_the_node_hears_that_its_request_was_made_is_not_lost() {
        company.enable(ORDER_APPROVAL);
        Hold asking = fixture.holds.hold("step.waits");
        UUID execution = company.start("600000");
        asking.awaitReached();
        Request request = company.awaitRequest(execution);

        // Tells this node to look at once; it reads the decision while the step still counts as running.
        company.approve(request, company.meera);
        asking.release();

        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "lock")).isEqualTo(1);
    }

    private static Decided after(CyclicBarrier barrier, java.util.function.Supplier<Decided> decide) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return decide.get();
    }
}
