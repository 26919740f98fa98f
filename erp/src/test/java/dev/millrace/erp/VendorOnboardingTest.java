package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.Supplier.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template vendor-onboarding on the real engine, over each of its branches. */
class VendorOnboardingTest {
    private static final Acme ACME = new Acme(Course.template("vendor-onboarding"));
    private static final Course COURSE = new Course(ACME);
    private static final Suppliers SUPPLIERS =
            ACME.erp.suppliers(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final AtomicInteger CODES = new AtomicInteger();

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void two_checks_make_a_supplier_active_with_a_bank_that_is_verified_and_it_is_welcomed() {
        UUID id = entered("2500000", Optional.of("sales@bolts.example"), true);

        COURSE.approve(id, "Accounts", "accounts");
        COURSE.approve(id, "Procurement Manager", "procurement");
        ExecutionView execution = COURSE.over(id);

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(COURSE.done(execution))
                .containsExactlyInAnyOrder("bank_check", "need_check", "verify", "activate", "welcome");
        assertThat(get(id).status()).isEqualTo(Status.ACTIVE);
        assertThat(get(id).bank().verified()).isTrue();
        assertThat(COURSE.mail()).contains("You are now our supplier");
    }

    @Test
    void a_lot_of_expected_spend_needs_the_finance_head_and_without_an_address_nobody_is_welcomed() {
        UUID id = entered("2500001", Optional.empty(), true);

        COURSE.approve(id, "Accounts", "accounts");
        COURSE.approve(id, "Procurement Manager", "procurement");
        COURSE.approve(id, "Finance Head", "finance.head");
        ExecutionView execution = COURSE.over(id);

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(COURSE.step(execution, "welcome").status()).isEqualTo("skipped");
        assertThat(get(id).status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void whoever_refuses_it_rejects_it_with_their_words() {
        UUID byAccounts = entered("1", Optional.empty(), true);
        COURSE.reject(byAccounts, "Accounts", "accounts");
        assertRejected(byAccounts, "Rejected by Suresh Patil: as seen by accounts", "supplier refused by accounts");
        assertThat(ACME.pending(byAccounts, "Procurement Manager")).isEmpty();

        UUID byProcurement = entered("1", Optional.empty(), true);
        COURSE.reject(byProcurement, "Procurement Manager", "procurement");
        assertRejected(
                byProcurement, "Rejected by Priya Nair: as seen by procurement", "supplier refused by procurement");

        UUID byFinance = entered("9000000", Optional.empty(), true);
        COURSE.approve(byFinance, "Accounts", "accounts");
        COURSE.approve(byFinance, "Procurement Manager", "procurement");
        COURSE.reject(byFinance, "Finance Head", "finance.head");
        assertRejected(byFinance, "Rejected by Meera Iyer: as seen by finance.head", "supplier refused by finance");
    }

    private static void assertRejected(UUID id, String why, String stopped) {
        ExecutionView execution = COURSE.over(id);
        assertThat(execution.outcome()).contains("stopped");
        assertThat(get(id).status()).isEqualTo(Status.REJECTED);
        assertThat(get(id).statusReason()).contains(why);
        assertThat(COURSE.stopReason(execution)).isEqualTo(stopped);
    }

    @Test
    void whoever_checks_it_in_another_s_place_may_refuse_it_too() {
        UUID forAccounts = entered("1", Optional.empty(), true);
        ACME.awaitRequest(forAccounts, "Accounts");
        ACME.awaitRequest(forAccounts, "Procurement Manager");
        ACME.engine.clock().advance(Duration.ofHours(49));
        COURSE.reject(forAccounts, "Finance Head", "finance.head");
        assertRejected(forAccounts, "Rejected by Meera Iyer: as seen by finance.head", "supplier refused by accounts");
        assertThat(ACME.pending(forAccounts, "CFO")).isEmpty();

        UUID forProcurement = entered("1", Optional.empty(), true);
        COURSE.approve(forProcurement, "Accounts", "accounts");
        ACME.awaitRequest(forProcurement, "Procurement Manager");
        ACME.engine.clock().advance(Duration.ofHours(49));
        COURSE.reject(forProcurement, "CFO", "cfo");
        assertRejected(forProcurement, "Rejected by Arjun Rao: as seen by cfo", "supplier refused by procurement");

        UUID forFinance = entered("9000000", Optional.empty(), true);
        COURSE.approve(forFinance, "Accounts", "accounts");
        COURSE.approve(forFinance, "Procurement Manager", "procurement");
        ACME.awaitRequest(forFinance, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(49));
        COURSE.reject(forFinance, "CFO", "cfo");
        assertRejected(forFinance, "Rejected by Arjun Rao: as seen by cfo", "supplier refused by finance");
    }

    @Test
    void one_that_nobody_ever_checks_is_rejected() {
        UUID byAccounts = entered("1", Optional.empty(), true);
        COURSE.approve(byAccounts, "Procurement Manager", "procurement");
        ACME.awaitRequest(byAccounts, "Accounts");
        ACME.engine.clock().advance(Duration.ofHours(49));
        ACME.awaitRequest(byAccounts, "Finance Head");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertRejected(byAccounts, "Nobody decided within 33 days", "supplier refused by accounts");

        UUID byProcurement = entered("1", Optional.empty(), true);
        COURSE.approve(byProcurement, "Accounts", "accounts");
        ACME.awaitRequest(byProcurement, "Procurement Manager");
        ACME.engine.clock().advance(Duration.ofHours(49));
        ACME.awaitRequest(byProcurement, "CFO");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertRejected(byProcurement, "Nobody decided within 33 days", "supplier refused by procurement");

        UUID byFinance = entered("9000000", Optional.empty(), true);
        COURSE.approve(byFinance, "Accounts", "accounts");
        COURSE.approve(byFinance, "Procurement Manager", "procurement");
        ACME.awaitRequest(byFinance, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(49));
        ACME.awaitRequest(byFinance, "CFO");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertRejected(byFinance, "Nobody decided within 33 days", "supplier refused by finance");
    }

    @Test
    void an_address_that_takes_no_mail_leaves_the_supplier_active() {
        UUID id = entered("1", Optional.of("gone@bolts.example"), true);
        ACME.mail.set(mail -> new MailSender.Sent.Rejected("550 no such mailbox"));
        try {
            COURSE.approve(id, "Accounts", "accounts");
            COURSE.approve(id, "Procurement Manager", "procurement");
            ExecutionView execution = COURSE.over(id);

            assertThat(execution.outcome()).contains("succeeded");
            assertThat(COURSE.step(execution, "welcome").status()).isEqualTo("failed");
            assertThat(get(id).status()).isEqualTo(Status.ACTIVE);
        } finally {
            ACME.mail.set(MailSender.SANDBOX);
        }
    }

    @Test
    void unanswered_checks_go_to_the_finance_head_and_the_cfo() {
        UUID id = entered("1", Optional.empty(), true);
        ACME.awaitRequest(id, "Accounts");
        ACME.awaitRequest(id, "Procurement Manager");

        ACME.engine.clock().advance(Duration.ofHours(49));
        COURSE.approve(id, "Finance Head", "finance.head");
        COURSE.approve(id, "CFO", "cfo");

        assertThat(COURSE.over(id).outcome()).contains("succeeded");
        assertThat(get(id).status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void what_the_finance_head_does_not_answer_goes_to_the_cfo() {
        UUID id = entered("9000000", Optional.empty(), true);
        COURSE.approve(id, "Accounts", "accounts");
        COURSE.approve(id, "Procurement Manager", "procurement");
        Request hers = ACME.awaitRequest(id, "Finance Head");

        ACME.engine.clock().advance(Duration.ofHours(49));
        COURSE.approve(id, "CFO", "cfo");

        assertThat(COURSE.over(id).outcome()).contains("succeeded");
        assertThat(ACME.request(hers.id()).status().toString()).isEqualToIgnoringCase("expired");
        assertThat(get(id).status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void a_bank_that_changed_after_it_was_checked_makes_a_task_and_the_supplier_waits() {
        UUID id = entered("1", Optional.empty(), true);
        COURSE.approve(id, "Accounts", "accounts");
        Actor buyer = ACME.actor("procurement");
        ACME.run(tx -> SUPPLIERS.changeBank(tx, id, SuppliersTest.OTHER_BANK, buyer));
        COURSE.approve(id, "Procurement Manager", "procurement");

        ExecutionView execution = COURSE.over(id);

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(COURSE.step(execution, "verify")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo("approval_stale");
        assertThat(COURSE.step(execution, "activate").status()).isEqualTo("skipped");
        assertThat(COURSE.tasks()).anyMatch(title -> title.startsWith(get(id).name() + " was not accepted: "));
        assertThat(get(id).status()).isEqualTo(Status.NEW);
    }

    @Test
    void one_without_bank_details_is_not_accepted() {
        UUID id = entered("1", Optional.empty(), false);
        COURSE.approve(id, "Accounts", "accounts");
        COURSE.approve(id, "Procurement Manager", "procurement");

        ExecutionView execution = COURSE.over(id);

        assertThat(COURSE.step(execution, "verify")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo("bank_details_missing");
        assertThat(get(id).status()).isEqualTo(Status.NEW);
    }

    private static UUID entered(String spend, Optional<String> email, boolean withBank) {
        Actor requester = ACME.actor("requester");
        String code = "N" + CODES.incrementAndGet();
        var wanted = new NewSupplier(
                code,
                "Bolts " + code,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                email,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BigDecimal(spend)));
        SupplierChange change = ACME.run(tx ->
                SUPPLIERS.create(tx, wanted, withBank ? Optional.of(SuppliersTest.BANK) : Optional.empty(), requester));
        return ((SupplierChange.Done) change).supplier().id();
    }

    private static Supplier get(UUID id) {
        return ACME.run(tx -> SUPPLIERS.get(tx, id)).orElseThrow();
    }
}
