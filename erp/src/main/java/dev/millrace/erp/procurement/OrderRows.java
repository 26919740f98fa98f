package dev.millrace.erp.procurement;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PurchaseOrder.Header;
import dev.millrace.erp.PurchaseOrder.Line;
import dev.millrace.erp.PurchaseOrder.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads of the tables {@code purchase_orders} and {@code purchase_order_lines}. */
public final class OrderRows {
    private static final String SELECT = """
            select o.id, o.number, o.supplier_id, s.code as supplier_code, s.name as supplier_name,
                   s.email as supplier_email, s.phone as supplier_phone, o.currency, o.rate, o.net, o.tax, o.total,
                   o.amount_base, o.category, o.cost_center, o.requested_by, o.needed_by, o.status, o.submitted_at,
                   o.locked_at, o.approval_id, o.approved_by, o.cancel_reason, o.received_percent, o.invoiced_percent,
                   o.version, o.created_at, o.updated_at,
                   (select count(*) from purchase_order_lines l
                     where l.tenant_id = o.tenant_id and l.purchase_order_id = o.id) as line_count
              from purchase_orders o
              join suppliers s on s.tenant_id = o.tenant_id and s.id = o.supplier_id
             where o.tenant_id = :tenant
            """;

    // Index: purchase_orders_pkey.
    private static final String BY_ID = SELECT + " and o.id = :id";

    public Optional<Header> header(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(OrderRows::headerOf)
                .findOne();
    }

    // Index: purchase_orders_pkey read backwards, or purchase_orders_requester.
    private static final String PAGE = SELECT + """
                       and (:before::uuid is null or o.id < :before::uuid)
                       and (:status::text is null or o.status = :status::text)
                       and (:requestedBy::uuid is null or o.requested_by = :requestedBy::uuid)
                     order by o.id desc
                     limit :limit
                    """;

    public List<Header> page(
            Tx tx, Optional<Status> status, Optional<UUID> requestedBy, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("before", before)
                .bind("status", status.map(OrderRows::text))
                .bind("requestedBy", requestedBy)
                .bind("limit", limit)
                .map(OrderRows::headerOf)
                .list();
    }

    private static Header headerOf(ResultSet row, StatementContext context) throws SQLException {
        return new Header(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("supplier_id", UUID.class),
                row.getString("supplier_code"),
                row.getString("supplier_name"),
                Optional.ofNullable(row.getString("supplier_email")),
                Optional.ofNullable(row.getString("supplier_phone")),
                row.getString("currency"),
                decimal(row, "rate", 0),
                decimal(row, "net", 2),
                decimal(row, "tax", 2),
                decimal(row, "total", 2),
                decimal(row, "amount_base", 2),
                Optional.ofNullable(row.getString("category")),
                Optional.ofNullable(row.getString("cost_center")),
                row.getObject("requested_by", UUID.class),
                Optional.ofNullable(row.getObject("needed_by", LocalDate.class)),
                status(row.getString("status")),
                instant(row, "submitted_at"),
                instant(row, "locked_at"),
                Optional.ofNullable(row.getObject("approval_id", UUID.class)),
                Optional.ofNullable(row.getString("approved_by")),
                Optional.ofNullable(row.getString("cancel_reason")),
                decimal(row, "received_percent", 0),
                decimal(row, "invoiced_percent", 0),
                row.getInt("version"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "updated_at").orElseThrow(),
                row.getInt("line_count"));
    }

    static Status status(String text) {
        return Status.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    // Index: purchase_order_lines_tenant_id_purchase_order_id_line_no_key.
    private static final String LINES = """
            select l.id, l.line_no, l.item_id, i.code as item_code, l.description, l.hsn_sac, l.quantity, l.uqc, l.unit_price,
                   l.gst_rate, l.amount, l.tax, l.match_mode, l.received_qty, l.returned_qty, l.invoiced_qty,
                   l.warehouse_id
              from purchase_order_lines l
              join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
             where l.tenant_id = :tenant and l.purchase_order_id = :order
             order by l.line_no
            """;

    public List<Line> lines(Tx tx, UUID order) {
        return tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .map((row, context) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getInt("line_no"),
                        row.getObject("item_id", UUID.class),
                        row.getString("item_code"),
                        row.getString("description"),
                        row.getString("hsn_sac"),
                        decimal(row, "quantity", 0),
                        row.getString("uqc"),
                        decimal(row, "unit_price", 2),
                        decimal(row, "gst_rate", 0),
                        decimal(row, "amount", 2),
                        decimal(row, "tax", 2),
                        row.getString("match_mode"),
                        decimal(row, "received_qty", 0),
                        decimal(row, "returned_qty", 0),
                        decimal(row, "invoiced_qty", 0),
                        Optional.ofNullable(row.getObject("warehouse_id", UUID.class))))
                .list();
    }

    // Index: purchase_orders_supplier. Drafts and cancelled orders never went to the supplier.
    private static final String SUPPLIER_IS_NEW = """
            select not exists (
                   select from purchase_orders p
                    where p.tenant_id = o.tenant_id and p.supplier_id = o.supplier_id and p.id <> o.id
                      and p.created_at between o.created_at - interval '12 months' and o.created_at
                      and p.status not in ('draft', 'cancelled'))
              from purchase_orders o
             where o.tenant_id = :tenant and o.id = :id
            """;

    /** No other order went to this order's supplier in the twelve months before it. */
    public boolean supplierIsNew(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(SUPPLIER_IS_NEW)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    // Index: purchase_orders_pkey.
    private static final String REVISED = """
            select coalesce(revised_at >= submitted_at, false)
              from purchase_orders
             where tenant_id = :tenant and id = :id
            """;

    /** It was changed after it was submitted. */
    public boolean isRevised(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(REVISED)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    // Index: purchase_orders_pkey, then the lines' by order. Locks the order.
    private static final String HOLD = """
            select o.status,
                   exists (select from purchase_order_lines l
                            where l.tenant_id = o.tenant_id and l.purchase_order_id = o.id and l.received_qty > 0)
                       as has_receipts,
                   exists (select from purchase_order_lines l
                            where l.tenant_id = o.tenant_id and l.purchase_order_id = o.id and l.invoiced_qty > 0)
                       as has_invoices
              from purchase_orders o
             where o.tenant_id = :tenant and o.id = :id
               for update of o
            """;

    /** What a change of state depends on; the order stays as it is until the transaction ends. */
    public Optional<Standing> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> new Standing(
                        status(row.getString("status")),
                        row.getBoolean("has_receipts"),
                        row.getBoolean("has_invoices")))
                .findOne();
    }

    /** Where an order stands. */
    public record Standing(Status status, boolean hasReceipts, boolean hasInvoices) {}
}
