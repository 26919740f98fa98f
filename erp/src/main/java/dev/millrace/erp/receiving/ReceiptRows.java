package dev.millrace.erp.receiving;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.GoodsReceipt;
import dev.millrace.erp.GoodsReceipt.Line;
import dev.millrace.erp.GoodsReceipt.Status;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code goods_receipts} and {@code goods_receipt_lines}. */
final class ReceiptRows {
    private static final String SELECT = """
            select r.id, r.number, r.purchase_order_id, o.number as order_number, o.supplier_id, s.name as supplier_name,
                   r.warehouse_id, r.date, r.currency, r.rate, r.value, r.value_base, r.delivery_note, r.received_by,
                   r.journal_id, r.status, r.reversed_at, r.reverse_reason, r.reversal_journal_id, r.created_at
              from goods_receipts r
              join purchase_orders o on o.tenant_id = r.tenant_id and o.id = r.purchase_order_id
              join suppliers s on s.tenant_id = o.tenant_id and s.id = o.supplier_id
             where r.tenant_id = :tenant
            """;

    // Index: goods_receipts_pkey.
    private static final String BY_ID = SELECT + " and r.id = :id";

    Optional<GoodsReceipt> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(ReceiptRows::header)
                .findOne()
                .map(receipt -> withLines(tx, receipt));
    }

    // Index: goods_receipts_order where an order is named, else goods_receipts_pkey read backwards.
    private static final String PAGE = SELECT + """
               and (:order::uuid is null or r.purchase_order_id = :order::uuid)
               and (:before::uuid is null or r.id < :before::uuid)
             order by r.id desc
             limit :limit
            """;

    /** Newest first, without their lines. */
    List<GoodsReceipt> page(Tx tx, Optional<UUID> order, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .bind("before", before)
                .bind("limit", limit)
                .map(ReceiptRows::header)
                .list();
    }

    private static GoodsReceipt header(ResultSet row, StatementContext context) throws SQLException {
        return new GoodsReceipt(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("purchase_order_id", UUID.class),
                row.getString("order_number"),
                row.getObject("supplier_id", UUID.class),
                row.getString("supplier_name"),
                Optional.ofNullable(row.getObject("warehouse_id", UUID.class)),
                row.getObject("date", LocalDate.class),
                row.getString("currency"),
                decimal(row, "rate", 0),
                decimal(row, "value", 2),
                decimal(row, "value_base", 2),
                Optional.ofNullable(row.getString("delivery_note")),
                row.getString("received_by"),
                Optional.ofNullable(row.getObject("journal_id", UUID.class)),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                instant(row, "reversed_at"),
                Optional.ofNullable(row.getString("reverse_reason")),
                Optional.ofNullable(row.getObject("reversal_journal_id", UUID.class)),
                instant(row, "created_at").orElseThrow(),
                List.of());
    }

    // Index: goods_receipt_lines_tenant_id_goods_receipt_id_line_no_key.
    private static final String LINES = """
            select l.id, l.line_no, l.po_line_id, l.item_id, i.code as item_code, l.warehouse_id, l.quantity, l.accepted,
                   l.rejected, l.reject_reason, l.unit_price, l.value, l.value_base
              from goods_receipt_lines l
              join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
             where l.tenant_id = :tenant and l.goods_receipt_id = :receipt
             order by l.line_no
            """;

    private static GoodsReceipt withLines(Tx tx, GoodsReceipt receipt) {
        List<Line> lines = tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("receipt", receipt.id())
                .map((row, context) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getInt("line_no"),
                        row.getObject("po_line_id", UUID.class),
                        row.getObject("item_id", UUID.class),
                        row.getString("item_code"),
                        Optional.ofNullable(row.getObject("warehouse_id", UUID.class)),
                        decimal(row, "quantity", 0),
                        decimal(row, "accepted", 0),
                        decimal(row, "rejected", 0),
                        Optional.ofNullable(row.getString("reject_reason")),
                        decimal(row, "unit_price", 2),
                        decimal(row, "value", 2),
                        decimal(row, "value_base", 2)))
                .list();
        return new GoodsReceipt(
                receipt.id(),
                receipt.number(),
                receipt.order(),
                receipt.orderNumber(),
                receipt.supplier(),
                receipt.supplierName(),
                receipt.warehouse(),
                receipt.date(),
                receipt.currency(),
                receipt.rate(),
                receipt.value(),
                receipt.valueBase(),
                receipt.deliveryNote(),
                receipt.receivedBy(),
                receipt.journal(),
                receipt.status(),
                receipt.reversedAt(),
                receipt.reverseReason(),
                receipt.reversalJournal(),
                receipt.postedAt(),
                lines);
    }

    private static final String INSERT = """
            insert into goods_receipts
                   (tenant_id, id, number, purchase_order_id, warehouse_id, date, currency, rate, value, value_base,
                    delivery_note, received_by, journal_id, status)
            values (:tenant, :id, :number, :order, :warehouse, :date, :currency, :rate, :value, :valueBase,
                    :deliveryNote, :receivedBy, :journal, 'posted')
            """;

    private static final String INSERT_LINE = """
            insert into goods_receipt_lines
                   (tenant_id, id, goods_receipt_id, line_no, po_line_id, item_id, warehouse_id, quantity, accepted,
                    rejected, reject_reason, unit_price, value, value_base)
            values (:tenant, :id, :receipt, :lineNo, :orderLine, :item, :warehouse, :quantity, :accepted,
                    :rejected, :rejectReason, :unitPrice, :value, :valueBase)
            """;

    void insert(Tx tx, CheckedReceipt receipt, UUID id, String number, LocalDate date, Posted posted) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("number", number)
                .bind("order", receipt.order().id())
                .bind("warehouse", receipt.warehouse())
                .bind("date", date)
                .bind("currency", receipt.order().header().currency())
                .bind("rate", receipt.rate())
                .bind("value", receipt.value())
                .bind("valueBase", receipt.valueBase())
                .bind("deliveryNote", receipt.deliveryNote())
                .bind("receivedBy", posted.by())
                .bind("journal", posted.journal())
                .execute();
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        for (CheckedReceipt.Line line : receipt.lines()) {
            batch.bind("tenant", tx.tenant())
                    .bind("id", line.id())
                    .bind("receipt", id)
                    .bind("lineNo", line.orderLine().lineNo())
                    .bind("orderLine", line.orderLine().id())
                    .bind("item", line.item().id())
                    .bind("warehouse", line.warehouse())
                    .bind("quantity", line.quantity())
                    .bind("accepted", line.accepted())
                    .bind("rejected", line.rejected())
                    .bind("rejectReason", line.rejectReason())
                    .bind("unitPrice", line.orderLine().unitPrice())
                    .bind("value", line.value())
                    .bind("valueBase", line.valueBase())
                    .add();
        }
        batch.execute();
    }

    /**
     * Who posted a receipt, and what booked it.
     *
     * @param by the member's id, or in words
     */
    record Posted(String by, Optional<UUID> journal) {}

    // Index: goods_receipts_pkey.
    private static final String REVERSE = """
            update goods_receipts
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

    // Index: goods_receipt_lines_order_line, then goods_receipts_pkey.
    private static final String RECEIVED = """
            select coalesce(sum(l.value_base), 0) as value
              from goods_receipt_lines l
              join goods_receipts r on r.tenant_id = l.tenant_id and r.id = l.goods_receipt_id
             where l.tenant_id = :tenant and l.po_line_id = :line and r.status = 'posted'
            """;

    /** What was booked for what was received of a line of an order, in the company's currency. */
    BigDecimal receivedValue(Tx tx, UUID orderLine) {
        return tx.handle()
                .createQuery(RECEIVED)
                .bind("tenant", tx.tenant())
                .bind("line", orderLine)
                .map((row, context) -> decimal(row, "value", 2))
                .one();
    }
}
