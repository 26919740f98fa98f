package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.SalesCancelling;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.StepHerald;
import java.util.UUID;

/** Cancels a sales order for which nothing has left. One that is cancelled already is found to be success. */
@Named(
        value = "erp.sales_order.cancel",
        module = "sales",
        description = "Cancels an order without deliveries or invoices.",
        setsState = true,
        failures = {"not_found", "wrong_state", "has_deliveries"})
@Affects(entity = SalesOrderEvents.ORDER, id = "sales_order_id", emits = SalesOrderEvents.CANCELLED)
public final class CancelSalesOrder implements LocalAction<CancelSalesOrder.Config, CancelSalesOrder.Output> {
    private final SalesOrderStates states;

    public CancelSalesOrder(SalesOrderStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("An order without deliveries") UUID salesOrderId,

            @Describe(value = "Why", least = 1, most = 500) String reason) {}

    public record Output(
            @Describe("cancelled") SalesOrder.Status status,
            @Describe("false: it was cancelled before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        return switch (states.cancel(tx, config.salesOrderId(), config.reason(), new StepHerald(context))) {
            case SalesCancelling.Cancelled cancelled ->
                new Output(cancelled.order().status(), cancelled.changed());
            case SalesCancelling.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected a sales order of this company at sales_order_id but got '" + notFound.id() + "'");
            case SalesCancelling.WrongState wrong ->
                throw ActionFailure.permanent(
                        "wrong_state",
                        wrong.order().number() + " is "
                                + SalesOrderRows.text(wrong.order().status()) + ": have its invoice cancelled first");
            case SalesCancelling.HasDeliveries delivered ->
                throw ActionFailure.permanent(
                        "has_deliveries",
                        "Goods have left for " + delivered.order().number()
                                + ": reverse its deliveries before cancelling it");
        };
    }
}
