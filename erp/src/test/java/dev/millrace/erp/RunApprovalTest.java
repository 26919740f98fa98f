package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Retries;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.PaymentRun.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template payment-run-approval on the real engine, over each of its branches. */
class RunApprovalTest {
    private static final Acme ACME = new Acme(Course.template("payment-run-approval"));
    private static final Course COURSE = new Course(ACME);
    private static final Payments PAYMENTS =
            ACME.erp.payments(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final Suppliers SUPPLIERS =
            ACME.erp.suppliers(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final Actor CLERK = ACME.actor("accounts");

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void a_run_of_25_lakh_needs_one_signature_and_its_preparer_is_told() {
        PaymentRun run = proposed("S0001", "2500000");

        COURSE.approve(run.id(), "Finance Head", "finance.head");
        ExecutionView execution = COURSE.over(run.id());

        assertThat(COURSE.done(execution)).containsExactlyInAnyOrder("first", "release", "tell");
        assertReleased(run, "finance.head");
        assertThat(COURSE.mail()).contains(run.number() + " released");
    }

    @Test
    void a_larger_run_needs_the_cfo_too_and_both_names_stay_with_it() {
        PaymentRun run = proposed("S0002", "2500000.01");

        COURSE.approve(run.id(), "Finance Head", "finance.head");
        COURSE.approve(run.id(), "CFO", "cfo");
        COURSE.over(run.id());

        assertReleased(run, "finance.head", "cfo");
    }

    @Test
    void changed_bank_details_need_the_cfo_however_small_the_run() {
        UUID supplier = supplier("S0003");
        ACME.run(tx -> SUPPLIERS.changeBank(tx, supplier, SuppliersTest.BANK, CLERK));
        // Somebody has verified them in the meantime: they are new all the same.
        verify(supplier);
        PaymentRun run = proposed("S0003", "10");

        COURSE.approve(run.id(), "Finance Head", "finance.head");
        COURSE.approve(run.id(), "CFO", "cfo");
        COURSE.over(run.id());

        assertReleased(run, "finance.head", "cfo");
    }

    @Test
    void a_run_that_one_of_them_refuses_is_cancelled_with_its_payments() {
        PaymentRun first = proposed("S0004", "10");
        COURSE.reject(first.id(), "Finance Head", "finance.head");
        assertCancelled(first, "Rejected by Meera Iyer: as seen by finance.head");

        PaymentRun second = proposed("S0004", "2500001");
        COURSE.approve(second.id(), "Finance Head", "finance.head");
        COURSE.reject(second.id(), "CFO", "cfo");
        assertCancelled(second, "Rejected by Arjun Rao: as seen by cfo");
    }

    @Test
    void after_eight_hours_the_cfo_signs_first_and_then_the_finance_head() {
        PaymentRun run = proposed("S0005", "2500001");
        ACME.awaitRequest(run.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(9));
        COURSE.approve(run.id(), "CFO", "cfo");
        // The second signature is the CFO's as well, who has signed: it goes on to the Finance Head at once.
        COURSE.approve(run.id(), "Finance Head", "finance.head");
        COURSE.over(run.id());

        assertReleased(run, "cfo", "finance.head");
    }

    @Test
    void who_prepared_a_run_does_not_release_it() {
        Actor meera = ACME.actor("finance.head");
        PaymentRun run = proposed("S0006", "10", meera);

        COURSE.approve(run.id(), "CFO", "cfo");
        COURSE.over(run.id());

        assertReleased(run, "cfo");
    }

    @Test
    void a_run_to_an_account_that_is_not_verified_becomes_a_task_and_nothing_is_posted() {
        UUID supplier = supplier("S0007");
        PaymentRun run = proposed("S0007", "10");
        ACME.run(tx -> SUPPLIERS.changeBank(tx, supplier, SuppliersTest.BANK, CLERK));

        COURSE.approve(run.id(), "Finance Head", "finance.head");
        ExecutionView execution = COURSE.over(run.id());

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(COURSE.step(execution, "release")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo("bank_unverified");
        assertThat(COURSE.step(execution, "tell").status()).isEqualTo("skipped");
        assertThat(COURSE.tasks()).anyMatch(title -> title.startsWith(run.number() + " was not released: The bank"));
        assertThat(get(run).status()).isEqualTo(Status.PROPOSED);
        assertThat(payments(run)).allMatch(payment -> payment.status() == Payment.Status.DRAFT);
    }

    @Test
    void a_second_signature_that_takes_longer_than_eight_hours_is_another_finance_head_s() {
        ACME.appoint("process.owner", true, Permissions.PROCESS_OWNER, Permissions.FINANCE_HEAD);
        try {
            PaymentRun run = proposed("S0008", "2500001");
            COURSE.approve(run.id(), "Finance Head", "finance.head");
            Request cfo = ACME.awaitRequest(run.id(), "CFO");
            ACME.engine.clock().advance(Duration.ofHours(9));
            Request last = ACME.awaitRequest(run.id(), "Finance Head");

            assertThat(ACME.decide(cfo, "cfo", true, "late")).isInstanceOf(Decided.TooLate.class);
            assertThat(refused(last, "finance.head")).isEqualTo("excluded");
            assertThat(get(run).status()).isEqualTo(Status.PROPOSED);
            COURSE.approve(run.id(), "Finance Head", "process.owner");
            COURSE.over(run.id());

            assertReleased(run, "finance.head", "process.owner");
        } finally {
            ACME.appoint("process.owner", true, Permissions.PROCESS_OWNER);
        }
    }

    @Test
    void with_one_finance_head_who_has_signed_a_late_second_signature_is_the_administrator_s_to_hand_on() {
        PaymentRun run = proposed("S0009", "2500001");
        COURSE.approve(run.id(), "Finance Head", "finance.head");
        ACME.awaitRequest(run.id(), "CFO");
        ACME.engine.clock().advance(Duration.ofHours(9));
        Request last = ACME.awaitRequest(run.id(), "Finance Head");

        COURSE.awaitNobody(last);
        assertThat(refused(last, "finance.head")).isEqualTo("excluded");
        assertThat(get(run).status()).isEqualTo(Status.PROPOSED);
        assertThat(payments(run)).allMatch(payment -> payment.status() == Payment.Status.DRAFT);
        ACME.handOver(last, "CFO");
        COURSE.approve(run.id(), "CFO", "cfo");
        COURSE.over(run.id());

        assertReleased(run, "finance.head", "cfo");
    }

    @Test
    void a_run_that_the_second_level_refuses_is_cancelled_whoever_was_asked_in_the_end() {
        PaymentRun atFirst = proposed("S0010", "10");
        ACME.awaitRequest(atFirst.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(9));
        COURSE.reject(atFirst.id(), "CFO", "cfo");
        assertCancelled(atFirst, "Rejected by Arjun Rao: as seen by cfo");

        PaymentRun atSecond = proposed("S0010", "2500001");
        ACME.awaitRequest(atSecond.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(9));
        COURSE.approve(atSecond.id(), "CFO", "cfo");
        // The CFO has signed: the second signature is the Finance Head's at once.
        COURSE.reject(atSecond.id(), "Finance Head", "finance.head");
        assertCancelled(atSecond, "Rejected by Meera Iyer: as seen by finance.head");
    }

    @Test
    void a_run_that_nobody_signs_is_cancelled_in_the_end_and_its_payments_with_it() {
        PaymentRun first = proposed("S0011", "10");
        ACME.awaitRequest(first.id(), "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(9));
        ACME.awaitRequest(first.id(), "CFO");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertCancelled(first, "Nobody decided within 31 days");

        PaymentRun second = proposed("S0012", "2500001");
        COURSE.approve(second.id(), "Finance Head", "finance.head");
        ACME.awaitRequest(second.id(), "CFO");
        ACME.engine.clock().advance(Duration.ofHours(9));
        COURSE.awaitNobody(ACME.awaitRequest(second.id(), "Finance Head"));
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertCancelled(second, "Nobody decided within 31 days");
    }

    @Test
    void a_preparer_who_has_left_is_not_told_and_the_run_is_released_all_the_same() {
        PaymentRun run = proposed("S0013", "10");
        ACME.awaitRequest(run.id(), "Finance Head");
        ACME.appoint("accounts", false, Permissions.ACCOUNTS);
        try {
            COURSE.approve(run.id(), "Finance Head", "finance.head");
            ExecutionView execution = COURSE.over(run.id());

            assertThat(execution.outcome()).contains("succeeded");
            assertThat(COURSE.step(execution, "tell").status()).isEqualTo("failed");
            assertReleased(run, "finance.head");
            assertThat(COURSE.mail()).doesNotContain(run.number() + " released");
        } finally {
            ACME.appoint("accounts", true, Permissions.ACCOUNTS);
        }
    }

    @Test
    void once_the_account_is_verified_the_release_is_tried_again_with_the_signatures_that_are_there() {
        UUID supplier = supplier("S0014");
        PaymentRun run = proposed("S0014", "10");
        ACME.run(tx -> SUPPLIERS.changeBank(tx, supplier, SuppliersTest.BANK, CLERK));
        COURSE.approve(run.id(), "Finance Head", "finance.head");
        ExecutionView failed = COURSE.over(run.id());
        assertThat(get(run).status()).isEqualTo(Status.PROPOSED);
        verify(supplier);

        Actor owner = ACME.actor("process.owner");
        ACME.run(tx -> ACME.engine.retries().retry(tx, failed.id(), Retries.How.USUAL, owner));
        ExecutionView execution = COURSE.over(run.id());

        assertThat(execution.outcome()).contains("succeeded");
        assertReleased(run, "finance.head");
        assertThat(COURSE.mail()).contains(run.number() + " released");
    }

    @Test
    void a_run_is_not_released_by_hand_while_the_workflow_asks_and_cancelling_it_ends_the_workflow() {
        PaymentRun run = proposed("S0015", "10");
        Request asked = ACME.awaitRequest(run.id(), "Finance Head");
        Actor cfo = ACME.actor("cfo");

        ByHand<PaymentRun> byHand = ACME.run(tx -> PAYMENTS.release(tx, run.id(), cfo));
        assertThat(byHand)
                .isInstanceOfSatisfying(
                        ByHand.BeingDecided.class,
                        decided -> assertThat(decided.decider().workflow()).isEqualTo("payment-run-approval"));
        assertThat(get(run).status()).isEqualTo(Status.PROPOSED);

        ACME.run(tx -> PAYMENTS.cancelRun(tx, run.id(), "wrong bank", CLERK));

        assertThat(ACME.decide(asked, "finance.head", true, "fine")).isInstanceOf(Decided.TooLate.class);
        assertThat(ACME.request(asked.id()).ended().orElseThrow().comment())
                .contains(run.number() + " was cancelled by " + CLERK.name() + ": wrong bank");
        assertThat(COURSE.over(run.id()).outcome()).contains("cancelled");
        assertThat(get(run).status()).isEqualTo(Status.CANCELLED);
        assertThat(payments(run)).allMatch(payment -> payment.status() == Payment.Status.CANCELLED);
    }

    private static String refused(Request request, String who) {
        Decided decided = ACME.decide(request, who, true, "twice");
        assertThat(decided).isInstanceOf(Decided.Forbidden.class);
        return ((Decided.Forbidden) decided).code();
    }

    private static void assertReleased(PaymentRun run, String... signers) {
        assertThat(get(run).status()).isEqualTo(Status.RELEASED);
        assertThat(get(run).approvedBy())
                .containsExactlyInAnyOrderElementsOf(List.of(signers).stream()
                        .map(name -> ACME.person(name).id())
                        .toList());
        assertThat(payments(run)).isNotEmpty().allMatch(payment -> payment.status() == Payment.Status.POSTED);
    }

    private static void assertCancelled(PaymentRun run, String why) {
        ExecutionView execution = COURSE.over(run.id());
        assertThat(execution.outcome()).contains("stopped");
        assertThat(COURSE.stopReason(execution)).isEqualTo("run refused");
        assertThat(get(run).status()).isEqualTo(Status.CANCELLED);
        assertThat(get(run).cancelReason()).contains(why);
        assertThat(payments(run)).isNotEmpty().allMatch(payment -> payment.status() == Payment.Status.CANCELLED);
    }

    private static PaymentRun get(PaymentRun run) {
        return ACME.run(tx -> PAYMENTS.findRun(tx, run.id())).orElseThrow();
    }

    private static List<Payment> payments(PaymentRun run) {
        return ACME.run(tx ->
                PAYMENTS.list(tx, Optional.empty(), Optional.empty(), Optional.of(run.id()), Optional.empty(), 100));
    }

    private static PaymentRun proposed(String code, String amount) {
        return proposed(code, amount, CLERK);
    }

    /** Of one payment on account. */
    private static PaymentRun proposed(String code, String amount, Actor preparer) {
        UUID supplier = supplier(code);
        return ACME.run(tx -> {
            Payment draft = PAYMENTS.create(
                    tx,
                    new NewPayment(
                            Payment.Direction.OUTGOING,
                            Payment.PartyType.SUPPLIER,
                            supplier,
                            new BigDecimal(amount),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Payment.Method.BANK_TRANSFER,
                            Optional.empty(),
                            Optional.empty()),
                    preparer);
            LocalDate day = LocalDate.ofInstant(
                            tx.now(), ACME.erp.directory().tenant(tx).timeZone())
                    .plusDays(1);
            return PAYMENTS.propose(
                    tx, new PaymentRun.Proposal("HDFC", day, Optional.empty(), List.of(draft.id()), false), preparer);
        });
    }

    private static void verify(UUID supplier) {
        ACME.run(tx -> tx.handle()
                .createUpdate("update suppliers set bank_verified = true where tenant_id = :tenant and id = :id")
                .bind("tenant", tx.tenant())
                .bind("id", supplier)
                .execute());
    }

    private static UUID supplier(String code) {
        return ACME.run(tx -> SUPPLIERS.list(tx, Optional.empty(), "", 500)).stream()
                .filter(supplier -> supplier.code().equals(code))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
