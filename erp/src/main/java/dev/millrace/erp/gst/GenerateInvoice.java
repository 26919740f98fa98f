package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.InvoiceMade;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.ledger.Refusals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Makes the tax invoice, of a draft or of a delivered order; a draft that has been made is found to be success. */
@Named(
        value = "erp.gst.generate_invoice",
        module = "finance",
        description =
                "Makes the GST tax invoice of a sales order/delivery: number, place of supply, CGST+SGST or IGST, HSN,"
                        + " rounding; builds INV-01 JSON.",
        setsState = true,
        failures = {
            "not_found",
            "wrong_state",
            "forbidden",
            "gstin_invalid",
            "hsn_missing",
            "hsn_too_short",
            "rate_unknown",
            "place_of_supply_unknown",
            "already_invoiced",
            "date_in_future",
            "period_closed"
        })
@Affects(emits = SalesInvoiceEvents.CREATED)
public final class GenerateInvoice implements LocalAction<GenerateInvoice.Config, GenerateInvoice.Output> {
    private final InvoiceMaking making;
    private final OrderInvoicing ofOrder;

    public GenerateInvoice(InvoiceDrafts drafts) {
        this.making = drafts.making();
        this.ofOrder = drafts.ofOrder();
    }

    public record Config(
            @Describe(value = "A delivered order", oneOf = "source")
            Optional<UUID> salesOrderId,

            @Describe(value = "A draft", oneOf = "source") Optional<UUID> salesInvoiceId,

            @Describe("Of the invoice; today when empty") Optional<LocalDate> date,

            @Describe(value = "To the rupee, difference to Rounding", byDefault = "true")
            Optional<Boolean> roundTotal,

            @Describe(value = "The buyer pays the tax to the state himself", byDefault = "false")
            Optional<Boolean> reverseCharge) {}

    public record Output(
            @Describe("The invoice's id") UUID salesInvoiceId,
            @Describe("At most 16 characters") String invoiceNumber,
            @Describe("Without tax") BigDecimal taxableValue,
            @Describe("Central tax") BigDecimal cgst,
            @Describe("State tax") BigDecimal sgst,
            @Describe("Integrated tax") BigDecimal igst,
            @Describe("What the customer owes") BigDecimal totalAmount,
            @Describe("It is to be registered at the IRP") boolean eInvoiceRequired,
            @Describe("The goods need an e-way bill") boolean eWayBillRequired) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        var wish = new InvoiceMaking.Wish(
                config.date(),
                config.roundTotal().orElse(true),
                config.reverseCharge().orElse(false));
        // Exactly one of the two is there.
        InvoiceMade made = Refusals.asFailures(() -> config.salesInvoiceId()
                .map(draft -> making.make(tx, draft, wish, new StepHerald(context)))
                .orElseGet(() -> ofOrder.make(tx, config.salesOrderId().orElseThrow(), wish, new StepHerald(context))));
        return switch (made) {
            case InvoiceMade.Done done -> output(done.invoice());
            case InvoiceMade.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected "
                                + (config.salesOrderId().isPresent()
                                        ? "a sales order of this company at sales_order_id"
                                        : "an invoice of this company at sales_invoice_id")
                                + " but got '" + notFound.id() + "'");
            case InvoiceMade.Refused refused -> throw ActionFailure.permanent(refused.code(), refused.message());
        };
    }

    private static Output output(SalesInvoice invoice) {
        Made made = invoice.made().orElseThrow();
        Amounts amounts = invoice.amounts();
        return new Output(
                invoice.id(),
                made.number(),
                amounts.taxable(),
                amounts.cgst(),
                amounts.sgst(),
                amounts.igst(),
                amounts.total(),
                invoice.eInvoice().status() != EInvoiceStatus.NOT_REQUIRED,
                made.eWayBillRequired());
    }
}
