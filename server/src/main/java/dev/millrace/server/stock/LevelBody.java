package dev.millrace.server.stock;

import dev.millrace.erp.StockLevel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What there is of an item in a warehouse, as it is answered. Quantities are in the item's unit, values in the company's
 * currency.
 *
 * @param available what may still be promised
 * @param projected what there will be when everything on order has come and everything promised has gone
 * @param belowSince when that fell to the reorder level
 */
record LevelBody(
        UUID itemId,
        String itemCode,
        String itemName,
        String uqc,
        UUID warehouseId,
        String warehouseCode,
        String warehouseName,
        BigDecimal onHand,
        BigDecimal reserved,
        BigDecimal onOrder,
        BigDecimal available,
        BigDecimal projected,
        BigDecimal averageCost,
        BigDecimal value,
        BigDecimal reorderLevel,
        BigDecimal reorderQty,
        Optional<Instant> belowSince) {

    static LevelBody of(StockLevel level) {
        return new LevelBody(
                level.key().item(),
                level.itemCode(),
                level.itemName(),
                level.uqc(),
                level.key().warehouse(),
                level.warehouseCode(),
                level.warehouseName(),
                level.onHand(),
                level.reserved(),
                level.onOrder(),
                level.available(),
                level.projected(),
                level.averageCost(),
                level.value(),
                level.reorderLevel(),
                level.reorderQty(),
                level.belowSince());
    }
}
