package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.approval.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The template supplier-bank-change-control on the real engine, over each of its branches. */
class BankChangeTest {
    private static final Acme ACME = new Acme(Course.template("supplier-bank-change-control"));
    private static final Course COURSE = new Course(ACME);
    private static final Suppliers SUPPLIERS =
            ACME.erp.suppliers(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final Payments PAYMENTS =
            ACME.erp.payments(ACME.engine.events(), ACME.engine.documents(), ACME.trail);

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void after_the_call_and_the_finance_head_s_word_money_goes_there_again() {
        UUID id = supplier("S0001");
        UUID draft = draft(id);
        change(id, SuppliersTest.BANK, "procurement");
        assertThat(refusal(() -> post(draft))).isEqualTo("bank_unverified");

        COURSE.approve(id, "Accounts", "accounts");
        COURSE.approve(id, "Finance Head", "finance.head");
        ExecutionView execution = COURSE.over(id);

        assertThat(execution.outcome()).contains("succeeded");
        assertThat(COURSE.done(execution)).containsExactlyInAnyOrder("call_back", "finance_head", "verify");
        assertThat(get(id).bank().verified()).isTrue();
        assertThat(post(draft).status()).isEqualTo(Payment.Status.POSTED);
    }

    @Test
    void payments_stay_held_when_one_of_them_says_no() {
        UUID first = supplier("S0002");
        change(first, SuppliersTest.BANK, "procurement");
        COURSE.reject(first, "Accounts", "accounts");
        assertHeld(first, "not confirmed and payments stay held");

        UUID second = supplier("S0003");
        change(second, SuppliersTest.BANK, "procurement");
        COURSE.approve(second, "Accounts", "accounts");
        COURSE.reject(second, "Finance Head", "finance.head");
        assertHeld(second, "not agreed and payments stay held");
    }

    @Test
    void who_changed_the_account_does_not_confirm_it_and_the_finance_head_does_after_a_day() {
        UUID id = supplier("S0004");
        change(id, SuppliersTest.BANK, "accounts");
        // Accounts has nobody else here: the request goes up at once.
        COURSE.approve(id, "Finance Head", "finance.head");
        COURSE.approve(id, "CFO", "cfo");

        assertThat(COURSE.over(id).outcome()).contains("succeeded");
        assertThat(get(id).bank().verified()).isTrue();
    }

    @Test
    void unanswered_requests_go_up_after_a_day() {
        UUID id = supplier("S0005");
        change(id, SuppliersTest.BANK, "procurement");
        ACME.awaitRequest(id, "Accounts");
        ACME.engine.clock().advance(Duration.ofHours(25));
        COURSE.approve(id, "Finance Head", "finance.head");
        COURSE.approve(id, "CFO", "cfo");

        assertThat(COURSE.over(id).outcome()).contains("succeeded");
        assertThat(get(id).bank().verified()).isTrue();
    }

    @Test
    void what_the_finance_head_leaves_for_a_day_is_the_cfo_s_to_agree_or_to_refuse() {
        UUID agreed = supplier("S0008");
        UUID draft = draft(agreed);
        change(agreed, SuppliersTest.BANK, "procurement");
        COURSE.approve(agreed, "Accounts", "accounts");
        Request hers = ACME.awaitRequest(agreed, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        Request his = ACME.awaitRequest(agreed, "CFO");
        assertThat(his.message())
                .contains("Release payments to " + get(agreed).name()
                        + ": Accounts have confirmed the new account by telephone");
        assertThat(ACME.decide(hers, "finance.head", true, "late")).isInstanceOf(Decided.TooLate.class);
        COURSE.approve(agreed, "CFO", "cfo");
        assertThat(COURSE.over(agreed).outcome()).contains("succeeded");
        assertThat(post(draft).status()).isEqualTo(Payment.Status.POSTED);

        UUID refused = supplier("S0009");
        change(refused, SuppliersTest.BANK, "procurement");
        COURSE.approve(refused, "Accounts", "accounts");
        ACME.awaitRequest(refused, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        COURSE.reject(refused, "CFO", "cfo");
        assertHeld(refused, "not agreed and payments stay held");
    }

    @Test
    void payments_stay_held_when_the_finance_head_in_the_place_of_accounts_does_not_confirm() {
        UUID id = supplier("S0010");
        change(id, SuppliersTest.BANK, "procurement");
        ACME.awaitRequest(id, "Accounts");
        ACME.engine.clock().advance(Duration.ofHours(25));
        COURSE.reject(id, "Finance Head", "finance.head");

        assertHeld(id, "not confirmed and payments stay held");
    }

    @Test
    void payments_stay_held_when_nobody_ever_answers() {
        UUID uncalled = supplier("S0011");
        change(uncalled, SuppliersTest.BANK, "procurement");
        ACME.awaitRequest(uncalled, "Accounts");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.awaitRequest(uncalled, "Finance Head");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertHeld(uncalled, "not confirmed and payments stay held");

        UUID called = supplier("S0012");
        change(called, SuppliersTest.BANK, "procurement");
        COURSE.approve(called, "Accounts", "accounts");
        ACME.awaitRequest(called, "Finance Head");
        ACME.engine.clock().advance(Duration.ofHours(25));
        ACME.awaitRequest(called, "CFO");
        ACME.engine.clock().advance(Duration.ofDays(31));
        assertHeld(called, "not agreed and payments stay held");
    }

    private static void assertHeld(UUID supplier, String why) {
        ExecutionView execution = COURSE.over(supplier);
        assertThat(execution.outcome()).contains("stopped");
        assertThat(COURSE.stopReason(execution)).isEqualTo(why);
        assertThat(get(supplier).bank().verified()).isFalse();
        assertThat(refusal(() -> post(draft(supplier)))).isEqualTo("bank_unverified");
    }

    @Test
    void who_was_asked_about_one_account_is_asked_again_about_the_next() {
        UUID id = supplier("S0006");
        change(id, SuppliersTest.BANK, "procurement");
        Request first = ACME.awaitRequest(id, "Accounts");

        change(id, SuppliersTest.OTHER_BANK, "procurement");

        assertThat(ACME.request(first.id()).status().toString()).isEqualToIgnoringCase("superseded");
        for (int i = 0; i < 2; i++) {
            COURSE.approve(id, "Accounts", "accounts");
        }
        for (int i = 0; i < 2; i++) {
            COURSE.approve(id, "Finance Head", "finance.head");
        }
        assertThat(COURSE.over(id).outcome()).contains("succeeded");
        assertThat(COURSE.all(
                        execution -> execution.trigger().path("id").asString("").equals(id.toString())))
                .hasSize(2)
                .allMatch(execution -> execution.outcome().equals(Optional.of("succeeded")));
        assertThat(get(id).bank().last4()).contains("5432");
        assertThat(get(id).bank().verified()).isTrue();
    }

    @Test
    void an_approval_of_the_account_before_verifies_nothing() {
        UUID id = supplier("S0007");
        change(id, SuppliersTest.BANK, "procurement");
        COURSE.approve(id, "Accounts", "accounts");
        Request hers = ACME.awaitRequest(id, "Finance Head");
        change(id, SuppliersTest.OTHER_BANK, "procurement");

        assertThat(ACME.request(hers.id()).status().toString()).isEqualToIgnoringCase("superseded");
        assertThat(get(id).bank().verified()).isFalse();
    }

    private static void change(UUID supplier, BankDetails bank, String who) {
        Actor actor = ACME.actor(who);
        SupplierChange change = ACME.run(tx -> SUPPLIERS.changeBank(tx, supplier, bank, actor));
        assertThat(change).isInstanceOf(SupplierChange.Done.class);
    }

    private static UUID draft(UUID supplier) {
        Actor clerk = ACME.actor("accounts");
        return ACME.run(tx -> PAYMENTS.create(
                        tx,
                        new NewPayment(
                                Payment.Direction.OUTGOING,
                                Payment.PartyType.SUPPLIER,
                                supplier,
                                BigDecimal.TEN,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Payment.Method.BANK_TRANSFER,
                                Optional.empty(),
                                Optional.empty()),
                        clerk))
                .id();
    }

    private static Payment post(UUID payment) {
        Actor clerk = ACME.actor("accounts");
        return ACME.run(tx -> PAYMENTS.post(tx, payment, clerk));
    }

    private static UUID supplier(String code) {
        return ACME.run(tx -> SUPPLIERS.list(tx, Optional.empty(), "", 500)).stream()
                .filter(supplier -> supplier.code().equals(code))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Supplier get(UUID id) {
        return ACME.run(tx -> SUPPLIERS.get(tx, id)).orElseThrow();
    }
}
