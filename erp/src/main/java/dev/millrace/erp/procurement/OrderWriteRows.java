package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.Query;

/** Writes of the tables {@code purchase_orders} and {@code purchase_order_lines}. */
public final class OrderWriteRows {
    private static final String INSERT = """
            insert into purchase_orders
                   (tenant_id, id, number, supplier_id, currency, rate, net, tax, total, amount_base, category, cost_center,
                    requested_by, needed_by, status)
            values (:tenant, :id, :number, :supplier, :currency, :rate, :net, :tax, :total, :amountBase, :category,
                    :costCenter, :requestedBy, :neededBy, 'draft')
            """;

    public void insert(Tx tx, UUID id, String number, PricedOrder order, UUID requestedBy) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("number", number)
                .bind("supplier", order.supplier().id())
                .bind("currency", order.currency())
                .bind("rate", order.rate())
                .bind("net", order.net())
                .bind("tax", order.tax())
                .bind("total", order.total())
                .bind("amountBase", order.amountBase())
                .bind("category", order.category())
                .bind("costCenter", order.costCenter())
                .bind("requestedBy", requestedBy)
                .bind("neededBy", order.neededBy())
                .execute();
    }

    // Index: purchase_orders_pkey.
    private static final String REVISE = """
            update purchase_orders
               set supplier_id = :supplier, currency = :currency, rate = :rate, net = :net, tax = :tax, total = :total,
                   amount_base = :amountBase, category = :category, cost_center = :costCenter, needed_by = :neededBy,
                   revised_at = millrace_now(), version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('draft', 'pending_approval', 'returned')
            returning id
            """;

    // Index: purchase_order_lines_tenant_id_purchase_order_id_line_no_key.
    private static final String DROP_LINES = """
            delete from purchase_order_lines where tenant_id = :tenant and purchase_order_id = :id
            """;

    /** Everything of the order but its number and its requester; all lines are new ones. */
    public boolean revise(Tx tx, UUID id, PricedOrder order, Supplier<UUID> ids) {
        boolean revised = changed(query(tx, REVISE, id)
                .bind("supplier", order.supplier().id())
                .bind("currency", order.currency())
                .bind("rate", order.rate())
                .bind("net", order.net())
                .bind("tax", order.tax())
                .bind("total", order.total())
                .bind("amountBase", order.amountBase())
                .bind("category", order.category())
                .bind("costCenter", order.costCenter())
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

    // Index: purchase_orders_pkey.
    private static final String SEND_BACK = """
            update purchase_orders
               set status = 'returned', version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('pending_approval')
            returning id
            """;

    public boolean sendBack(Tx tx, UUID id) {
        return changed(query(tx, SEND_BACK, id));
    }

    private static final String INSERT_LINE = """
            insert into purchase_order_lines
                   (tenant_id, id, purchase_order_id, line_no, item_id, description, hsn_sac, quantity, uqc, unit_price,
                    gst_rate, amount, tax, match_mode, warehouse_id)
            values (:tenant, :id, :order, :lineNo, :item, :description, :hsnSac, :quantity, :uqc, :unitPrice, :gstRate,
                    :amount, :tax, :matchMode, :warehouse)
            """;

    public void insertLines(Tx tx, UUID order, PricedOrder priced, Supplier<UUID> ids) {
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        int lineNo = 0;
        for (PricedOrder.Line line : priced.lines()) {
            lineNo++;
            batch.bind("tenant", tx.tenant())
                    .bind("id", ids.get())
                    .bind("order", order)
                    .bind("lineNo", lineNo)
                    .bind("item", line.item().id())
                    .bind("description", line.description())
                    .bind("hsnSac", line.item().hsnSac())
                    .bind("quantity", line.quantity())
                    .bind("uqc", line.item().uqc())
                    .bind("unitPrice", line.unitPrice())
                    .bind("gstRate", line.gstRate())
                    .bind("amount", line.amount())
                    .bind("tax", line.tax())
                    .bind("matchMode", line.item().isService() ? "two_way" : "three_way")
                    .bind("warehouse", line.warehouse())
                    .add();
        }
        batch.execute();
    }

    // Index: purchase_orders_pkey.
    private static final String SUBMIT = """
            update purchase_orders
               set status = 'pending_approval', submitted_at = millrace_now(), version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('draft', 'returned')
            returning id
            """;

    /**
     * @return false: it was neither a draft nor returned any more; so too with the others
     */
    public boolean submit(Tx tx, UUID id) {
        return changed(query(tx, SUBMIT, id));
    }

    // Index: purchase_orders_pkey.
    private static final String LOCK = """
            update purchase_orders
               set status = 'approved', locked_at = millrace_now(), approval_id = :approval, approved_by = :approvedBy,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('pending_approval')
            returning id
            """;

    public boolean lock(Tx tx, UUID id, Optional<UUID> approval, String approvedBy) {
        return changed(query(tx, LOCK, id).bind("approval", approval).bind("approvedBy", approvedBy));
    }

    // Index: purchase_orders_pkey.
    private static final String CANCEL = """
            update purchase_orders
               set status = 'cancelled', cancelled_at = millrace_now(), cancel_reason = :reason, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('draft', 'pending_approval', 'returned', 'approved')
            returning id
            """;

    public boolean cancel(Tx tx, UUID id, String reason) {
        return changed(query(tx, CANCEL, id).bind("reason", reason));
    }

    // Index: purchase_orders_pkey.
    private static final String CLOSE = """
            update purchase_orders
               set status = 'closed', closed_at = millrace_now(), close_reason = :reason, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('partially_received', 'received')
            returning id
            """;

    public boolean close(Tx tx, UUID id, Optional<String> reason) {
        return changed(query(tx, CLOSE, id).bind("reason", reason));
    }

    private static Query query(Tx tx, String sql, UUID id) {
        return tx.handle().createQuery(sql).bind("tenant", tx.tenant()).bind("id", id);
    }

    private static boolean changed(Query update) {
        return update.mapTo(UUID.class).findOne().isPresent();
    }
}
