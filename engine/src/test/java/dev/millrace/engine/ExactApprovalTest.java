package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.approval.ApprovalDesk.Choice;
import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.HoldPoints.Hold;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G7: whoever approves, approves exactly what was shown. */
@SuppressWarnings("InlineFormatString") // the process that every test here runs
class ExactApprovalTest {
    private static final String ASK_TWO = """
            workflow:
              name: exact
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, entity_type: order, entity_id: "{{ trigger.id }}",
                            amount: "{{ trigger.amount }}", min_approvals: %d }
                - { id: lock, action: trial.effect, depends_on: ask, config: { note: "{{ steps.ask.output.approval_id }}" } }
            """;
    private static final String ORDER =
            "{\"supplier\": \"Godavari\", \"total\": 600000.00, \"lines\": [{\"line_no\": 1, \"quantity\": 10, \"price\": 60000}]}";
    private static final String DEARER =
            "{\"supplier\": \"Godavari\", \"total\": 660000.00, \"lines\": [{\"line_no\": 1, \"quantity\": 11, \"price\": 60000}]}";

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();
    private final UUID order = fixture.newId();

    @AfterEach
    void clear() {
        fixture.holds.clear();
        together.close();
    }

    private UUID start(int approvals) {
        company.enable(ASK_TWO.formatted(approvals));
        company.write(order, ORDER);
        var payload = company.order("600000");
        payload.put("id", order.toString());
        return company.publish(payload).executions().getFirst();
    }

    @Test
    void a_change_of_the_document_asks_again_with_the_difference_and_earlier_votes_are_void() {
        fixture.directory.add(company.tenant, "Sana", "Finance Head");
        UUID execution = start(2);
        Request before = company.awaitRequest(execution);
        assertThat(company.approve(before, company.meera)).isInstanceOf(Decided.Counted.class);

        company.write(order, DEARER);

        Request after = company.awaitRequest(execution);
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.replaces()).contains(before.id());
        assertThat(after.level()).isEqualTo(before.level());
        assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(after.amount().orElseThrow()).isEqualByComparingTo("660000");
        assertThat(after.shown().orElseThrow().changedSince())
                .extracting(c -> c.path() + " " + c.before().orElseThrow() + " "
                        + c.after().orElseThrow())
                .containsExactly("lines[line_no=1].quantity 10 11", "total 600000.00 660000.00");
        assertThat(company.approve(before, company.meera)).isInstanceOfSatisfying(Decided.TooLate.class, late -> {
            assertThat(late.request().status()).isEqualTo("superseded");
            assertThat(late.request().replacedBy()).contains(after.id());
            assertThat(late.request().ended().orElseThrow().byName()).isEqualTo("Rohan");
        });
        assertThat(company.approve(after, company.meera)).isInstanceOf(Decided.Counted.class);
        assertThat(fixture.directory.told(company.tenant, company.meera))
                .anyMatch(subject -> subject.startsWith("Changed, please look again"));
        assertThat(company.journaled(execution, "workflow.approval_superseded")).isEqualTo(1);
    }

    @Test
    void a_change_of_nothing_material_or_within_the_tolerance_asks_nobody_again() {
        fixture.directory.rule(company.tenant, p -> p.put("change_tolerance", "5"));
        UUID execution = start(1);
        Request before = company.awaitRequest(execution);

        company.write(order, ORDER.replace("600000.00", "600000.0"));
        company.write(order, ORDER.replace("600000.00", "629999"));
        Request same = company.awaitRequest(execution);
        // Compared with what was approved, and not with the step before: small steps do not add up.
        company.write(order, ORDER.replace("600000.00", "630001"));
        Request other = company.awaitRequest(execution);

        assertThat(same.id()).isEqualTo(before.id());
        assertThat(other.id()).isNotEqualTo(before.id());
        company.write(order, ORDER.replace("600000.00", "630001").replace("Godavari", "Krishna"));
        assertThat(company.awaitRequest(execution).id()).isNotEqualTo(other.id());
    }

    @Test
    void a_decision_on_another_snapshot_than_the_one_shown_is_refused_with_the_difference() {
        UUID execution = start(1);
        Request before = company.awaitRequest(execution);
        String shown = before.shown().orElseThrow().hash();
        company.write(order, DEARER);
        Request after = company.awaitRequest(execution);

        Decided stale = decide(after, shown);
        Decided unknown = decide(after, "0".repeat(64));
        Decided good = decide(after, after.shown().orElseThrow().hash());

        assertThat(stale)
                .isInstanceOfSatisfying(
                        Decided.DocumentChanged.class,
                        d -> assertThat(d.changes())
                                .extracting(FieldChange::path)
                                .contains("total"));
        assertThat(unknown).isInstanceOf(Decided.DocumentChanged.class);
        assertThat(good).isInstanceOf(Decided.Done.class);
    }

    @Test
    void a_change_that_nobody_told_of_is_seen_when_the_decision_names_the_snapshot() {
        UUID execution = start(1);
        Request request = company.awaitRequest(execution);
        company.run(tx -> {
            TestCompany.put(tx, order, DEARER);
            return order;
        });

        Decided decided = decide(request, request.shown().orElseThrow().hash());

        assertThat(decided)
                .isInstanceOfSatisfying(
                        Decided.DocumentChanged.class,
                        d -> assertThat(d.changes())
                                .extracting(FieldChange::path)
                                .contains("total"));
    }

    @Test
    void a_granted_approval_fits_the_document_as_long_as_nothing_material_changes() {
        UUID execution = start(1);
        Request request = company.awaitRequest(execution);
        Fit pending = fits(request.id());
        company.approve(request, company.meera);
        Fit granted = fits(request.id());
        company.write(order, ORDER.replace("Godavari", "Krishna"));
        Fit changed = fits(request.id());
        company.write(order, ORDER);

        assertThat(pending).isInstanceOf(Fit.Missing.class);
        assertThat(granted).isInstanceOf(Fit.Good.class);
        assertThat(changed)
                .isInstanceOfSatisfying(
                        Fit.Stale.class,
                        s -> assertThat(s.changes())
                                .extracting(FieldChange::path)
                                .containsExactly("supplier"));
        assertThat(fits(request.id())).isInstanceOf(Fit.Good.class);
        assertThat(fits(request.id(), "order", fixture.newId())).isInstanceOf(Fit.Missing.class);
        assertThat(fits(request.id(), "invoice", order)).isInstanceOf(Fit.Missing.class);
    }

    @Test
    void a_change_while_the_request_is_being_made_is_not_missed() throws Exception {
        fixture.directory.afterRead(read -> fixture.holds.at("read " + read));
        Hold asking = fixture.holds.hold("read " + order);
        UUID execution = start(1);
        asking.awaitReached();
        fixture.directory.afterRead(read -> {});

        // The order as it was is read, and the request not yet made of it: the change has to wait for that.
        var changed = CompletableFuture.runAsync(() -> company.write(order, DEARER), together);
        asking.release();
        changed.get();

        await().atMost(Duration.ofSeconds(15))
                .until(() -> company.awaitRequest(execution).replaces().isPresent());
        assertThat(company.awaitRequest(execution)
                        .shown()
                        .orElseThrow()
                        .snapshot()
                        .path("total")
                        .decimalValue())
                .isEqualByComparingTo("660000");
    }

    @Test
    void a_document_that_is_sent_back_is_asked_about_again_when_it_comes() {
        UUID execution = start(1);
        Request before = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        Decided unexplained =
                fixture.engine.approvals().sendBack(company.tenant, before.id(), company.meera.id(), Optional.of(" "));
        Decided returned = sendBack(before);
        Decided late = company.approve(before, company.meera);
        int none = resubmit(fixture.newId());
        company.write(order, DEARER);
        int again = resubmit(order);
        int twice = resubmit(order);

        assertThat(unexplained).isInstanceOf(Decided.CommentRequired.class);
        assertThat(returned)
                .isInstanceOfSatisfying(
                        Decided.Done.class,
                        d -> assertThat(d.request().status()).isEqualTo("returned"));
        assertThat(late)
                .isInstanceOfSatisfying(
                        Decided.TooLate.class,
                        t -> assertThat(t.request().status()).isEqualTo("returned"));
        assertThat(fixture.directory.told(company.tenant, company.requester)).contains("Sent back: cheaper, please");
        assertThat(none).isZero();
        assertThat(again).isEqualTo(1);
        assertThat(twice).isZero();
        Request after = company.awaitRequest(execution);
        assertThat(after.replaces()).contains(before.id());
        assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(after.shown().orElseThrow().changedSince()).hasSize(2);
        assertThat(company.approve(after, company.meera)).isInstanceOf(Decided.Done.class);
        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "lock")).isEqualTo(1);
    }

    @Test
    void an_execution_that_asks_nobody_until_its_document_comes_again_waits_and_awaits_no_approval() {
        UUID execution = start(1);
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        sendBack(request);
        company.awaitStatus(execution, "waiting");
        String step = company.statusOf(execution, "ask");
        resubmit(order);

        company.awaitStatus(execution, "awaiting_approval");
        assertThat(step).isEqualTo("waiting");
        assertThat(company.journaled(execution, "workflow.awaiting_approval")).isEqualTo(2);
    }

    private static final String ASK_BOTH_AND_CALL = """
            workflow:
              name: branches
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, entity_type: order, entity_id: "{{ trigger.id }}" }
                - id: also
                  action: erp.approval.request
                  condition: "{{ trigger.amount > 1 }}"
                  config: { role: CFO, entity_type: order, entity_id: "{{ trigger.id }}" }
                - { id: call, action: trial.call, condition: "{{ trigger.amount == 1 }}" }
            """;

    private UUID startBranches(String amount) {
        company.enable(ASK_BOTH_AND_CALL);
        company.write(order, ORDER);
        var payload = company.order(amount);
        payload.put("id", order.toString());
        return company.publish(payload).executions().getFirst();
    }

    private Request awaitRequestOf(UUID execution, String step) {
        return await().atMost(Duration.ofSeconds(15))
                .until(
                        () ->
                                company
                                        .run(tx -> fixture.engine.approvals().allPending(tx, Optional.empty(), 200))
                                        .stream()
                                        .filter(r -> r.executionId().equals(execution)
                                                && r.stepId().equals(step))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void while_one_branch_is_sent_back_the_other_still_awaits_its_approval() {
        UUID execution = startBranches("2");
        Request ask = awaitRequestOf(execution, "ask");
        Request also = awaitRequestOf(execution, "also");
        company.awaitStatus(execution, "awaiting_approval");

        sendBack(ask);
        company.awaitStatus(execution, "awaiting_approval");
        assertThat(company.approve(also, company.arjun)).isInstanceOf(Decided.Done.class);

        company.awaitStatus(execution, "waiting");
        assertThat(company.statusOf(execution, "also")).isEqualTo("completed");
    }

    @Test
    void what_is_sent_back_while_another_branch_calls_is_seen_before_the_execution_parks() {
        Hold calling = fixture.holds.hold("step.after_call");
        UUID execution = startBranches("1");
        Request ask = awaitRequestOf(execution, "ask");
        calling.awaitReached();

        sendBack(ask);
        String meanwhile = company.view(execution).status();
        calling.release();

        company.awaitStatus(execution, "waiting");
        assertThat(meanwhile).isEqualTo("running");
        assertThat(company.statusOf(execution, "call")).isEqualTo("completed");
    }

    @Test
    void what_is_sent_back_and_does_not_come_again_expires_with_its_deadline() {
        UUID execution = start(1);
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        sendBack(request);

        fixture.engine.clock().advance(Duration.ofDays(31));

        ExecutionView over = company.awaitStatus(execution, "failed");
        assertThat(over.error().orElseThrow().path("message").stringValue()).contains("sent back");
        assertThat(resubmit(order)).isZero();
    }

    @Test
    void the_document_stays_as_it_is_if_somebody_decides_while_it_is_sent_back() throws Exception {
        UUID execution = start(1);
        Request request = company.awaitRequest(execution);
        Hold returning = fixture.holds.hold("return.before_lock");
        var returned = CompletableFuture.supplyAsync(() -> sendBack(request), together);
        returning.awaitReached();

        company.approve(request, company.meera);
        returning.release();

        assertThat(returned.get())
                .isInstanceOfSatisfying(
                        Decided.TooLate.class,
                        t -> assertThat(t.request().status()).isEqualTo("approved"));
        boolean untouched = company.run(tx -> tx.handle()
                .createQuery("select sent_back is null from trial_document where tenant_id = :tenant and id = :id")
                .bind("tenant", company.tenant)
                .bind("id", order)
                .mapTo(Boolean.class)
                .one());
        assertThat(untouched).isTrue();
        company.awaitStatus(execution, "completed");
    }

    private Decided decide(Request request, String snapshot) {
        var choice = new Choice(true, Optional.empty(), Optional.of(snapshot));
        return fixture.engine.approvals().decide(company.tenant, request.id(), company.meera.id(), choice);
    }

    private Decided sendBack(Request request) {
        return fixture.engine
                .approvals()
                .sendBack(company.tenant, request.id(), company.meera.id(), Optional.of("cheaper, please"));
    }

    private int resubmit(UUID document) {
        return company.run(
                tx -> fixture.engine.documents().resubmitted(tx, "order", document, Actor.user(company.requester)));
    }

    private Fit fits(UUID approval) {
        return fits(approval, "order", order);
    }

    private Fit fits(UUID approval, String type, UUID document) {
        return company.run(tx -> fixture.engine.documents().fits(tx, approval, type, document));
    }
}
