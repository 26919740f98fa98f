package dev.millrace.erp.sales;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesOrder.Header;
import dev.millrace.erp.SalesOrder.Line;
import dev.millrace.erp.SalesOrder.Status;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads of the tables {@code sales_orders} and {@code sales_order_lines}. */
final class SalesOrderRows {
    private static final String SELECT = """
            select o.id, o.number, o.customer_id, c.code as customer_code, c.name as customer_name, o.currency, o.net, o.tax,
                   o.total, o.amount_base, o.discount_percent, o.margin_percent, o.customer_ref, o.requested_by, o.needed_by,
                   o.status, o.submitted_at, o.confirmed_at, o.approval_id, o.confirmed_by, o.hold_reason, o.cancel_reason,
                   o.version, o.created_at, o.updated_at,
                   (select count(*) from sales_order_lines l
                     where l.tenant_id = o.tenant_id and l.sales_order_id = o.id) as line_count
              from sales_orders o
              join customers c on c.tenant_id = o.tenant_id and c.id = o.customer_id
             where o.tenant_id = :tenant
            """;

    // Index: sales_orders_pkey.
    private static final String BY_ID = SELECT + " and o.id = :id";

    Optional<Header> header(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(SalesOrderRows::headerOf)
                .findOne();
    }

    // Index: sales_orders_pkey read backwards, sales_orders_requester or sales_orders_customer.
    private static final String PAGE = SELECT + """
                       and (:before::uuid is null or o.id < :before::uuid)
                       and (:status::text is null or o.status = :status::text)
                       and (:customer::uuid is null or o.customer_id = :customer::uuid)
                       and (:requestedBy::uuid is null or o.requested_by = :requestedBy::uuid)
                     order by o.id desc
                     limit :limit
                    """;

    /** Newest first. */
    List<Header> page(
            Tx tx,
            Optional<Status> status,
            Optional<UUID> customer,
            Optional<UUID> requestedBy,
            Optional<UUID> before,
            int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("before", before)
                .bind("status", status.map(SalesOrderRows::text))
                .bind("customer", customer)
                .bind("requestedBy", requestedBy)
                .bind("limit", limit)
                .map(SalesOrderRows::headerOf)
                .list();
    }

    private static Header headerOf(ResultSet row, StatementContext context) throws SQLException {
        return new Header(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("customer_id", UUID.class),
                row.getString("customer_code"),
                row.getString("customer_name"),
                row.getString("currency"),
                decimal(row, "net", 2),
                decimal(row, "tax", 2),
                decimal(row, "total", 2),
                decimal(row, "amount_base", 2),
                decimal(row, "discount_percent", 0),
                maybe(row, "margin_percent"),
                Optional.ofNullable(row.getString("customer_ref")),
                row.getObject("requested_by", UUID.class),
                Optional.ofNullable(row.getObject("needed_by", LocalDate.class)),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                instant(row, "submitted_at"),
                instant(row, "confirmed_at"),
                Optional.ofNullable(row.getObject("approval_id", UUID.class)),
                Optional.ofNullable(row.getString("confirmed_by")),
                Optional.ofNullable(row.getString("hold_reason")),
                Optional.ofNullable(row.getString("cancel_reason")),
                row.getInt("version"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "updated_at").orElseThrow(),
                row.getInt("line_count"));
    }

    private static Optional<BigDecimal> maybe(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column) == null ? Optional.empty() : Optional.of(decimal(row, column, 2));
    }

    static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    // Index: sales_order_lines_tenant_id_sales_order_id_line_no_key.
    private static final String LINES = """
            select l.id, l.line_no, l.item_id, i.code as item_code, l.description, l.hsn_sac, l.is_service, l.quantity, l.uqc,
                   l.unit_price, l.discount_percent, l.discount, l.gst_rate, l.amount, l.tax, l.unit_cost, l.warehouse_id,
                   l.reserved_qty, l.delivered_qty, l.invoiced_qty
              from sales_order_lines l
              join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
             where l.tenant_id = :tenant and l.sales_order_id = :order
             order by l.line_no
            """;

    List<Line> lines(Tx tx, UUID order) {
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
                        row.getBoolean("is_service"),
                        decimal(row, "quantity", 0),
                        row.getString("uqc"),
                        decimal(row, "unit_price", 2),
                        decimal(row, "discount_percent", 0),
                        decimal(row, "discount", 2),
                        decimal(row, "gst_rate", 0),
                        decimal(row, "amount", 2),
                        decimal(row, "tax", 2),
                        maybe(row, "unit_cost"),
                        Optional.ofNullable(row.getObject("warehouse_id", UUID.class)),
                        decimal(row, "reserved_qty", 0),
                        decimal(row, "delivered_qty", 0),
                        decimal(row, "invoiced_qty", 0)))
                .list();
    }

    // Index: sales_orders_pkey. Locks the order.
    private static final String HOLD = """
            select id from sales_orders where tenant_id = :tenant and id = :id for update
            """;

    /**
     * The order stays as it is until the transaction ends.
     *
     * @return false: there is none
     */
    boolean hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    // Index: sales_orders_pkey.
    private static final String REVISED = """
            select coalesce(revised_at >= submitted_at, false)
              from sales_orders
             where tenant_id = :tenant and id = :id
            """;

    /** It was changed after it was submitted. */
    boolean isRevised(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(REVISED)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    // Index: sales_order_lines_item, then sales_orders_pkey; one for each item.
    private static final String LAST_PRICES = """
            select i.code, last.price, last.confirmed_at, last.number
              from items i
              cross join lateral (
                   select round(l.amount / l.quantity, 2) as price, o.confirmed_at, o.number
                     from sales_order_lines l
                     join sales_orders o on o.tenant_id = l.tenant_id and o.id = l.sales_order_id
                    where l.tenant_id = i.tenant_id and l.item_id = i.id and o.id <> :order and o.customer_id = :customer
                      and o.confirmed_at is not null and o.status <> 'cancelled'
                    order by o.confirmed_at desc, l.line_no
                    limit 1) as last
             where i.tenant_id = :tenant and i.id = any(:items)
             order by i.code
            """;

    /** A price, less its discount, at which the customer got an item last. */
    record LastPrice(String item, BigDecimal price, Instant at, String order) {}

    /** Of confirmed orders of the customer other than {@code order}; items that he never got are left out. */
    List<LastPrice> lastPrices(Tx tx, UUID order, UUID customer, List<UUID> items) {
        return tx.handle()
                .createQuery(LAST_PRICES)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .bind("customer", customer)
                .bindArray("items", UUID.class, items)
                .map((row, context) -> new LastPrice(
                        row.getString("code"),
                        decimal(row, "price", 2),
                        instant(row, "confirmed_at").orElseThrow(),
                        row.getString("number")))
                .list();
    }
}
