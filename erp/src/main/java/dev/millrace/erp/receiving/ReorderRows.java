package dev.millrace.erp.receiving;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import dev.millrace.erp.StockKey;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/** The table {@code reorders}. */
final class ReorderRows {
    // Index: reorders_pkey. The update changes nothing: it locks the row that is there, as the insert locks a new one.
    private static final String HOLD = """
            insert into reorders as r (tenant_id, item_id, warehouse_id)
            values (:tenant, :item, :warehouse)
                on conflict (tenant_id, item_id, warehouse_id) do update set updated_at = r.updated_at
            returning r.quantity, r.estimated_amount, r.purchase_order_id, r.task_id
            """;

    /** The newest reorder of the level, if there ever was one; none other is made until the transaction ends. */
    Reorder hold(Tx tx, StockKey key) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("item", key.item())
                .bind("warehouse", key.warehouse())
                .map((row, context) -> new Reorder(
                        decimal(row, "quantity", 0),
                        decimal(row, "estimated_amount", 2),
                        Optional.ofNullable(row.getObject("purchase_order_id", UUID.class)),
                        Optional.ofNullable(row.getObject("task_id", UUID.class))))
                .one();
    }

    /**
     * @param estimatedAmount without tax, in the company's currency
     * @param order that was drafted
     * @param task that was given instead
     */
    record Reorder(BigDecimal quantity, BigDecimal estimatedAmount, Optional<UUID> order, Optional<UUID> task) {}

    // Index: reorders_pkey.
    private static final String SET = """
            update reorders
               set quantity = :quantity, estimated_amount = :estimatedAmount, purchase_order_id = :order, task_id = :task,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and item_id = :item and warehouse_id = :warehouse
            """;

    void set(Tx tx, StockKey key, Reorder reorder) {
        tx.handle()
                .createUpdate(SET)
                .bind("tenant", tx.tenant())
                .bind("item", key.item())
                .bind("warehouse", key.warehouse())
                .bind("quantity", reorder.quantity())
                .bind("estimatedAmount", reorder.estimatedAmount())
                .bind("order", reorder.order())
                .bind("task", reorder.task())
                .execute();
    }
}
