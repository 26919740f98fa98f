package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionView;
import dev.millrace.erp.ExpenseClaim.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template expense-claim-approval on the real engine, over each of its branches. */
class ClaimApprovalTest {
    private static final Acme ACME = new Acme(Course.template("expense-claim-approval"));
    private static final Course COURSE = new Course(ACME);
    private static final ExpenseClaims CLAIMS =
            ACME.erp.expenseClaims(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final Payments PAYMENTS =
            ACME.erp.payments(ACME.engine.events(), ACME.engine.documents(), ACME.trail);

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void a_small_claim_with_receipts_needs_the_manager_alone_and_its_payment_pays_it() {
        ExpenseClaim claim = submitted("25000", true, Optional.of("procurement"));

        decide(claim, "procurement", true);
        ExecutionView execution = COURSE.over(claim.id());

        assertThat(COURSE.done(execution)).containsExactlyInAnyOrder("manager", "book", "pay");
        assertThat(get(claim).status()).isEqualTo(Status.APPROVED);
        assertThat(get(claim).openAmount()).isEqualTo("0.00");
        Payment draft = payment(claim);
        assertThat(draft.status()).isEqualTo(Payment.Status.DRAFT);
        assertThat(draft.reference()).contains(claim.number());
        Actor clerk = ACME.actor("accounts");
        ACME.run(tx -> PAYMENTS.post(tx, draft.id(), clerk));
        assertThat(get(claim).status()).isEqualTo(Status.PAID);
    }

    @Test
    void a_large_claim_and_one_without_all_receipts_need_the_finance_head_too() {
        ExpenseClaim large = submitted("25000.01", true, Optional.of("procurement"));
        decide(large, "procurement", true);
        COURSE.approve(large.id(), "Finance Head", "finance.head");
        assertThat(COURSE.done(COURSE.over(large.id()))).containsExactlyInAnyOrder("manager", "finance", "book", "pay");

        ExpenseClaim bare = submitted("10", false, Optional.of("procurement"));
        decide(bare, "procurement", true);
        COURSE.approve(bare.id(), "Finance Head", "finance.head");
        assertThat(COURSE.over(bare.id()).outcome()).contains("succeeded");
        assertThat(get(bare).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void whoever_refuses_a_claim_rejects_it_with_their_words() {
        ExpenseClaim byManager = submitted("10", true, Optional.of("procurement"));
        decide(byManager, "procurement", false);
        assertRejected(byManager, "Rejected by Priya Nair: as seen by procurement");

        ExpenseClaim byFinance = submitted("30000", true, Optional.of("procurement"));
        decide(byFinance, "procurement", true);
        COURSE.reject(byFinance.id(), "Finance Head", "finance.head");
        assertRejected(byFinance, "Rejected by Meera Iyer: as seen by finance.head");
    }

    @Test
    void whoever_decides_in_another_s_place_may_refuse_too() {
        ExpenseClaim forManager = submitted("11", true, Optional.of("procurement"));
        awaitAsked(forManager, "procurement");
        ACME.engine.clock().advance(Duration.ofDays(3).plusHours(1));
        COURSE.reject(forManager.id(), "Finance Head", "finance.head");
        assertRejected(forManager, "Rejected by Meera Iyer: as seen by finance.head");

        ExpenseClaim forFinance = submitted("30001", true, Optional.of("procurement"));
        decide(forFinance, "procurement", true);
        ACME.awaitRequest(forFinance.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofDays(3).plusHours(1));
        COURSE.reject(forFinance.id(), "CFO", "cfo");
        assertRejected(forFinance, "Rejected by Arjun Rao: as seen by cfo");
    }

    @Test
    void a_large_claim_that_the_finance_head_decided_in_the_manager_s_place_is_the_cfo_s_next() {
        ExpenseClaim claim = submitted("30002", true, Optional.of("procurement"));
        awaitAsked(claim, "procurement");
        ACME.engine.clock().advance(Duration.ofDays(3).plusHours(1));
        COURSE.approve(claim.id(), "Finance Head", "finance.head");
        COURSE.approve(claim.id(), "CFO", "cfo");

        assertThat(COURSE.over(claim.id()).outcome()).contains("succeeded");
        assertThat(get(claim).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void a_claim_that_nobody_ever_answers_for_is_rejected_and_nothing_is_paid() {
        ExpenseClaim small = submitted("12", true, Optional.of("procurement"));
        awaitAsked(small, "procurement");
        ACME.engine.clock().advance(Duration.ofDays(3).plusHours(1));
        ACME.awaitRequest(small.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertRejected(small, "Nobody decided within 34 days");

        ExpenseClaim large = submitted("30003", true, Optional.of("procurement"));
        decide(large, "procurement", true);
        ACME.awaitRequest(large.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofDays(3).plusHours(1));
        ACME.awaitRequest(large.id(), "CFO");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertRejected(large, "Nobody decided within 34 days");
    }

    @Test
    void a_manager_who_does_not_answer_is_reminded_each_day() {
        ExpenseClaim claim = submitted("13", true, Optional.of("procurement"));
        awaitAsked(claim, "procurement");
        ACME.engine.clock().advance(Duration.ofHours(25));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(COURSE.subjects("procurement"))
                        .anyMatch(subject -> subject.startsWith("Still waiting for you: " + claim.number())));
        decide(claim, "procurement", true);
        assertThat(COURSE.over(claim.id()).outcome()).contains("succeeded");
    }

    @Test
    void a_claim_is_not_approved_by_hand_while_the_workflow_asks_and_rejecting_it_ends_the_workflow() {
        ExpenseClaim claim = submitted("14", true, Optional.of("procurement"));
        awaitAsked(claim, "procurement");
        Actor clerk = ACME.actor("accounts");

        ByHand<ExpenseClaim> byHand = ACME.run(tx -> CLAIMS.approve(tx, claim.id(), Optional.empty(), clerk));
        assertThat(byHand)
                .isInstanceOfSatisfying(
                        ByHand.BeingDecided.class,
                        decided -> assertThat(decided.decider().workflow()).isEqualTo("expense-claim-approval"));
        assertThat(get(claim).status()).isEqualTo(Status.SUBMITTED);

        ACME.run(tx -> CLAIMS.reject(tx, claim.id(), "no such trip", clerk));

        assertThat(COURSE.over(claim.id()).outcome()).contains("cancelled");
        assertThat(get(claim).status()).isEqualTo(Status.REJECTED);
        assertThat(get(claim).rejectReason()).contains("no such trip");
        assertThat(payments(claim)).isEmpty();
    }

    private static void assertRejected(ExpenseClaim claim, String why) {
        ExecutionView execution = COURSE.over(claim.id());
        assertThat(execution.outcome()).contains("stopped");
        assertThat(COURSE.stopReason(execution)).isEqualTo("claim refused");
        assertThat(get(claim).status()).isEqualTo(Status.REJECTED);
        assertThat(get(claim).rejectReason()).contains(why);
        assertThat(payments(claim)).isEmpty();
    }

    @Test
    void after_three_days_the_finance_head_decides_for_the_manager_and_the_cfo_for_her() {
        ExpenseClaim small = submitted("10", true, Optional.of("procurement"));
        awaitAsked(small, "procurement");
        ACME.engine.clock().advance(Duration.ofDays(3).plusHours(1));
        COURSE.approve(small.id(), "Finance Head", "finance.head");
        assertThat(COURSE.over(small.id()).outcome()).contains("succeeded");

        ExpenseClaim large = submitted("30000", true, Optional.of("procurement"));
        decide(large, "procurement", true);
        ACME.awaitRequest(large.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofDays(3).plusHours(1));
        COURSE.approve(large.id(), "CFO", "cfo");
        assertThat(COURSE.over(large.id()).outcome()).contains("succeeded");
        assertThat(get(large).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void a_manager_who_is_the_finance_head_does_not_sign_twice() {
        ExpenseClaim claim = submitted("30000", true, Optional.of("finance.head"));
        decide(claim, "finance.head", true);
        COURSE.approve(claim.id(), "CFO", "cfo");

        assertThat(COURSE.over(claim.id()).outcome()).contains("succeeded");
    }

    @Test
    void a_claim_of_somebody_without_a_manager_does_not_start_it() {
        ExpenseClaim claim = submitted("10", true, Optional.empty());

        assertThat(COURSE.all(execution -> execution
                        .trigger()
                        .path("id")
                        .asString("")
                        .equals(claim.id().toString())))
                .isEmpty();
        assertThat(get(claim).status()).isEqualTo(Status.SUBMITTED);
    }

    private static ExpenseClaim submitted(String amount, boolean hasReceipt, Optional<String> manager) {
        Actor requester = ACME.actor("requester");
        Optional<UUID> managerId = manager.map(name -> ACME.person(name).id());
        return ACME.run(tx -> CLAIMS.submit(
                tx,
                new ExpenseClaim.Submission(
                        Optional.empty(),
                        managerId,
                        "travel",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new ExpenseClaim.NewLine(
                                LocalDate.of(2026, 11, 3), "Train to Surat", new BigDecimal(amount), hasReceipt))),
                requester));
    }

    private static void decide(ExpenseClaim claim, String manager, boolean approve) {
        COURSE.decideAs(claim.id(), manager, approve);
    }

    private static void awaitAsked(ExpenseClaim claim, String manager) {
        COURSE.awaitAsked(claim.id(), manager);
    }

    private static ExpenseClaim get(ExpenseClaim claim) {
        return ACME.run(tx -> CLAIMS.find(tx, claim.id())).orElseThrow();
    }

    private static List<Payment> payments(ExpenseClaim claim) {
        return ACME
                .run(tx ->
                        PAYMENTS.list(tx, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 500))
                .stream()
                .filter(payment -> payment.allocations().stream()
                        .anyMatch(allocation -> allocation.documentId().equals(claim.id())))
                .toList();
    }

    private static Payment payment(ExpenseClaim claim) {
        return payments(claim).getFirst();
    }
}
