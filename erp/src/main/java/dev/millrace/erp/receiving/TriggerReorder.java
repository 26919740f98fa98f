package dev.millrace.erp.receiving;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.procurement.OrderEvents;
import dev.millrace.erp.receiving.ReorderDesk.Create;
import dev.millrace.erp.receiving.ReorderDesk.Reordered;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/** Raises one purchase request or order for an item that runs out; what is open already is returned, not doubled. */
@Named(
        value = "erp.inventory.trigger_reorder",
        module = "inventory",
        description =
                "Raises one purchase request (or draft PO) for an item below its level; an open one is returned, not doubled.",
        setsState = true,
        failures = {
            "no_supplier",
            "supplier_blocked",
            "supplier_unknown",
            "supplier_not_active",
            "price_missing",
            "not_a_stock_item",
            "warehouse_unknown",
            "out_of_range"
        })
@Affects(emits = OrderEvents.CREATED)
public final class TriggerReorder implements LocalAction<TriggerReorder.Config, TriggerReorder.Output> {
    private final ReorderDesk desk;

    public TriggerReorder(ReorderDesk desk) {
        this.desk = desk;
    }

    public record Config(
            @Describe("An item that is kept") UUID itemId,
            @Describe("Where it runs out") UUID warehouseId,
            @Describe("Above 0; default: reorder quantity") Optional<BigDecimal> quantity,
            @Describe("Default: preferred supplier") Optional<UUID> supplierId,

            @Describe(value = "What is made", byDefault = "\"draft_po\"")
            Optional<Create> create) {}

    public record Output(
            @Describe("None: it is a request") Optional<UUID> purchaseOrderId,
            @Describe("The order's number") Optional<String> poNumber,
            @Describe("How much") BigDecimal quantity,

            @Describe("Without tax, in the company's currency")
            BigDecimal estimatedAmount,

            @Describe("It was there before") boolean alreadyOpen) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        var shortage = new ReorderDesk.Shortage(
                new StockKey(config.itemId(), config.warehouseId()),
                config.quantity(),
                config.supplierId(),
                config.create().orElse(Create.DRAFT_PO));
        return switch (desk.reorder(tx, shortage, context.documents(), new StepHerald(context))) {
            case Reordered.Open open ->
                new Output(
                        open.order().map(PurchaseOrder::id),
                        open.order().map(PurchaseOrder::number),
                        open.quantity(),
                        open.estimatedAmount(),
                        open.alreadyOpen());
            case Reordered.Refused refused ->
                throw ActionFailure.permanent(
                        refused.problem().code(), refused.problem().message());
        };
    }
}
