package dev.millrace.erp.gst;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.gst.IrpClient.Seller;
import dev.millrace.erp.gst.IrpDesk.Revocable;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Refusals;
import dev.millrace.erp.sales.CreditExposure;
import dev.millrace.erp.sales.InvoicedOrders;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Cancels an IRN at the portal, and with it the invoice: its number is used up there, its journal is reversed. A call whose
 * answer was lost is safe to repeat: the portal then says that it is cancelled already.
 */
@Named(
        value = "erp.gst.cancel_irn",
        module = "finance",
        description = "Cancels an IRN within 24 h.",
        setsState = true,
        failures = {
            "not_found",
            "wrong_state",
            "irn_window_passed",
            "irn_not_active",
            "irp_unavailable",
            "irp_auth",
            "period_closed"
        })
public final class CancelIrn implements ExternalAction<CancelIrn.Config, CancelIrn.Answer, CancelIrn.Output> {
    private static final String ALREADY = "9999";

    private final Transactions transactions;
    private final IrpClient portal;
    private final InvoicePosting posting;
    private final IrpDesk desk = new IrpDesk();
    private final CompanyRows companies = new CompanyRows();
    private final CreditExposure credit;
    private final InvoicedOrders orders = new InvoicedOrders();
    private final InvoiceRows rows = new InvoiceRows();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();

    public CancelIrn(Transactions transactions, IrpClient portal, Ledger ledger, CreditExposure credit) {
        this.transactions = transactions;
        this.portal = portal;
        this.posting = new InvoicePosting(ledger);
        this.credit = credit;
    }

    public record Config(
            @Describe("A registered invoice") UUID salesInvoiceId,

            @Describe("1 duplicate, 2 data entry mistake, 3 order cancelled, 4 other")
            CancelReason reasonCode,

            @Describe(value = "In words", most = 100) Optional<String> remark) {}

    /** @param at empty: it was cancelled before, and the portal does not tell when */
    public record Answer(Optional<Instant> at) {}

    public record Output(@Describe("When it was cancelled") Instant cancelledAt) {}

    @Override
    public Answer call(ActionContext context, Config config) {
        UUID tenant = context.tenant().id();
        return switch (transactions.run(tenant, tx -> desk.toCancel(tx, config.salesInvoiceId()))) {
            case Revocable.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected an invoice of this company at sales_invoice_id but got '" + config.salesInvoiceId()
                                + "'");
            case Revocable.Refused refused -> throw ActionFailure.permanent(refused.code(), refused.message());
            case Revocable.Already already -> new Answer(Optional.empty());
            case Revocable.ToCancel cancel -> cancel(new Seller(tenant, cancel.gstin()), cancel.irn(), config);
        };
    }

    private Answer cancel(Seller seller, String irn, Config config) {
        return switch (portal.cancel(
                seller, irn, config.reasonCode(), config.remark().orElse(""))) {
            case IrpClient.Cancelled cancelled -> new Answer(Optional.of(cancelled.at()));
            case IrpClient.Refused refused -> {
                if (refused.has(ALREADY)) {
                    yield new Answer(Optional.empty());
                }
                throw ActionFailure.permanent(
                        refused.has("SBX-WINDOW") ? "irn_window_passed" : "irn_not_active", refused.text());
            }
            case IrpClient.Away away -> throw SubmitToIrp.away(away);
        };
    }

    @Override
    public Output record(Tx tx, ActionContext context, Config config, Answer answer) {
        SalesInvoice invoice = rows.hold(tx, config.salesInvoiceId()).orElseThrow();
        Instant at = answer.at().or(() -> rows.cancelledAt(tx, invoice.id())).orElse(tx.now());
        String reason = config.remark().orElse(config.reasonCode().words());
        if (writes.cancel(tx, invoice.id(), at, reason)) {
            var herald = new StepHerald(context);
            String number = invoice.made().orElseThrow().number();
            // Nothing of it is paid, and the order behind it counts again.
            BigDecimal counted = invoice.salesOrderId()
                    .map(order ->
                            orders.released(tx, order, number, herald).header().amountBase())
                    .orElse(BigDecimal.ZERO);
            credit.add(
                    tx, invoice.customerId(), counted.subtract(invoice.amounts().total()), number, herald);
            invoice.journalId()
                    .ifPresent(journal -> Refusals.asFailures(() -> {
                        posting.reverse(tx, journal, companies.get(tx).today(tx.now()), reason, herald);
                        return journal;
                    }));
            context.journal(
                    tx,
                    "sales_invoice.cancelled",
                    SalesInvoiceEvents.INVOICE,
                    invoice.id(),
                    Optional.of("posted"),
                    Optional.of("cancelled"),
                    "its IRN was cancelled: " + reason);
        }
        return new Output(at);
    }
}
