package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Json;
import dev.millrace.engine.Member;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.CompanyCalendar.Holiday;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.Submission.Routing;
import dev.millrace.language.BusinessCalendar;
import dev.millrace.language.Policies;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** You approved exactly this (G7), and the company's own rules (G4, G9), with a real engine. */
class OrderChangeTest {
    private static final Acme ACME = new Acme("""
            workflow:
              name: order-desk
              trigger: { event: purchase_order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config:
                    role: Finance Head
                    entity_type: purchase_order
                    entity_id: "{{ trigger.id }}"
                    amount: "{{ trigger.total_amount }}"
                    currency: "{{ trigger.currency }}"
                    requester: "{{ trigger.requested_by }}"
                    calendar: business
                  on_timeout: { after: 9h, action: erp.approval.escalate, config: { to_role: CFO } }
                - id: settle
                  action: core.wait
                  depends_on: ask
                  condition: trigger.category == 'slow'
                  if_skipped: pass
                  config: { for: 1h }
                - id: lock
                  action: erp.purchase_order.lock
                  depends_on: settle
                  config:
                    purchase_order_id: "{{ trigger.id }}"
                    approval_id: "{{ steps.ask.output.approval_id }}"
            """);

    private static final PolicySettings POLICIES = ACME.erp.policies(ACME.trail);
    private static final CalendarSettings CALENDARS = ACME.erp.calendars(ACME.trail);
    private static final ModuleSettings MODULES = ACME.erp.modules(ACME.trail);
    private static final Delegations DELEGATIONS = ACME.erp.delegations(ACME.trail);
    private final Actor requester = ACME.actor("requester");

    @AfterAll
    static void close() {
        ACME.close();
    }

    @AfterEach
    void backToTheDefaults() {
        set("{}");
    }

    @Test
    void a_change_supersedes_the_request_and_asks_again_with_the_difference_field_by_field() {
        UUID order = submit("1000");
        Request first = ACME.awaitRequest(order, "Finance Head");

        revise(order, "1001");

        Request second = ACME.awaitRequest(order, "Finance Head");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.replaces()).contains(first.id());
        assertThat(ACME.request(first.id()).status()).isEqualTo("superseded");
        assertThat(second.expiresAt()).isEqualTo(first.expiresAt());
        List<FieldChange> changes = second.shown().orElseThrow().changedSince();
        assertThat(changes)
                .extracting(FieldChange::path)
                .containsExactlyInAnyOrder("lines[line_no=1].unit_price", "total");
        assertThat(changes)
                .filteredOn(change -> change.path().equals("total"))
                .singleElement()
                .satisfies(change -> assertThat(change.before().orElseThrow().asString() + " to "
                                + change.after().orElseThrow().asString())
                        .isEqualTo("1180.00 to 1181.18"));

        assertThat(ACME.decide(first, "finance.head", true, "late")).isInstanceOf(Decided.TooLate.class);
        ACME.decide(second, "finance.head", true, "fine");
        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(ACME.get(order).header().approvalId()).contains(second.id());
    }

    @Test
    void a_change_within_the_companys_tolerance_asks_nobody_again() {
        set("{\"change_tolerance\": \"2\"}");
        UUID order = submit("1000");
        Request first = ACME.awaitRequest(order, "Finance Head");

        revise(order, "1020");
        assertThat(ACME.awaitRequest(order, "Finance Head").id()).isEqualTo(first.id());

        revise(order, "1020.01");
        Request second = ACME.awaitRequest(order, "Finance Head");
        assertThat(second.replaces()).contains(first.id());

        revise(order, "1020");
        ACME.decide(second, "finance.head", true, "fine");
        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(ACME.get(order).header().total()).isEqualByComparingTo("1203.60");
    }

    @Test
    void an_approved_order_that_changes_before_it_is_locked_is_not_locked() {
        Submission.Submitted submitted = ACME.submit(slow("1000"));
        UUID order = submitted.order().id();
        ACME.decide(ACME.awaitRequest(order, "Finance Head"), "finance.head", true, "fine");
        awaitStep(submitted, "settle", "waiting");

        ACME.run(tx -> ACME.orders.revise(tx, order, slow("5000"), requester));
        ACME.engine.clock().advance(Duration.ofHours(2));

        StepView lock = awaitStep(submitted, "lock", "failed");
        assertThat(lock.error().orElseThrow().toString())
                .contains("approval_stale", "lines[line_no=1].unit_price", "total");
        assertThat(ACME.get(order).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    /** The lock waits for the change, and then sees it. */
    @Test
    void an_order_that_is_being_changed_is_locked_as_it_was_approved_or_not_at_all() throws Exception {
        Submission.Submitted submitted = ACME.submit(slow("1000"));
        UUID order = submitted.order().id();
        ACME.decide(ACME.awaitRequest(order, "Finance Head"), "finance.head", true, "fine");
        awaitStep(submitted, "settle", "waiting");
        var changed = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);

        Thread change = Thread.ofVirtual()
                .start(() -> ACME.run(tx -> {
                    Revision revision = ACME.orders.revise(tx, order, slow("5000"), requester);
                    changed.countDown();
                    awaitLatch(mayCommit);
                    return revision;
                }));
        awaitLatch(changed);
        ACME.engine.clock().advance(Duration.ofHours(2));
        await().atMost(Duration.ofSeconds(30)).until(ACME::isSomebodyBlocked);
        mayCommit.countDown();
        change.join();

        assertThat(awaitStep(submitted, "lock", "failed").error().orElseThrow().toString())
                .contains("approval_stale");
        assertThat(ACME.get(order).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_order_that_was_sent_back_is_changed_submitted_again_and_approved() {
        UUID order = submit("1000");
        Request first = ACME.awaitRequest(order, "Finance Head");
        Member meera = ACME.person("finance.head");

        Decided returned = ACME.engine
                .approvals()
                .sendBack(ACME.tenant, first.id(), meera.id(), Optional.of("Ask for a better price"));

        assertThat(returned).isInstanceOf(Decided.Done.class);
        assertThat(ACME.get(order).status()).isEqualTo(Status.RETURNED);
        assertThat(tasksAbout(order)).hasSize(1);
        revise(order, "900");
        Submission again = ACME.run(tx -> ACME.orders.submit(tx, order, requester));
        assertThat(again)
                .isInstanceOfSatisfying(
                        Submission.Submitted.class,
                        done -> assertThat(done.routing()).isEqualTo(new Routing.AskedAgain(1)));
        assertThat(tasksAbout(order)).isEmpty();

        Request second = ACME.awaitRequest(order, "Finance Head");
        assertThat(second.shown().orElseThrow().changedSince())
                .extracting(FieldChange::path)
                .containsExactlyInAnyOrder("lines[line_no=1].unit_price", "total");
        ACME.decide(second, "finance.head", true, "fine");
        ACME.awaitStatus(order, Status.APPROVED);
    }

    @Test
    void a_deputy_decides_and_both_are_named() {
        Member meera = ACME.person("finance.head");
        var wanted = new NewDelegation(
                "accounts@acme.test",
                Set.of("Finance Head"),
                Optional.empty(),
                ACME.run(tx -> tx.now()).plus(Duration.ofDays(7)),
                Optional.of("Leave"));
        var made = (Delegations.Made.Done)
                ACME.<Delegations.Made>run(tx -> DELEGATIONS.make(tx, meera, wanted, Actor.user(meera)));
        UUID order = submit("1000");
        Request request = ACME.awaitRequest(order, "Finance Head");

        assertThat(ACME.decide(request, "sales.head", true, "x")).isInstanceOf(Decided.Forbidden.class);
        assertThat(ACME.decide(request, "accounts", true, "fine")).isInstanceOf(Decided.Done.class);

        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(ACME.request(request.id()).ended().orElseThrow().byName()).isEqualTo("Suresh Patil for Meera Iyer");

        ACME.run(tx -> DELEGATIONS.end(tx, made.delegation().id(), Optional.empty(), Actor.user(meera)));
        Request next = ACME.awaitRequest(submit("1000"), "Finance Head");
        assertThat(ACME.decide(next, "accounts", true, "fine")).isInstanceOf(Decided.Forbidden.class);
    }

    @Test
    void a_holiday_moves_the_deadline_of_what_is_asked_from_then_on() {
        Versioned<CompanyCalendar> before = ACME.run(CALENDARS::get);
        LocalDate today = ACME.run(tx ->
                LocalDate.ofInstant(tx.now(), ACME.erp.directory().tenant(tx).timeZone()));
        List<Holiday> closed = IntStream.rangeClosed(0, 6)
                .mapToObj(days -> new Holiday(today.plusDays(days), "Closed"))
                .toList();
        Request usual = ACME.awaitRequest(submit("1000"), "Finance Head");

        ACME.run(tx -> CALENDARS.set(
                tx,
                new CompanyCalendar(
                        before.value().days(),
                        before.value().opens(),
                        before.value().closes(),
                        closed),
                requester));
        Request later = ACME.awaitRequest(submit("1000"), "Finance Head");

        BusinessCalendar calendar = ACME.run(tx -> ACME.erp.directory().calendar(tx));
        assertThat(later.expiresAt())
                .isEqualTo(calendar.plus(later.createdAt(), Duration.ofHours(9)))
                .isAfter(usual.expiresAt());
        assertThat(ACME.request(usual.id()).expiresAt()).isEqualTo(usual.expiresAt());
        ACME.run(tx -> CALENDARS.set(tx, before.value(), requester));
    }

    @Test
    void what_the_policy_forbids_meanwhile_is_not_done() {
        Submission.Submitted submitted = ACME.submit(Acme.order("1000"));
        Request request = ACME.awaitRequest(submitted.order().id(), "Finance Head");

        set("{\"forbidden_actions\": [\"erp.purchase_order.lock\"]}");
        ACME.decide(request, "finance.head", true, "fine");

        assertThat(awaitStep(submitted, "lock", "failed").error().orElseThrow().toString())
                .contains("action_forbidden");
        assertThat(ACME.get(submitted.order().id()).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    @Test
    void a_limit_is_held_against_what_the_order_is_by_then() {
        set("""
                {"approval_above": [{"actions": ["erp.purchase_order.lock"], "amount": "2000", "levels": 2}]}""");
        Submission.Submitted small = ACME.submit(Acme.order("1000"));
        Submission.Submitted raised = ACME.submit(Acme.order("1000"));
        ACME.awaitRequest(raised.order().id(), "Finance Head");
        revise(raised.order().id(), "3000");

        ACME.decide(ACME.awaitRequest(small.order().id(), "Finance Head"), "finance.head", true, "fine");
        ACME.decide(ACME.awaitRequest(raised.order().id(), "Finance Head"), "finance.head", true, "fine");

        ACME.awaitStatus(small.order().id(), Status.APPROVED);
        assertThat(awaitStep(raised, "lock", "failed").error().orElseThrow().toString())
                .contains("approval_missing_on_path", "3540.00 INR");
    }

    @Test
    void a_module_that_is_switched_off_fails_the_step_and_the_node_goes_on() {
        Submission.Submitted submitted = ACME.submit(Acme.order("1000"));
        Request request = ACME.awaitRequest(submitted.order().id(), "Finance Head");
        switchProcurement(false);
        try {
            ACME.decide(request, "finance.head", true, "fine");

            assertThat(awaitStep(submitted, "lock", "failed")
                            .error()
                            .orElseThrow()
                            .toString())
                    .contains("module_disabled");
        } finally {
            switchProcurement(true);
        }
        UUID next = submit("1000");
        ACME.decide(ACME.awaitRequest(next, "Finance Head"), "finance.head", true, "fine");
        ACME.awaitStatus(next, Status.APPROVED);
    }

    private void switchProcurement(boolean on) {
        ACME.run(tx -> {
            MODULES.set(tx, "procurement", on, requester);
            ACME.engine.rulesChanged(tx);
            return on;
        });
    }

    private static UUID submit(String price) {
        return ACME.submit(Acme.order(price)).order().id();
    }

    /** Between its approval and its locking an hour goes by. */
    private static NewOrder slow(String price) {
        return new NewOrder(
                Optional.empty(),
                Optional.of("S0001"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("slow"),
                Optional.empty(),
                Optional.empty(),
                List.of(NewOrder.Line.of("SRV-FREIGHT", BigDecimal.ONE, new BigDecimal(price), new BigDecimal("18"))));
    }

    private void revise(UUID order, String price) {
        Revision revision = ACME.run(tx -> ACME.orders.revise(tx, order, Acme.order(price), requester));
        assertThat(revision).isInstanceOf(Revision.Revised.class);
    }

    private void set(String json) {
        Policies policies = ((Policies.Read.Good) Policies.of(Json.read(json))).policies();
        ACME.run(tx -> {
            ACME.engine.rulesChanged(tx);
            return POLICIES.set(tx, policies, requester);
        });
    }

    private static List<Task> tasksAbout(UUID order) {
        Member rohan = ACME.person("requester");
        return ACME.run(tx -> ACME.erp.inbox().tasks(tx, rohan, Optional.empty(), 50)).stream()
                .filter(task -> task.entityId().equals(Optional.of(order)))
                .toList();
    }

    private static StepView awaitStep(Submission.Submitted submitted, String step, String status) {
        UUID execution = submitted.executions().getFirst();
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> ACME.run(tx -> ACME.engine.executions().steps(tx, execution)).stream()
                                .filter(each ->
                                        each.id().equals(step) && each.status().equals(status))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
