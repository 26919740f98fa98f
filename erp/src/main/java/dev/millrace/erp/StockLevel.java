package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What there is of an item in a warehouse. Quantities are in the item's unit, values in the company's currency.
 *
 * @param onHand what lies there; below zero only where the item allows it
 * @param reserved what of it is promised
 * @param onOrder what approved orders will bring
 * @param averageCost of one; 0 as long as nothing with a cost has come in
 * @param value of what lies there: the sum of the movements
 * @param reorderLevel with {@code reorderQty} above 0: at this and below it the item is to be ordered
 * @param reorderQty how much is ordered then; 0: nobody watches
 * @param belowSince when {@link #projected} fell to the level
 * @param moves how many movements there were
 */
public record StockLevel(
        StockKey key,
        String itemCode,
        String itemName,
        String uqc,
        String warehouseCode,
        String warehouseName,
        BigDecimal onHand,
        BigDecimal reserved,
        BigDecimal onOrder,
        BigDecimal averageCost,
        BigDecimal value,
        BigDecimal reorderLevel,
        BigDecimal reorderQty,
        boolean allowNegative,
        Optional<Instant> belowSince,
        long moves) {

    /** What there will be when everything on order has come and everything promised has gone. */
    public BigDecimal projected() {
        return onHand.add(onOrder).subtract(reserved);
    }

    /** What may still be promised. */
    public BigDecimal available() {
        return onHand.subtract(reserved);
    }
}
