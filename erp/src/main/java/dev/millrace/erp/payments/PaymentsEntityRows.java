package dev.millrace.erp.payments;

import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.Payment.Method;
import dev.millrace.erp.Payment.PartyType;
import dev.millrace.erp.PaymentRun;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.language.EntityType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What definitions may read of payments, runs and claims. */
public final class PaymentsEntityRows {
    private static final String MODULE = "finance";

    private static final ReadableEntity PAYMENT = new ReadableEntity(
            new EntityType(PaymentEvents.PAYMENT, MODULE, RecordShapes.of(PaymentRow.class)),
            "payment_number",
            Set.of("amount", "amount_base"),
            """
            select id, number as payment_number, direction, party_type, party_id, party_name, amount,
                   currency::text as currency, amount_base, method, created_by, created_at, status, date, reference,
                   journal_id, payment_run_id
              from payments
             where tenant_id = :tenant""");

    private static final ReadableEntity RUN = new ReadableEntity(
            new EntityType(PaymentEvents.RUN, MODULE, RecordShapes.of(RunRow.class)),
            "run_number",
            Set.of("total_amount"),
            """
            select r.id, r.number as run_number, r.prepared_by::text as prepared_by, m.email as prepared_by_email,
                   r.bank_account, r.payment_count,
                   (select count(distinct p.party_id)::int from payments p
                     where p.tenant_id = r.tenant_id and p.payment_run_id = r.id and p.party_type = 'supplier')
                       as supplier_count,
                   r.total_amount, r.currency::text as currency,
                   (select max(p.amount) from payments p
                     where p.tenant_id = r.tenant_id and p.payment_run_id = r.id) as largest_payment,
                   r.value_date, r.status
              from payment_runs r
              join members m on m.tenant_id = r.tenant_id and m.id = r.prepared_by
             where r.tenant_id = :tenant""");

    private static final ReadableEntity CLAIM = new ReadableEntity(
            new EntityType(PaymentEvents.CLAIM, MODULE, RecordShapes.of(ClaimRow.class)),
            "claim_number",
            Set.of("amount", "approved_amount"),
            """
            select c.id, c.number as claim_number, c.employee_id, e.name as employee_name, e.email as employee_email,
                   c.manager_id::text as manager_id, m.email as manager_email, c.amount, c.currency::text as currency,
                   c.category, c.has_all_receipts,
                   (select min(l.date) from expense_claim_lines l
                     where l.tenant_id = c.tenant_id and l.claim_id = c.id) as oldest_expense_date,
                   c.submitted_by::text as submitted_by, c.created_at as submitted_at, c.status, c.approved_amount
              from expense_claims c
              join members e on e.tenant_id = c.tenant_id and e.id = c.employee_id
              left join members m on m.tenant_id = c.tenant_id and m.id = c.manager_id
             where c.tenant_id = :tenant""");

    public static final List<ReadableEntity> ALL = List.of(PAYMENT, RUN, CLAIM);

    private PaymentsEntityRows() {}

    /** A payment, as a query sees it. */
    public record PaymentRow(
            @Describe("The payment's id") UUID id,
            @Describe("The payment's number") String paymentNumber,
            @Describe("Which way the money goes") Direction direction,
            @Describe("Who is paid or pays") PartyType partyType,
            @Describe("Their id") UUID partyId,
            @Describe("Their name") String partyName,
            @Describe("In the payment's currency") BigDecimal amount,

            @Describe(value = "The payment's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("In the company's own currency") BigDecimal amountBase,
            @Describe("How it is paid") Method method,

            @Describe("The member's id, or the workflow in words")
            String createdBy,

            @Describe("When it was drafted") Instant createdAt,
            @Describe("Where it stands") Payment.Status status,
            @Describe("The day of the payment") LocalDate date,
            @Describe("What the bank shows") Optional<String> reference,
            @Describe("What posted it") Optional<UUID> journalId,
            @Describe("The run that it is in") Optional<UUID> paymentRunId) {}

    /** A payment run, as a query sees it. */
    public record RunRow(
            @Describe("The run's id") UUID id,
            @Describe("The run's number") String runNumber,
            @Describe("The member's id") String preparedBy,
            @Describe("The member's e-mail") Optional<String> preparedByEmail,
            @Describe("From which account") String bankAccount,
            @Describe("How many payments") int paymentCount,

            @Describe("To how many suppliers; 0 once it is cancelled")
            int supplierCount,

            @Describe("Of all payments") BigDecimal totalAmount,

            @Describe(value = "The run's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("The largest of the payments") Optional<BigDecimal> largestPayment,
            @Describe("When the bank is to pay") LocalDate valueDate,
            @Describe("Where it stands") PaymentRun.Status status) {}

    /** An expense claim, as a query sees it. */
    public record ClaimRow(
            @Describe("The claim's id") UUID id,
            @Describe("The claim's number") String claimNumber,
            @Describe("The member's id") UUID employeeId,
            @Describe("The member's name") String employeeName,
            @Describe("The member's e-mail") Optional<String> employeeEmail,

            @Describe("The id of the member who decides first")
            Optional<String> managerId,

            @Describe("The manager's e-mail") Optional<String> managerEmail,
            @Describe("What is claimed") BigDecimal amount,

            @Describe(value = "The claim's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("What for") String category,
            @Describe("There is a receipt for each line") boolean hasAllReceipts,
            @Describe("When the first of it was spent") LocalDate oldestExpenseDate,

            @Describe("The id of the member who submitted it")
            String submittedBy,

            @Describe("When it was submitted") Instant submittedAt,
            @Describe("Where it stands") ExpenseClaim.Status status,
            @Describe("What of it was approved") Optional<BigDecimal> approvedAmount) {}
}
