package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Holding;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.StepHerald;
import java.util.UUID;

/** Puts a sales order on hold. One that is so already is found to be success. */
@Named(
        value = "erp.sales_order.hold",
        module = "sales",
        description = "Puts an order on hold.",
        setsState = true,
        failures = {"not_found", "wrong_state"})
@Affects(entity = SalesOrderEvents.ORDER, id = "sales_order_id")
public final class HoldSalesOrder implements LocalAction<HoldSalesOrder.Config, HoldSalesOrder.Output> {
    private final SalesOrderStates states;

    public HoldSalesOrder(SalesOrderStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("An order that waits for approval or is confirmed")
            UUID salesOrderId,

            @Describe(value = "Why", least = 1, most = 500) String reason) {}

    public record Output(
            @Describe("on_hold") SalesOrder.Status status,
            @Describe("false: it was so before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        return switch (states.hold(tx, config.salesOrderId(), config.reason(), new StepHerald(context))) {
            case Holding.Held held -> new Output(held.order().status(), held.changed());
            case Holding.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected a sales order of this company at sales_order_id but got '" + notFound.id() + "'");
            case Holding.WrongState wrong ->
                throw ActionFailure.permanent(
                        "wrong_state",
                        "Expected " + wrong.order().number()
                                + " to wait for approval or to be confirmed, with nothing delivered, but it is "
                                + SalesOrderRows.text(wrong.order().status()));
        };
    }
}
