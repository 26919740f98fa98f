package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Locking;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.core.GrantedApproval;
import dev.millrace.erp.core.StepHerald;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Marks an order approved and makes it immutable. */
@Named(
        value = "erp.purchase_order.lock",
        module = "procurement",
        description = "Marks the order approved and makes it immutable (only receipts, invoices and close may follow).",
        setsState = true,
        failures = {"not_found", "wrong_state", "approval_required", "approval_stale"})
@Affects(entity = "purchase_order", id = "purchase_order_id", emits = OrderEvents.APPROVED)
public final class LockPurchaseOrder implements LocalAction<LockPurchaseOrder.Config, LockPurchaseOrder.Output> {
    private final OrderStates states;

    public LockPurchaseOrder(OrderStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("An order that waits for approval") UUID purchaseOrderId,

            @Describe("A granted approval of the order as it is")
            Optional<UUID> approvalId) {}

    public record Output(
            @Describe("approved, or what the order has become since")
            PurchaseOrder.Status status,

            @Describe("When the order was locked") Instant lockedAt,
            @Describe("false: it was locked before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        if (states.isPending(tx, config.purchaseOrderId())) {
            GrantedApproval.require(
                    tx,
                    context,
                    config.approvalId(),
                    OrderDocument.TYPE,
                    config.purchaseOrderId(),
                    states.isRevised(tx, config.purchaseOrderId()));
        }
        Locking locking = states.lock(
                tx,
                config.purchaseOrderId(),
                config.approvalId(),
                context.workflowLabel(),
                "approved by " + context.workflowLabel()
                        + config.approvalId().map(id -> ", approval " + id).orElse(""),
                new StepHerald(context));
        return switch (locking) {
            case Locking.Locked locked ->
                new Output(
                        locked.order().status(),
                        locked.order().header().lockedAt().orElseThrow(),
                        locked.changed());
            case Locking.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected an order of this company at purchase_order_id but got '" + notFound.id() + "'");
            case Locking.WrongState wrong ->
                throw ActionFailure.permanent(
                        "wrong_state",
                        "Expected " + wrong.order().number() + " to be pending_approval but it is "
                                + OrderRows.text(wrong.order().status()));
        };
    }
}
