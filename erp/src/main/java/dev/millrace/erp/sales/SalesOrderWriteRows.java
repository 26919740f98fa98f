package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.Query;

/** Writes of the tables {@code sales_orders} and {@code sales_order_lines}. */
final class SalesOrderWriteRows {
    private static final String INSERT = """
            insert into sales_orders
                   (tenant_id, id, number, customer_id, currency, net, tax, total, amount_base, discount_percent,
                    margin_percent, customer_ref, requested_by, needed_by, status)
            values (:tenant, :id, :number, :customer, :currency, :net, :tax, :total, :total, :discountPercent,
                    :marginPercent, :customerRef, :requestedBy, :neededBy, 'draft')
            """;

    void insert(Tx tx, UUID id, String number, PricedSalesOrder order, UUID requestedBy) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("number", number)
                .bind("customer", order.customer().id())
                .bind("currency", order.currency())
                .bind("net", order.net())
                .bind("tax", order.tax())
                .bind("total", order.total())
                .bind("discountPercent", order.discountPercent())
                .bind("marginPercent", order.marginPercent())
                .bind("customerRef", order.customerRef())
                .bind("requestedBy", requestedBy)
                .bind("neededBy", order.neededBy())
                .execute();
    }

    private static final String INSERT_LINE = """
            insert into sales_order_lines
                   (tenant_id, id, sales_order_id, line_no, item_id, description, hsn_sac, is_service, quantity, uqc,
                    unit_price, discount_percent, discount, gst_rate, amount, tax, unit_cost, warehouse_id)
            values (:tenant, :id, :order, :lineNo, :item, :description, :hsnSac, :isService, :quantity, :uqc, :unitPrice,
                    :discountPercent, :discount, :gstRate, :amount, :tax, :unitCost, :warehouse)
            """;

    void insertLines(Tx tx, UUID order, PricedSalesOrder priced, Supplier<UUID> ids) {
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        int lineNo = 0;
        for (PricedSalesOrder.Line line : priced.lines()) {
            lineNo++;
            batch.bind("tenant", tx.tenant())
                    .bind("id", ids.get())
                    .bind("order", order)
                    .bind("lineNo", lineNo)
                    .bind("item", line.item().id())
                    .bind("description", line.description())
                    .bind("hsnSac", line.item().hsnSac())
                    .bind("isService", line.item().isService())
                    .bind("quantity", line.quantity())
                    .bind("uqc", line.item().uqc())
                    .bind("unitPrice", line.unitPrice())
                    .bind("discountPercent", line.discountPercent())
                    .bind("discount", line.discount())
                    .bind("gstRate", line.gstRate())
                    .bind("amount", line.amount())
                    .bind("tax", line.tax())
                    .bind("unitCost", line.unitCost())
                    .bind("warehouse", line.warehouse())
                    .add();
        }
        batch.execute();
    }

    // Index: sales_orders_pkey.
    private static final String REVISE = """
            update sales_orders
               set customer_id = :customer, net = :net, tax = :tax, total = :total, amount_base = :total,
                   discount_percent = :discountPercent, margin_percent = :marginPercent, customer_ref = :customerRef,
                   needed_by = :neededBy, revised_at = millrace_now(), version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and confirmed_at is null
               and status in ('draft', 'pending_approval', 'returned', 'on_hold')
            returning id
            """;

    // Index: sales_order_lines_tenant_id_sales_order_id_line_no_key.
    private static final String DROP_LINES = """
            delete from sales_order_lines where tenant_id = :tenant and sales_order_id = :id
            """;

    /**
     * Everything of the order but its number and its requester; all lines are new ones.
     *
     * @return false: it was in none of the states in which this may be; so too with the others
     */
    boolean revise(Tx tx, UUID id, PricedSalesOrder order, Supplier<UUID> ids) {
        boolean revised = changed(query(tx, REVISE, id)
                .bind("customer", order.customer().id())
                .bind("net", order.net())
                .bind("tax", order.tax())
                .bind("total", order.total())
                .bind("discountPercent", order.discountPercent())
                .bind("marginPercent", order.marginPercent())
                .bind("customerRef", order.customerRef())
                .bind("neededBy", order.neededBy()));
        if (revised) {
            tx.handle()
                    .createUpdate(DROP_LINES)
                    .bind("tenant", tx.tenant())
                    .bind("id", id)
                    .execute();
            insertLines(tx, id, order, ids);
        }
        return revised;
    }

    // Index: sales_orders_pkey.
    private static final String SUBMIT = """
            update sales_orders
               set status = 'pending_approval', submitted_at = millrace_now(), hold_reason = null, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and confirmed_at is null and status in ('draft', 'returned', 'on_hold')
            returning id
            """;

    boolean submit(Tx tx, UUID id) {
        return changed(query(tx, SUBMIT, id));
    }

    // Index: sales_orders_pkey.
    private static final String SEND_BACK = """
            update sales_orders
               set status = 'returned', version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('pending_approval')
            returning id
            """;

    boolean sendBack(Tx tx, UUID id) {
        return changed(query(tx, SEND_BACK, id));
    }

    // Index: sales_orders_pkey.
    private static final String CONFIRM = """
            update sales_orders
               set status = 'confirmed', confirmed_at = coalesce(confirmed_at, millrace_now()),
                   approval_id = coalesce(:approval, approval_id), confirmed_by = :confirmedBy, hold_reason = null,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('draft', 'pending_approval', 'on_hold')
            returning id
            """;

    boolean confirm(Tx tx, UUID id, Optional<UUID> approval, String confirmedBy) {
        return changed(query(tx, CONFIRM, id).bind("approval", approval).bind("confirmedBy", confirmedBy));
    }

    // Index: sales_orders_pkey.
    private static final String PUT_ON_HOLD = """
            update sales_orders
               set status = 'on_hold', hold_reason = :reason, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('pending_approval', 'confirmed')
            returning id
            """;

    boolean putOnHold(Tx tx, UUID id, String reason) {
        return changed(query(tx, PUT_ON_HOLD, id).bind("reason", reason));
    }

    // Index: sales_orders_pkey.
    private static final String CANCEL = """
            update sales_orders
               set status = 'cancelled', cancelled_at = millrace_now(), cancel_reason = :reason, hold_reason = null,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
               and status in ('draft', 'pending_approval', 'returned', 'on_hold', 'confirmed')
            returning id
            """;

    boolean cancel(Tx tx, UUID id, String reason) {
        return changed(query(tx, CANCEL, id).bind("reason", reason));
    }

    // Index: sales_order_lines_tenant_id_sales_order_id_line_no_key.
    private static final String RESERVE = """
            update sales_order_lines
               set reserved_qty = case when :reserved and warehouse_id is not null then quantity - delivered_qty else 0 end,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and sales_order_id = :id
            """;

    /** Says that stock is kept for all that is still to be delivered, or for none of it. */
    void reserve(Tx tx, UUID id, boolean reserved) {
        tx.handle()
                .createUpdate(RESERVE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("reserved", reserved)
                .execute();
    }

    // Index: sales_order_lines_pkey.
    private static final String DELIVER = """
            update sales_order_lines
               set delivered_qty = delivered_qty + :more,
                   reserved_qty = case when warehouse_id is not null then reserved_qty - :more else 0 end,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :line
            """;

    /**
     * What is delivered is not reserved any more, and what comes back is so again.
     *
     * @param more by the line's id; below zero: it came back
     */
    void deliver(Tx tx, SalesOrder order, Map<UUID, BigDecimal> more) {
        var batch = tx.handle().prepareBatch(DELIVER);
        order.lines().stream()
                .map(SalesOrder.Line::id)
                .filter(more::containsKey)
                .forEach(line -> batch.bind("tenant", tx.tenant())
                        .bind("line", line)
                        .bind("more", more.get(line))
                        .add());
        batch.execute();
    }

    // Index: sales_orders_pkey.
    private static final String MOVE = """
            update sales_orders
               set status = :to, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status = any(:from)
            returning id
            """;

    /** Where its deliveries, its invoice and its payment bring it. */
    boolean move(Tx tx, UUID id, List<Status> from, Status to) {
        return changed(query(tx, MOVE, id)
                .registerArrayType(String.class, "text")
                .bind("to", SalesOrderRows.text(to))
                .bindArray(
                        "from",
                        String.class,
                        from.stream().map(SalesOrderRows::text).toList()));
    }

    // Index: sales_order_lines_tenant_id_sales_order_id_line_no_key.
    private static final String INVOICE = """
            update sales_order_lines
               set invoiced_qty = case when :invoiced then delivered_qty else 0 end, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and sales_order_id = :id
            """;

    /** Says that all that was delivered is invoiced, or none of it. */
    void invoice(Tx tx, UUID id, boolean invoiced) {
        tx.handle()
                .createUpdate(INVOICE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("invoiced", invoiced)
                .execute();
    }

    private static Query query(Tx tx, String sql, UUID id) {
        return tx.handle().createQuery(sql).bind("tenant", tx.tenant()).bind("id", id);
    }

    private static boolean changed(Query update) {
        return update.mapTo(UUID.class).findOne().isPresent();
    }
}
