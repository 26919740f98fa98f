package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Cancelling;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.core.StepHerald;
import java.util.UUID;

/** Cancels an order that has no receipts or invoices. */
@Named(
        value = "erp.purchase_order.cancel",
        module = "procurement",
        description = "Cancels an order that has no receipts or invoices.",
        setsState = true,
        failures = {"not_found", "wrong_state", "has_receipts", "has_invoices"})
@Affects(entity = "purchase_order", id = "purchase_order_id", emits = OrderEvents.CANCELLED)
public final class CancelPurchaseOrder implements LocalAction<CancelPurchaseOrder.Config, CancelPurchaseOrder.Output> {
    private final OrderStates states;

    public CancelPurchaseOrder(OrderStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("An order without receipts and invoices")
            UUID purchaseOrderId,

            @Describe(value = "Why", least = 1, most = 500) String reason) {}

    public record Output(
            @Describe("cancelled") PurchaseOrder.Status status,
            @Describe("false: it was cancelled before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        Cancelling cancelling = states.cancel(tx, config.purchaseOrderId(), config.reason(), new StepHerald(context));
        return switch (cancelling) {
            case Cancelling.Cancelled cancelled -> new Output(cancelled.order().status(), cancelled.changed());
            case Cancelling.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected an order of this company at purchase_order_id but got '" + notFound.id() + "'");
            case Cancelling.WrongState wrong ->
                throw ActionFailure.permanent(
                        "wrong_state",
                        "Expected " + wrong.order().number() + " to be open but it is "
                                + OrderRows.text(wrong.order().status()));
            case Cancelling.HasReceipts received ->
                throw ActionFailure.permanent(
                        "has_receipts",
                        received.order().number() + " has receipts: return the goods before cancelling it");
            case Cancelling.HasInvoices invoiced ->
                throw ActionFailure.permanent(
                        "has_invoices",
                        invoiced.order().number() + " was invoiced: have the invoice reversed before cancelling it");
        };
    }
}
