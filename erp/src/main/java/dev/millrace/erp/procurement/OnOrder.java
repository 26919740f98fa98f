package dev.millrace.erp.procurement;

import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.StockKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What an approved order will still bring, by item and warehouse. */
final class OnOrder {
    private OnOrder() {}

    static Map<StockKey, BigDecimal> of(PurchaseOrder order) {
        Map<StockKey, BigDecimal> coming = new HashMap<>();
        for (PurchaseOrder.Line line : order.lines()) {
            if (line.outstanding().signum() > 0) {
                line.warehouseId()
                        .ifPresent(warehouse -> coming.merge(
                                new StockKey(line.itemId(), warehouse), line.outstanding(), BigDecimal::add));
            }
        }
        return coming;
    }

    static Map<StockKey, BigDecimal> negated(PurchaseOrder order) {
        Map<StockKey, BigDecimal> coming = of(order);
        coming.replaceAll((key, quantity) -> quantity.negate());
        return coming;
    }
}
