package dev.millrace.erp.procurement;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.procurement.OrderedGoods.Line;
import dev.millrace.erp.procurement.OrderedGoods.Ordered;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Purchase orders as those see them who bill them. */
final class OrderedGoodsRows {
    // Index: purchase_orders_pkey. Locks the order.
    private static final String HOLD = """
            select number, supplier_id, currency, rate, status
              from purchase_orders
             where tenant_id = :tenant and id = :order
               for no key update
            """;

    record Head(UUID id, String number, UUID supplier, String currency, BigDecimal rate, Status status) {
        Ordered with(List<Line> lines) {
            return new Ordered(id, number, supplier, currency, rate, status, lines);
        }
    }

    Optional<Head> hold(Tx tx, UUID order) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .map((row, context) -> new Head(
                        order,
                        row.getString("number"),
                        row.getObject("supplier_id", UUID.class),
                        row.getString("currency"),
                        decimal(row, "rate", 0),
                        OrderRows.status(row.getString("status"))))
                .findOne();
    }

    // Index: purchase_order_lines_tenant_id_purchase_order_id_line_no_key. Locks the lines in the order of their numbers.
    private static final String HOLD_LINES = """
            select l.id, l.line_no, i.code as item_code, l.description, l.hsn_sac, l.match_mode, l.quantity,
                   l.received_qty - l.returned_qty as received, l.invoiced_qty, l.unit_price, l.gst_rate, i.expense_account
              from purchase_order_lines l
              join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
             where l.tenant_id = :tenant and l.purchase_order_id = :order
             order by l.line_no
               for no key update of l
            """;

    List<Line> holdLines(Tx tx, UUID order) {
        return tx.handle()
                .createQuery(HOLD_LINES)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .map((row, context) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getInt("line_no"),
                        row.getString("item_code"),
                        row.getString("description"),
                        row.getString("hsn_sac"),
                        row.getString("match_mode"),
                        decimal(row, "quantity", 0),
                        decimal(row, "received", 0),
                        decimal(row, "invoiced_qty", 0),
                        decimal(row, "unit_price", 2),
                        decimal(row, "gst_rate", 0),
                        Optional.ofNullable(row.getString("expense_account"))))
                .list();
    }

    // Index: purchase_order_lines_pkey.
    private static final String ADD_INVOICED = """
            update purchase_order_lines
               set invoiced_qty = invoiced_qty + :quantity, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :line
            """;

    void addInvoiced(Tx tx, UUID line, BigDecimal quantity) {
        tx.handle()
                .createUpdate(ADD_INVOICED)
                .bind("tenant", tx.tenant())
                .bind("line", line)
                .bind("quantity", quantity)
                .execute();
    }

    // Indexes: purchase_orders_pkey, then the lines' by order. By value; where nothing costs anything, by quantity.
    private static final String COUNT_INVOICED = """
            update purchase_orders o
               set invoiced_percent = (
                   select round(100 * coalesce(
                              sum(least(l.invoiced_qty, l.quantity) * l.unit_price)
                                  / nullif(sum(l.quantity * l.unit_price), 0),
                              sum(least(l.invoiced_qty, l.quantity)) / sum(l.quantity)), 4)
                     from purchase_order_lines l
                    where l.tenant_id = o.tenant_id and l.purchase_order_id = o.id),
                   version = version + 1, updated_at = millrace_now()
             where o.tenant_id = :tenant and o.id = :order
            """;

    void countInvoiced(Tx tx, UUID order) {
        tx.handle()
                .createUpdate(COUNT_INVOICED)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .execute();
    }
}
