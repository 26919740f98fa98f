package dev.millrace.erp.delivery;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Delivery;
import dev.millrace.erp.Delivery.Line;
import dev.millrace.erp.Delivery.Status;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code deliveries} and {@code delivery_lines}. */
final class DeliveryRows {
    private static final String SELECT = """
            select d.id, d.number, d.sales_order_id, o.number as order_number, o.customer_id, c.name as customer_name, d.date,
                   d.value, d.reference, d.delivered_by, d.journal_id, d.status, d.reversed_at, d.reverse_reason,
                   d.reversal_journal_id, d.created_at
              from deliveries d
              join sales_orders o on o.tenant_id = d.tenant_id and o.id = d.sales_order_id
              join customers c on c.tenant_id = o.tenant_id and c.id = o.customer_id
             where d.tenant_id = :tenant
            """;

    // Index: deliveries_pkey.
    private static final String BY_ID = SELECT + " and d.id = :id";

    Optional<Delivery> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> delivery(row, lines(tx, id)))
                .findOne();
    }

    // Index: deliveries_order where an order is named, else deliveries_pkey read backwards.
    private static final String PAGE = SELECT + """
               and (:order::uuid is null or d.sales_order_id = :order::uuid)
               and (:before::uuid is null or d.id < :before::uuid)
             order by d.id desc
             limit :limit
            """;

    /** Newest first, without their lines. */
    List<Delivery> page(Tx tx, Optional<UUID> order, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> delivery(row, List.of()))
                .list();
    }

    private static Delivery delivery(ResultSet row, List<Line> lines) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("sales_order_id", UUID.class),
                row.getString("order_number"),
                row.getObject("customer_id", UUID.class),
                row.getString("customer_name"),
                row.getObject("date", LocalDate.class),
                decimal(row, "value", 2),
                Optional.ofNullable(row.getString("reference")),
                row.getString("delivered_by"),
                Optional.ofNullable(row.getObject("journal_id", UUID.class)),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                instant(row, "reversed_at"),
                Optional.ofNullable(row.getString("reverse_reason")),
                Optional.ofNullable(row.getObject("reversal_journal_id", UUID.class)),
                instant(row, "created_at").orElseThrow(),
                lines);
    }

    // Index: delivery_lines_tenant_id_delivery_id_line_no_key.
    private static final String LINES = """
            select l.id, l.line_no, l.order_line_id, l.item_id, i.code as item_code, l.warehouse_id, l.quantity, l.value
              from delivery_lines l
              join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
             where l.tenant_id = :tenant and l.delivery_id = :delivery
             order by l.line_no
            """;

    private static List<Line> lines(Tx tx, UUID delivery) {
        return tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("delivery", delivery)
                .map((row, context) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getInt("line_no"),
                        row.getObject("order_line_id", UUID.class),
                        row.getObject("item_id", UUID.class),
                        row.getString("item_code"),
                        Optional.ofNullable(row.getObject("warehouse_id", UUID.class)),
                        decimal(row, "quantity", 0),
                        decimal(row, "value", 2)))
                .list();
    }

    private static final String INSERT = """
            insert into deliveries
                   (tenant_id, id, number, sales_order_id, date, value, reference, delivered_by, journal_id, status)
            values (:tenant, :id, :number, :order, :date, :value, :reference, :deliveredBy, :journal, 'posted')
            """;

    private static final String INSERT_LINE = """
            insert into delivery_lines
                   (tenant_id, id, delivery_id, line_no, order_line_id, item_id, warehouse_id, quantity, value)
            values (:tenant, :id, :delivery, :lineNo, :orderLine, :item, :warehouse, :quantity, :value)
            """;

    /**
     * A delivery as it is posted.
     *
     * @param by the member's id, or in words
     */
    record Posted(UUID id, String number, LocalDate date, String by, Optional<UUID> journal) {}

    /**
     * @param costs by the delivery's line; a line without one cost nothing
     */
    void insert(Tx tx, CheckedDelivery delivery, Map<UUID, BigDecimal> costs, Posted posted) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", posted.id())
                .bind("number", posted.number())
                .bind("order", delivery.order().id())
                .bind("date", posted.date())
                .bind("value", costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .bind("reference", delivery.reference())
                .bind("deliveredBy", posted.by())
                .bind("journal", posted.journal())
                .execute();
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        for (CheckedDelivery.Line line : delivery.lines()) {
            batch.bind("tenant", tx.tenant())
                    .bind("id", line.id())
                    .bind("delivery", posted.id())
                    .bind("lineNo", line.orderLine().lineNo())
                    .bind("orderLine", line.orderLine().id())
                    .bind("item", line.item().id())
                    .bind("warehouse", line.orderLine().warehouseId())
                    .bind("quantity", line.quantity())
                    .bind("value", costs.getOrDefault(line.id(), BigDecimal.ZERO))
                    .add();
        }
        batch.execute();
    }

    // Index: deliveries_pkey.
    private static final String REVERSE = """
            update deliveries
               set status = 'reversed', reversed_at = millrace_now(), reverse_reason = :reason,
                   reversal_journal_id = :journal, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('posted')
            returning id
            """;

    /**
     * @return false: it was not posted any more
     */
    boolean reverse(Tx tx, UUID id, String reason, Optional<UUID> journal) {
        return tx.handle()
                .createQuery(REVERSE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("reason", reason)
                .bind("journal", journal)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }
}
