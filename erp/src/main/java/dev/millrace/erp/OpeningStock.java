package dev.millrace.erp;

import java.math.BigDecimal;

/**
 * What there is of an item when a company begins to keep its stock here.
 *
 * @param quantity above 0
 * @param unitCost in the company's currency
 * @param reorderLevel at this and below it the item is to be ordered
 * @param reorderQty how much; 0: nobody watches it
 */
public record OpeningStock(
        StockKey key, BigDecimal quantity, BigDecimal unitCost, BigDecimal reorderLevel, BigDecimal reorderQty) {}
