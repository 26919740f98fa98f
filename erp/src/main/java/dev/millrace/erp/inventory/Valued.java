package dev.millrace.erp.inventory;

import dev.millrace.erp.StockLevel;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * A move with its value, against the level as it is under a lock.
 *
 * @param id of the movement that it will be
 * @param before the level without it
 * @param unitCost at most six decimals
 * @param value with the quantity's sign, at two decimals
 * @param averageAfter what one is worth afterwards
 */
public record Valued(
        UUID id, Move move, StockLevel before, BigDecimal unitCost, BigDecimal value, BigDecimal averageAfter) {

    public BigDecimal onHandAfter() {
        return before.onHand().add(move.quantity());
    }

    /** The level as it will be, as far as the next move needs it. */
    StockLevel after() {
        return new StockLevel(
                before.key(),
                before.itemCode(),
                before.itemName(),
                before.uqc(),
                before.warehouseCode(),
                before.warehouseName(),
                onHandAfter(),
                before.reserved().subtract(move.released()),
                before.onOrder().subtract(move.arrived()).max(BigDecimal.ZERO),
                averageAfter,
                before.value().add(value),
                before.reorderLevel(),
                before.reorderQty(),
                before.allowNegative(),
                before.belowSince(),
                before.moves() + 1);
    }
}
