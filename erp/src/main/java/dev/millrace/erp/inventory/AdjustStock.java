package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Adjusting;
import dev.millrace.erp.Adjustment;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement;
import dev.millrace.erp.core.StepHerald;
import dev.millrace.erp.ledger.Refusals;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/** Moves stock up or down with a reason and books the value. */
@Named(
        value = "erp.inventory.adjust_stock",
        module = "inventory",
        description = "Moves stock up or down with a reason and books the value.",
        setsState = true,
        failures = {
            "insufficient_stock",
            "item_unknown",
            "warehouse_unknown",
            "cost_missing",
            "out_of_range",
            "period_closed",
            "account_unknown",
            "account_inactive"
        })
@Affects(emits = {StockEvents.ADJUSTED, StockEvents.BELOW})
public final class AdjustStock implements LocalAction<AdjustStock.Config, AdjustStock.Output> {
    private final StockAdjustments adjustments;

    public AdjustStock(StockAdjustments adjustments) {
        this.adjustments = adjustments;
    }

    /** Why people adjust stock. */
    public enum Reason {
        COUNT,
        DAMAGE,
        LOSS,
        FOUND,
        RETURN,
        OTHER
    }

    public record Config(
            @Describe("An item that is kept") UUID itemId,
            @Describe("Where it is kept") UUID warehouseId,
            @Describe("Signed, not 0") BigDecimal quantity,
            @Describe("Why") Reason reason,

            @Describe("Needed for an increase of an item without cost; default: moving average")
            Optional<BigDecimal> unitCost,

            @Describe(value = "Whether the value is booked", byDefault = "true")
            Optional<Boolean> postJournal,

            @Describe(value = "For people", most = 500) Optional<String> note) {}

    public record Output(
            @Describe("The movement's id") UUID movementId,
            @Describe("What there is now") BigDecimal quantityAfter,
            @Describe("Signed, in the company's currency") BigDecimal value,

            @Describe("None: it is worth nothing, or was not to be booked")
            Optional<UUID> journalId) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        var adjustment = new Adjustment(
                new StockKey(config.itemId(), config.warehouseId()),
                config.quantity(),
                StockMovement.Reason.valueOf(config.reason().name()),
                config.unitCost(),
                config.postJournal().orElse(true),
                config.note());
        return switch (Refusals.asFailures(() -> adjustments.adjust(tx, adjustment, new StepHerald(context)))) {
            case Adjusting.Adjusted adjusted -> output(adjusted.movement());
            case Adjusting.ItemUnknown unknown ->
                throw ActionFailure.permanent(
                        "item_unknown",
                        "Expected at item_id an active item of this company that is kept in stock, but got '"
                                + unknown.item() + "'");
            case Adjusting.WarehouseUnknown unknown ->
                throw ActionFailure.permanent(
                        "warehouse_unknown",
                        "Expected an active warehouse of this company at warehouse_id but got '" + unknown.warehouse()
                                + "'");
            case Adjusting.Insufficient insufficient ->
                throw ActionFailure.permanent(
                        "insufficient_stock",
                        text(insufficient.level()) + " has "
                                + insufficient.level().onHand().toPlainString()
                                + ", which is less than "
                                + config.quantity().negate().toPlainString()
                                + ": count again, or receive what came in first");
            case Adjusting.CostMissing missing ->
                throw ActionFailure.permanent(
                        "cost_missing", text(missing.level()) + " has no cost yet: say at unit_cost what one is worth");
            case Adjusting.Unfit unfit ->
                throw ActionFailure.permanent(
                        unfit.problem().code(), unfit.problem().message());
        };
    }

    private static String text(StockLevel level) {
        return level.itemCode() + " in " + level.warehouseName();
    }

    private static Output output(StockMovement movement) {
        return new Output(movement.id(), movement.onHandAfter(), movement.value(), movement.journal());
    }
}
