package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.NewPayment;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.Payment.Method;
import dev.millrace.erp.Payment.PartyType;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.ledger.Refusals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes a payment, and never pays more than is open. */
@Named(
        value = "erp.ledger.create_payment",
        module = "finance",
        description =
                "Creates a payment against approved open invoices (draft or posted); never pays more than is open.",
        setsState = true,
        failures = {
            "not_found",
            "amount_invalid",
            "rate_missing",
            "document_not_payable",
            "document_already_paid",
            "over_allocation",
            "party_blocked",
            "bank_unverified",
            "period_closed"
        })
@Affects(
        amountOf = "config.amount",
        emits = {PaymentEvents.CREATED, PaymentEvents.POSTED})
public final class CreatePayment implements LocalAction<CreatePayment.Config, CreatePayment.Output> {
    private final PaymentEntry entry;
    private final PaymentStates states;

    public CreatePayment(PaymentEntry entry, PaymentStates states) {
        this.entry = entry;
        this.states = states;
    }

    /** As what it is created. */
    public enum Wanted {
        DRAFT,
        POSTED
    }

    public record Config(
            @Describe(value = "Which way the money goes", byDefault = "\"outgoing\"")
            Optional<Direction> direction,

            @Describe("Who is paid or pays") PartyType partyType,
            @Describe("Their id") UUID partyId,
            @Describe("Above 0") BigDecimal amount,

            @Describe(value = "The company's own", as = Describe.As.CURRENCY)
            Optional<String> currency,

            @Describe("What it pays; together at most the amount")
            Optional<List<Allocation>> allocations,

            @Describe(value = "How it is paid", byDefault = "\"bank_transfer\"")
            Optional<Method> method,

            @Describe("Today without one") Optional<LocalDate> date,

            @Describe(value = "A draft waits for the next payment run", byDefault = "\"draft\"")
            Optional<Wanted> status,

            @Describe("What the bank is told") Optional<String> reference) {}

    public record Allocation(
            @Describe("supplier_invoice, sales_invoice or expense_claim")
            String documentType,

            @Describe("The document's id") UUID documentId,
            @Describe("Above 0, at most what is open") BigDecimal amount) {}

    public record Output(
            @Describe("The payment's id") UUID paymentId,
            @Describe("The payment's number") String paymentNumber,
            @Describe("draft or posted") Wanted status,
            @Describe("When posted") Optional<UUID> journalId) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        var herald = new StepHerald(context);
        var wanted = new NewPayment(
                config.direction().orElse(Direction.OUTGOING),
                config.partyType(),
                config.partyId(),
                config.amount(),
                config.currency(),
                Optional.empty(),
                config.allocations().orElse(List.of()).stream()
                        .map(a -> new NewPayment.Allocation(a.documentType(), a.documentId(), a.amount()))
                        .toList(),
                config.method().orElse(Method.BANK_TRANSFER),
                config.date(),
                config.reference());
        Wanted status = config.status().orElse(Wanted.DRAFT);
        Payment payment = Refusals.asFailures(() -> {
            Payment draft = entry.draft(tx, wanted, herald);
            return status == Wanted.POSTED ? states.post(tx, draft.id(), herald).payment() : draft;
        });
        return new Output(payment.id(), payment.number(), status, payment.journalId());
    }
}
