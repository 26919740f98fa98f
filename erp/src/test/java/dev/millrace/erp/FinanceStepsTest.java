package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionView;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The actions of finance as steps of the engine: what they do, by which code the execution fails, and that nothing is left of
 * a step that fails half-way.
 */
class FinanceStepsTest {
    private static final Acme ACME = new Acme(Course.template("e-invoice-on-sales-invoice"));
    private static final Course COURSE = new Course(ACME);
    private static final Journals JOURNALS = ACME.erp.journals(ACME.engine.events(), ACME.trail);
    private static final Payments PAYMENTS =
            ACME.erp.payments(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final ExpenseClaims CLAIMS =
            ACME.erp.expenseClaims(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final Suppliers SUPPLIERS =
            ACME.erp.suppliers(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private static final Actor CLERK = ACME.actor("accounts");
    private static final Actor MEERA = ACME.actor("finance.head");
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final UUID NOWHERE = new UUID(7, 7);

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void a_journal_is_posted_and_reversed() {
        JsonNode posted = output("erp.ledger.journal_entry", """
                narration: rent, lines: [{account: "5400", debit: 100}, {account: "1000", credit: 100}], reference: rent-1""");
        String id = posted.path("journal_id").asString();

        JsonNode reversed = output("erp.ledger.reverse_journal", "journal_id: " + id + ", reason: paid twice");

        assertThat(posted.path("journal_number").asString()).startsWith("JV/");
        assertThat(posted.path("total").decimalValue()).isEqualByComparingTo("100");
        assertThat(reversed.path("journal_id").asString()).isNotEqualTo(id);
        assertThat(journal(id).header().status()).isEqualTo(PostedJournal.Status.REVERSED);
    }

    @Test
    void a_journal_that_the_ledger_refuses_fails_by_its_code_and_takes_no_number() {
        String before = balance("5400");

        assertThat(failure("erp.ledger.journal_entry", lines("5400", "100", "1000", "99")))
                .isEqualTo("not_balanced");
        assertThat(failure("erp.ledger.journal_entry", lines("9999", "100", "1000", "100")))
                .isEqualTo("account_unknown");
        assertThat(failure("erp.ledger.journal_entry", lines("2000", "100", "1000", "100")))
                .isEqualTo("control_account");
        assertThat(failure(
                        "erp.ledger.journal_entry",
                        "date: \"2019-01-01\", currency: EUR, " + lines("5400", "100", "1000", "100")))
                .isEqualTo("lines_invalid");
        sql("update accounts set active = false where tenant_id = :tenant and code = '5800'");
        assertThat(failure("erp.ledger.journal_entry", lines("5800", "100", "1000", "100")))
                .isEqualTo("account_inactive");
        output("erp.ledger.journal_entry", "reference: once, " + lines("5500", "1", "1000", "1"));
        assertThat(failure("erp.ledger.journal_entry", "reference: once, " + lines("5500", "1", "1000", "1")))
                .isEqualTo("duplicate_reference");

        assertThat(balance("5400")).isEqualTo(before);
        assertThat(numbersWithGaps()).isZero();
    }

    @Test
    void nothing_is_posted_into_a_closed_month_by_a_step_either() {
        YearMonth old = YearMonth.of(2021, 3);
        output("erp.period.close", "period: \"" + old + "\"");

        String journal = "date: \"2021-03-31\", " + lines("5400", "1", "1000", "1");
        assertThat(failure("erp.ledger.journal_entry", journal)).isEqualTo("period_closed");
        ExpenseClaim claim = submitted("10");
        String posted = output("erp.ledger.journal_entry", lines("5400", "1", "1000", "1"))
                .path("journal_id")
                .asString();
        assertThat(failure("erp.ledger.reverse_journal", "journal_id: " + posted + ", reason: x, date: \"2021-03-31\""))
                .isEqualTo("period_closed");
        UUID supplier = supplier("S0009");
        assertThat(failure(
                        "erp.ledger.create_payment",
                        paying("supplier", supplier, "10") + ", status: posted, date: \"2021-03-31\""))
                .isEqualTo("period_closed");
        assertThat(paymentsOf(supplier)).isEmpty();
        assertThat(get(claim).status()).isEqualTo(ExpenseClaim.Status.SUBMITTED);
    }

    @Test
    void what_cannot_be_reversed_fails_by_its_code() {
        String id = output("erp.ledger.journal_entry", lines("5400", "7", "1000", "7"))
                .path("journal_id")
                .asString();
        String reversal = output("erp.ledger.reverse_journal", "journal_id: " + id + ", reason: x")
                .path("journal_id")
                .asString();
        UUID ofClaim = approved("11").journalId().orElseThrow();

        assertThat(failure("erp.ledger.reverse_journal", "journal_id: " + NOWHERE + ", reason: x"))
                .isEqualTo("not_found");
        assertThat(failure("erp.ledger.reverse_journal", "journal_id: " + id + ", reason: x"))
                .isEqualTo("already_reversed");
        assertThat(failure("erp.ledger.reverse_journal", "journal_id: " + reversal + ", reason: x"))
                .isEqualTo("wrong_state");
        assertThat(failure("erp.ledger.reverse_journal", "journal_id: " + ofClaim + ", reason: x"))
                .isEqualTo("control_account");
    }

    @Test
    void a_payment_is_drafted_or_posted_against_what_is_open() {
        ExpenseClaim claim = approved("100");

        JsonNode draft = output("erp.ledger.create_payment", paying(claim, "40"));
        JsonNode posted = output("erp.ledger.create_payment", paying(claim, "60") + ", status: posted");

        assertThat(draft.path("status").asString()).isEqualTo("draft");
        assertThat(draft.path("journal_id").isNull()).isTrue();
        assertThat(posted.path("status").asString()).isEqualTo("posted");
        assertThat(posted.path("journal_id").asString()).isNotEmpty();
        assertThat(get(claim).openAmount()).isEqualTo("0.00");
        assertThat(failure("erp.ledger.create_payment", paying(claim, "1"))).isEqualTo("document_already_paid");
    }

    @Test
    void a_payment_that_is_refused_leaves_nothing_and_takes_nothing_off_what_is_open() {
        ExpenseClaim claim = approved("100");
        UUID supplier = supplier("S0010");

        assertThat(failure("erp.ledger.create_payment", paying(claim, "100.01")))
                .isEqualTo("over_allocation");
        assertThat(failure("erp.ledger.create_payment", paying(submitted("5"), "5")))
                .isEqualTo("document_not_payable");
        assertThat(failure("erp.ledger.create_payment", paying("supplier", NOWHERE, "5")))
                .isEqualTo("not_found");
        assertThat(failure("erp.ledger.create_payment", paying("supplier", supplier, "0.001")))
                .isEqualTo("amount_invalid");
        assertThat(failure("erp.ledger.create_payment", paying("supplier", supplier, "5") + ", currency: USD"))
                .isEqualTo("rate_missing");
        ACME.run(tx -> SUPPLIERS.changeBank(tx, supplier, SuppliersTest.BANK, CLERK));
        // The draft of the same step is gone with it.
        assertThat(failure("erp.ledger.create_payment", paying("supplier", supplier, "5") + ", status: posted"))
                .isEqualTo("bank_unverified");
        ACME.run(tx -> SUPPLIERS.setStatus(tx, supplier, Supplier.Status.BLOCKED, Optional.of("late"), CLERK));
        assertThat(failure("erp.ledger.create_payment", paying("supplier", supplier, "5")))
                .isEqualTo("party_blocked");

        assertThat(paymentsOf(supplier)).isEmpty();
        assertThat(get(claim).openAmount()).isEqualTo("100.00");
    }

    @Test
    void a_run_is_released_all_or_nothing() {
        UUID good = supplier("S0011");
        UUID bad = supplier("S0012");
        PaymentRun run = proposed(draft(good), draft(bad));
        String approved = ", approved_by: [\"" + MEERA.id().orElseThrow() + "\"]";
        ACME.run(tx -> SUPPLIERS.changeBank(tx, bad, SuppliersTest.BANK, CLERK));
        String bank = balance("1000");

        assertThat(failure("erp.payment_run.release", "payment_run_id: " + run.id() + approved))
                .isEqualTo("bank_unverified");
        assertThat(balance("1000")).isEqualTo(bank);
        assertThat(paymentsOf(good)).extracting(Payment::status).containsExactly(Payment.Status.DRAFT);
        sql("update suppliers set bank_verified = true where tenant_id = :tenant and code = 'S0012'");
        assertThat(failure("erp.payment_run.release", "payment_run_id: " + run.id()))
                .isEqualTo("segregation_of_duties");
        JsonNode released = output("erp.payment_run.release", "payment_run_id: " + run.id() + approved);

        assertThat(released.path("payments").asInt()).isEqualTo(2);
        assertThat(released.path("total_amount").decimalValue()).isEqualByComparingTo("20");
        assertThat(output("erp.payment_run.release", "payment_run_id: " + run.id() + approved)
                        .path("changed")
                        .asBoolean(true))
                .isFalse();
        assertThat(failure("erp.payment_run.cancel", "payment_run_id: " + run.id() + ", reason: late"))
                .isEqualTo("wrong_state");
        assertThat(failure("erp.payment_run.release", "payment_run_id: " + NOWHERE + approved))
                .isEqualTo("not_found");
    }

    @Test
    void a_run_is_cancelled_with_its_payments() {
        UUID supplier = supplier("S0013");
        PaymentRun run = proposed(draft(supplier));
        String config = "payment_run_id: " + run.id() + ", reason: not yet";

        output("erp.payment_run.cancel", config);
        output("erp.payment_run.cancel", config);

        assertThat(paymentsOf(supplier)).extracting(Payment::status).containsExactly(Payment.Status.CANCELLED);
        assertThat(failure(
                        "erp.payment_run.release",
                        "payment_run_id: " + run.id() + ", approved_by: [\""
                                + MEERA.id().orElseThrow() + "\"]"))
                .isEqualTo("wrong_state");
        assertThat(failure("erp.payment_run.cancel", "payment_run_id: " + NOWHERE + ", reason: x"))
                .isEqualTo("not_found");
    }

    @Test
    void a_claim_is_approved_or_rejected_once() {
        ExpenseClaim claim = submitted("100");
        ExpenseClaim refused = submitted("100");

        assertThat(failure("erp.expense_claim.approve", "expense_claim_id: " + claim.id() + ", approved_amount: 101"))
                .isEqualTo("amount_above_claim");
        JsonNode booked =
                output("erp.expense_claim.approve", "expense_claim_id: " + claim.id() + ", approved_amount: 90");
        JsonNode again = output("erp.expense_claim.approve", "expense_claim_id: " + claim.id());
        output("erp.expense_claim.reject", "expense_claim_id: " + refused.id() + ", reason: private");

        assertThat(booked.path("approved_amount").decimalValue()).isEqualByComparingTo("90");
        assertThat(again.path("journal_id")).isEqualTo(booked.path("journal_id"));
        assertThat(get(claim).openAmount()).isEqualTo("90.00");
        assertThat(failure("erp.expense_claim.reject", "expense_claim_id: " + claim.id() + ", reason: x"))
                .isEqualTo("wrong_state");
        assertThat(failure("erp.expense_claim.approve", "expense_claim_id: " + refused.id()))
                .isEqualTo("wrong_state");
        assertThat(failure("erp.expense_claim.approve", "expense_claim_id: " + NOWHERE))
                .isEqualTo("not_found");
        assertThat(failure("erp.expense_claim.reject", "expense_claim_id: " + NOWHERE + ", reason: x"))
                .isEqualTo("not_found");
    }

    @Test
    void a_month_is_closed_after_the_ones_before_it_and_when_nothing_of_it_is_open() {
        output("erp.ledger.journal_entry", "date: \"2022-04-30\", " + lines("5400", "1", "1000", "1"));
        output("erp.ledger.journal_entry", "date: \"2022-05-31\", " + lines("5400", "1", "1000", "1"));

        assertThat(failure("erp.period.close", "period: \"2022-13\"")).isEqualTo("period_invalid");
        assertThat(failure("erp.period.close", "period: \"2022-05\"")).isEqualTo("previous_period_open");
        assertThat(output("erp.period.close", "period: \"2022-04\", soft: true")
                        .path("changed")
                        .asBoolean())
                .isTrue();
        output("erp.period.close", "period: \"2022-04\"");
        assertThat(output("erp.period.close", "period: \"2022-04\"")
                        .path("changed")
                        .asBoolean(true))
                .isFalse();
        assertThat(failure("erp.period.close", "period: \"2022-04\", soft: true"))
                .isEqualTo("period_already_closed");
        ExpenseClaim open = submitted("1");
        String month = COURSE.today().toString().substring(0, 7);
        assertThat(failure("erp.period.close", "period: \"" + month + "\""))
                .isIn("unposted_documents", "previous_period_open");
        assertThat(get(open).status()).isEqualTo(ExpenseClaim.Status.SUBMITTED);
    }

    private static String lines(String debited, String debit, String credited, String credit) {
        return "narration: test, lines: [{account: \"%s\", debit: %s}, {account: \"%s\", credit: %s}]"
                .formatted(debited, debit, credited, credit);
    }

    private static String paying(ExpenseClaim claim, String amount) {
        return paying("employee", claim.employee().id(), amount)
                + ", allocations: [{document_type: expense_claim, document_id: \"%s\", amount: %s}]"
                        .formatted(claim.id(), amount);
    }

    private static String paying(String type, UUID party, String amount) {
        return "party_type: %s, party_id: \"%s\", amount: %s".formatted(type, party, amount);
    }

    /** What the only step of an execution gave, which has succeeded. */
    private static JsonNode output(String action, String config) {
        ExecutionView execution = run(action, config);
        assertThat(execution.outcome())
                .as(() -> COURSE.steps(execution).toString())
                .contains("succeeded");
        return COURSE.step(execution, "do").output().orElse(JsonNodeFactory.instance.nullNode());
    }

    /** By which code the execution failed, which is that of its only step. */
    private static String failure(String action, String config) {
        ExecutionView execution = run(action, config);
        assertThat(execution.status()).isEqualTo("failed");
        String code = execution.error().orElseThrow().path("code").asString();
        assertThat(COURSE.step(execution, "do")
                        .error()
                        .orElseThrow()
                        .path("code")
                        .asString())
                .isEqualTo(code);
        return code;
    }

    private static ExecutionView run(String action, String config) {
        UUID definition = ACME.enable("""
                workflow:
                  name: step-%d
                  trigger: { manual: true }
                  steps:
                    - { id: do, action: %s, config: { %s } }
                """.formatted(NAMES.incrementAndGet(), action, config));
        UUID id = ACME.engine
                .executions()
                .start(ACME.tenant, definition, JsonNodeFactory.instance.objectNode(), CLERK)
                .orThrow();
        return COURSE.over(execution -> execution.id().equals(id));
    }

    private static ExpenseClaim submitted(String amount) {
        Actor requester = ACME.actor("requester");
        return ACME.run(tx -> CLAIMS.submit(
                tx,
                new ExpenseClaim.Submission(
                        Optional.empty(),
                        Optional.empty(),
                        "travel",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new ExpenseClaim.NewLine(
                                LocalDate.of(2026, 11, 3), "Train", new BigDecimal(amount), true))),
                requester));
    }

    private static ExpenseClaim approved(String amount) {
        ExpenseClaim claim = submitted(amount);
        return World.outcome(
                ACME.<ByHand<ExpenseClaim>>run(tx -> CLAIMS.approve(tx, claim.id(), Optional.empty(), MEERA)));
    }

    private static ExpenseClaim get(ExpenseClaim claim) {
        return ACME.run(tx -> CLAIMS.find(tx, claim.id())).orElseThrow();
    }

    private static Payment draft(UUID supplier) {
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
                CLERK));
    }

    private static PaymentRun proposed(Payment... drafts) {
        LocalDate day = COURSE.today().plusDays(1);
        return ACME.run(tx -> PAYMENTS.propose(
                tx,
                new PaymentRun.Proposal(
                        "HDFC",
                        day,
                        Optional.empty(),
                        List.of(drafts).stream().map(Payment::id).toList(),
                        false),
                CLERK));
    }

    private static List<Payment> paymentsOf(UUID party) {
        return ACME.run(
                tx -> PAYMENTS.list(tx, Optional.empty(), Optional.of(party), Optional.empty(), Optional.empty(), 100));
    }

    private static UUID supplier(String code) {
        return ACME.run(tx -> SUPPLIERS.list(tx, Optional.empty(), "", 500)).stream()
                .filter(supplier -> supplier.code().equals(code))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static PostedJournal journal(String id) {
        return ACME.run(tx -> JOURNALS.find(tx, UUID.fromString(id))).orElseThrow();
    }

    private static String balance(String code) {
        return ACME.run(tx -> JOURNALS.trialBalance(tx, LocalDate.of(2099, 1, 1))).lines().stream()
                .filter(line -> line.accountCode().equals(code))
                .map(line -> line.balance().toPlainString())
                .findFirst()
                .orElse("0.00");
    }

    /** Journals of each year less the highest number of the year. */
    private static long numbersWithGaps() {
        return ACME.run(tx -> tx.handle()
                .createQuery("""
                        select coalesce(sum(abs(gap)), 0)
                          from (select max(right(number, 5)::int) - count(*) as gap
                                  from journals where tenant_id = :tenant group by left(number, -6)) as years
                        """)
                .bind("tenant", tx.tenant())
                .mapTo(Long.class)
                .one());
    }

    private static void sql(String statement) {
        ACME.run(tx ->
                tx.handle().createUpdate(statement).bind("tenant", tx.tenant()).execute());
    }
}
