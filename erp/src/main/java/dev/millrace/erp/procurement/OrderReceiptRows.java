package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PurchaseOrder.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What receipts write into the tables {@code purchase_orders} and {@code purchase_order_lines}. */
final class OrderReceiptRows {
    // Index: purchase_order_lines_tenant_id_purchase_order_id_line_no_key.
    private static final String HOLD_LINES = """
            select id
              from purchase_order_lines
             where tenant_id = :tenant and purchase_order_id = :order
             order by line_no
               for update
            """;

    void holdLines(Tx tx, UUID order) {
        tx.handle()
                .createQuery(HOLD_LINES)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .mapTo(UUID.class)
                .list();
    }

    // Index: purchase_order_lines_pkey.
    private static final String ADD = """
            update purchase_order_lines
               set received_qty = received_qty + :more, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :line
            """;

    /**
     * @param lines in the order of their numbers
     */
    void addReceived(Tx tx, List<UUID> lines, Map<UUID, BigDecimal> more) {
        var batch = tx.handle().prepareBatch(ADD);
        lines.forEach(line -> batch.bind("tenant", tx.tenant())
                .bind("line", line)
                .bind("more", more.getOrDefault(line, BigDecimal.ZERO))
                .add());
        batch.execute();
    }

    // Index: purchase_orders_pkey.
    private static final String SET = """
            update purchase_orders
               set status = :status, received_percent = :percent, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :order and status in ('approved', 'partially_received', 'received')
            returning id
            """;

    void setReceived(Tx tx, UUID order, Status status, BigDecimal percent) {
        tx.handle()
                .createQuery(SET)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .bind("status", OrderRows.text(status))
                .bind("percent", percent)
                .mapTo(UUID.class)
                .one();
    }
}
