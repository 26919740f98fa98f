package dev.millrace.erp.gst;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.EInvoice;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.SalesInvoice.Registered;
import dev.millrace.erp.SalesInvoice.ShipTo;
import dev.millrace.erp.SalesInvoice.Status;
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
import tools.jackson.databind.node.ObjectNode;

/** Reads the tables {@code sales_invoices} and {@code sales_invoice_lines}. */
public final class InvoiceRows {
    private static final String SELECT = """
            select id, number, customer_id, sales_order_id, tax_paid, ship_to, date, due_date, place_of_supply, supply_type,
                   reverse_charge, customer_name, customer_gstin, taxable, cgst, sgst, igst, cess, round_off, total,
                   open_amount, currency, status, e_way_bill_required, einvoice_status, einvoice_error, irn, ack_no, ack_at,
                   signed_qr, e_way_bill_no, journal_id, created_at
              from sales_invoices
             where tenant_id = :tenant
            """;

    // Index: sales_invoices_pkey.
    private static final String BY_ID = SELECT + " and id = :id";

    /** With its lines. */
    public Optional<SalesInvoice> byId(Tx tx, UUID id) {
        return one(tx, BY_ID, id);
    }

    // Index: sales_invoices_pkey.
    private static final String HOLD = SELECT + " and id = :id for update";

    /** With its lines; it stays as it is until the transaction ends. */
    public Optional<SalesInvoice> hold(Tx tx, UUID id) {
        return one(tx, HOLD, id);
    }

    private Optional<SalesInvoice> one(Tx tx, String sql, UUID id) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> invoice(row, List.of()))
                .findOne()
                .map(invoice -> withLines(invoice, lines(tx, id)));
    }

    // Index: sales_invoices_pkey. Ids are ordered by time.
    private static final String PAGE = SELECT + """
             and (:status::text is null or status = :status)
             and (:customer::uuid is null or customer_id = :customer)
             and (:before::uuid is null or id < :before)
             order by id desc limit :limit
            """;

    /**
     * Newest first, without lines.
     *
     * @param before the last id seen
     */
    public List<SalesInvoice> page(
            Tx tx, Optional<Status> status, Optional<UUID> customer, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("status", status.map(s -> s.name().toLowerCase(Locale.ROOT)))
                .bind("customer", customer)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> invoice(row, List.of()))
                .list();
    }

    // Index: sales_invoice_lines_pkey.
    private static final String LINES = """
            select line_no, item_id, description, hsn_sac, is_service, uqc, quantity, unit_price, discount, taxable,
                   gst_rate, cgst, sgst, igst
              from sales_invoice_lines
             where tenant_id = :tenant and sales_invoice_id = :id
             order by line_no
            """;

    private static List<SalesInvoice.Line> lines(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(InvoiceRows::line)
                .list();
    }

    // Index: sales_invoices_pkey.
    private static final String INV01 = """
            select inv01 from sales_invoices where tenant_id = :tenant and id = :id and inv01 is not null
            """;

    /** What goes to the portal; empty: nothing does. */
    public Optional<ObjectNode> inv01(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(INV01)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(Json::readObject);
    }

    // Index: sales_invoices_pkey.
    private static final String CANCELLED_AT = """
            select cancelled_at from sales_invoices where tenant_id = :tenant and id = :id and cancelled_at is not null
            """;

    /** Empty: it is not cancelled. */
    public Optional<Instant> cancelledAt(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(CANCELLED_AT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> instant(row, "cancelled_at").orElseThrow())
                .findOne();
    }

    // Index: sales_invoices_order.
    private static final String OF_ORDER = """
            select id from sales_invoices
             where tenant_id = :tenant and sales_order_id = :order and status <> 'cancelled'
            """;

    /** The invoice of a sales order that stands. */
    public Optional<UUID> ofOrder(Tx tx, UUID order) {
        return tx.handle()
                .createQuery(OF_ORDER)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .mapTo(UUID.class)
                .findOne();
    }

    // Index: sales_invoices_customer.
    private static final String OLDEST_OVERDUE = """
            select coalesce(max(:today - due_date), 0) from sales_invoices
             where tenant_id = :tenant and customer_id = :customer and status in ('posted', 'part_paid')
               and due_date < :today
            """;

    /** Days that the customer's oldest unpaid invoice is overdue; 0: none is. */
    public int oldestOverdueDays(Tx tx, UUID customer, LocalDate today) {
        return tx.handle()
                .createQuery(OLDEST_OVERDUE)
                .bind("tenant", tx.tenant())
                .bind("customer", customer)
                .bind("today", today)
                .mapTo(Integer.class)
                .one();
    }

    // Index: sales_invoices_due.
    private static final String UNPAID = SELECT + """
             and status in ('posted', 'part_paid') and due_date = any(:dueDates)
             order by due_date, id
            """;

    /** Those that were due on one of these days and are not paid, without lines. */
    List<SalesInvoice> unpaid(Tx tx, List<LocalDate> dueDates) {
        return tx.handle()
                .createQuery(UNPAID)
                .registerArrayType(LocalDate.class, "date")
                .bind("tenant", tx.tenant())
                .bindArray("dueDates", LocalDate.class, dueDates)
                .map((row, context) -> invoice(row, List.of()))
                .list();
    }

    /** What a period's outward supplies come to. */
    public record Outward(BigDecimal taxable, BigDecimal tax, int pending) {}

    // Index: sales_invoices_date. Under reverse charge the buyer pays the tax.
    private static final String OUTWARD = """
            select coalesce(sum(taxable), 0) as taxable,
                   coalesce(sum(cgst + sgst + igst + cess) filter (where not reverse_charge), 0) as tax,
                   count(*) filter (where einvoice_status in ('pending', 'failed')) as pending
              from sales_invoices
             where tenant_id = :tenant and date between :from and :to and status in ('posted', 'part_paid', 'paid')
            """;

    public Outward outward(Tx tx, LocalDate from, LocalDate to) {
        return tx.handle()
                .createQuery(OUTWARD)
                .bind("tenant", tx.tenant())
                .bind("from", from)
                .bind("to", to)
                .map((row, context) ->
                        new Outward(decimal(row, "taxable", 2), decimal(row, "tax", 2), row.getInt("pending")))
                .one();
    }

    static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static SalesInvoice withLines(SalesInvoice invoice, List<SalesInvoice.Line> lines) {
        return new SalesInvoice(
                invoice.id(),
                invoice.customerId(),
                invoice.salesOrderId(),
                invoice.taxPaid(),
                invoice.shipTo(),
                invoice.currency(),
                invoice.status(),
                invoice.made(),
                invoice.amounts(),
                invoice.eInvoice(),
                invoice.journalId(),
                lines,
                invoice.createdAt());
    }

    private static SalesInvoice invoice(ResultSet row, List<SalesInvoice.Line> lines) throws SQLException {
        return new SalesInvoice(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                Optional.ofNullable(row.getObject("sales_order_id", UUID.class)),
                row.getBoolean("tax_paid"),
                Optional.ofNullable(row.getString("ship_to"))
                        .map(json -> Json.bind(Json.readObject(json), ShipTo.class)),
                row.getString("currency"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                made(row),
                amounts(row),
                eInvoice(row),
                Optional.ofNullable(row.getObject("journal_id", UUID.class)),
                lines,
                instant(row, "created_at").orElseThrow());
    }

    private static Optional<Made> made(ResultSet row) throws SQLException {
        if (row.getString("number") == null) {
            return Optional.empty();
        }
        return Optional.of(new Made(
                row.getString("number"),
                row.getObject("date", LocalDate.class),
                row.getObject("due_date", LocalDate.class),
                row.getString("place_of_supply"),
                row.getString("supply_type"),
                row.getBoolean("reverse_charge"),
                row.getString("customer_name"),
                Optional.ofNullable(row.getString("customer_gstin")),
                row.getBoolean("e_way_bill_required")));
    }

    private static Amounts amounts(ResultSet row) throws SQLException {
        return new Amounts(
                decimal(row, "taxable", 2),
                decimal(row, "cgst", 2),
                decimal(row, "sgst", 2),
                decimal(row, "igst", 2),
                decimal(row, "cess", 2),
                decimal(row, "round_off", 2),
                decimal(row, "total", 2),
                decimal(row, "open_amount", 2));
    }

    private static EInvoice eInvoice(ResultSet row) throws SQLException {
        Optional<Registered> registered = Optional.empty();
        if (row.getString("irn") != null) {
            registered = Optional.of(new Registered(
                    row.getString("irn"),
                    row.getString("ack_no"),
                    instant(row, "ack_at").orElseThrow(),
                    Optional.ofNullable(row.getString("signed_qr")),
                    Optional.ofNullable(row.getString("e_way_bill_no"))));
        }
        return new EInvoice(
                EInvoiceStatus.valueOf(row.getString("einvoice_status").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("einvoice_error")),
                registered);
    }

    private static SalesInvoice.Line line(ResultSet row, StatementContext context) throws SQLException {
        return new SalesInvoice.Line(
                row.getInt("line_no"),
                Optional.ofNullable(row.getObject("item_id", UUID.class)),
                row.getString("description"),
                row.getString("hsn_sac"),
                row.getBoolean("is_service"),
                row.getString("uqc"),
                decimal(row, "quantity", 0),
                decimal(row, "unit_price", 2),
                decimal(row, "discount", 2),
                decimal(row, "taxable", 2),
                decimal(row, "gst_rate", 0),
                decimal(row, "cgst", 2),
                decimal(row, "sgst", 2),
                decimal(row, "igst", 2));
    }
}
