package dev.millrace.erp.payments;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.Payment.Method;
import dev.millrace.erp.Payment.PartyType;
import dev.millrace.erp.PaymentRun;
import dev.millrace.language.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The events of payments, runs and claims: their types and their payloads, both of the same record. */
public final class PaymentEvents {
    public static final String CREATED = "payment.created";
    public static final String POSTED = "payment.posted";
    public static final String RUN_PROPOSED = "payment_run.proposed";
    public static final String CLAIM_SUBMITTED = "expense_claim.submitted";

    static final String PAYMENT = "payment";
    public static final String RUN = "payment_run";
    public static final String CLAIM = "expense_claim";

    private static final String MODULE = "finance";

    public static final List<EventType> TYPES = List.of(
            new EventType(CREATED, MODULE, "A payment was drafted.", RecordShapes.of(Created.class)),
            new EventType(POSTED, MODULE, "A payment was posted.", RecordShapes.of(Posted.class)),
            new EventType(RUN_PROPOSED, MODULE, "A payment run awaits release.", RecordShapes.of(Proposed.class)),
            new EventType(
                    CLAIM_SUBMITTED, MODULE, "An employee claim was submitted.", RecordShapes.of(Submitted.class)));

    private PaymentEvents() {}

    public record Created(
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

            @Describe("When it was drafted") Instant createdAt) {}

    public record Posted(
            @Describe("The payment's id") UUID id,
            @Describe("The payment's number") String paymentNumber,
            @Describe("Which way the money went") Direction direction,
            @Describe("Who was paid or paid") PartyType partyType,
            @Describe("Their id") UUID partyId,
            @Describe("Their name") String partyName,
            @Describe("Where they get mail") Optional<String> partyEmail,
            @Describe("In the payment's currency") BigDecimal amount,

            @Describe(value = "The payment's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("What posted it") UUID journalId,
            @Describe("When it was posted") Instant postedAt) {}

    public record Proposed(
            @Describe("The run's id") UUID id,
            @Describe("The run's number") String runNumber,
            @Describe("The member's id") String preparedBy,
            @Describe("The member's e-mail") Optional<String> preparedByEmail,
            @Describe("From which account") String bankAccount,
            @Describe("How many payments") int paymentCount,
            @Describe("To how many suppliers") int supplierCount,
            @Describe("Of all payments") BigDecimal totalAmount,

            @Describe(value = "The run's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("The largest of the payments") BigDecimal largestPayment,

            @Describe("Bank details changed in the last 30 days")
            boolean includesBankChangedSupplier,

            @Describe("Documents of micro and small enterprises that are overdue")
            int msmeOverdueCount,

            @Describe("When the bank is to pay") LocalDate valueDate) {}

    public record Submitted(
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

            @Describe("When it was submitted") Instant submittedAt) {}

    static ObjectNode created(Payment payment) {
        return Json.tree(new Created(
                payment.id(),
                payment.number(),
                payment.direction(),
                payment.partyType(),
                payment.partyId(),
                payment.partyName(),
                payment.amount(),
                payment.currency(),
                payment.amountBase(),
                payment.method(),
                payment.createdBy(),
                payment.createdAt()));
    }

    static ObjectNode posted(Payment payment, Optional<String> email) {
        return Json.tree(new Posted(
                payment.id(),
                payment.number(),
                payment.direction(),
                payment.partyType(),
                payment.partyId(),
                payment.partyName(),
                email,
                payment.amount(),
                payment.currency(),
                payment.journalId().orElseThrow(),
                payment.postedAt().orElseThrow()));
    }

    static ObjectNode proposed(PaymentRun run, RunStates.Risks risks) {
        return Json.tree(new Proposed(
                run.id(),
                run.number(),
                run.preparedBy().toString(),
                Optional.of(run.preparedByEmail()),
                run.bankAccount(),
                run.paymentCount(),
                risks.suppliers(),
                run.totalAmount(),
                run.currency(),
                risks.largest(),
                risks.bankChanged(),
                risks.msmeOverdue(),
                run.valueDate()));
    }

    static ObjectNode submitted(ExpenseClaim claim) {
        return Json.tree(new Submitted(
                claim.id(),
                claim.number(),
                claim.employee().id(),
                claim.employee().name(),
                Optional.of(claim.employee().email()),
                claim.manager().map(manager -> manager.id().toString()),
                claim.manager().map(ExpenseClaim.Person::email),
                claim.amount(),
                claim.currency(),
                claim.category(),
                claim.hasAllReceipts(),
                claim.oldestExpense(),
                claim.submittedBy().toString(),
                claim.submittedAt()));
    }
}
