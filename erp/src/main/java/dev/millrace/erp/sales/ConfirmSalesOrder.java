package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Confirming;
import dev.millrace.erp.NotConfirmed;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.GrantedApproval;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.sales.SalesOrderStates.Confirmation;
import java.util.Optional;
import java.util.UUID;

/** Confirms a sales order, and keeps stock for it. One that is confirmed already is found to be success. */
@Named(
        value = "erp.sales_order.confirm",
        module = "sales",
        description = "Confirms an order and reserves stock.",
        setsState = true,
        failures = {
            "not_found",
            "wrong_state",
            "credit_limit_exceeded",
            "customer_blocked",
            "insufficient_stock",
            "approval_required",
            "approval_stale"
        })
@Affects(
        entity = SalesOrderEvents.ORDER,
        id = "sales_order_id",
        emits = {SalesOrderEvents.CONFIRMED, CustomerEvents.LIMIT_BREACHED})
public final class ConfirmSalesOrder implements LocalAction<ConfirmSalesOrder.Config, ConfirmSalesOrder.Output> {
    private final SalesOrderStates states;

    public ConfirmSalesOrder(SalesOrderStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("An order that waits for approval, is on hold or a draft")
            UUID salesOrderId,

            @Describe("A granted approval of the order as it is")
            Optional<UUID> approvalId,

            @Describe(value = "The customer may go over his limit", byDefault = "false")
            Optional<Boolean> overrideCredit) {}

    public record Output(
            @Describe("confirmed, or what the order has become since")
            SalesOrder.Status status,

            @Describe("Stock is kept for it; false: it has no goods that are kept in stock")
            boolean reserved,

            @Describe("false: it was confirmed before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        if (states.awaitsConfirmation(tx, config.salesOrderId())) {
            GrantedApproval.require(
                    tx,
                    context,
                    config.approvalId(),
                    SalesOrderEvents.ORDER,
                    config.salesOrderId(),
                    states.isRevised(tx, config.salesOrderId()));
        }
        var confirmation = new Confirmation(
                config.approvalId(),
                context.workflowLabel(),
                "confirmed by " + context.workflowLabel()
                        + config.approvalId().map(id -> ", approval " + id).orElse(""),
                config.overrideCredit().orElse(false));
        Confirming confirming = states.confirm(tx, config.salesOrderId(), confirmation, new StepHerald(context));
        if (confirming instanceof Confirming.Confirmed confirmed) {
            return new Output(confirmed.order().status(), confirmed.reserved(), confirmed.changed());
        }
        NotConfirmed refusal = NotConfirmed.of(confirming);
        throw ActionFailure.permanent(refusal.code(), refusal.words());
    }
}
