package dev.millrace.erp.payables;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Line;
import dev.millrace.erp.SupplierInvoice.Status;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads of the tables {@code supplier_invoices} and {@code supplier_invoice_lines}. */
public final class InvoiceRows {
    private static final String SELECT = """
            select i.id, i.internal_number, i.invoice_number, i.fiscal_year, i.supplier_id, s.name as supplier_name,
                   s.email as supplier_email, s.gstin as supplier_gstin, s.msme in ('micro', 'small') as is_msme,
                   i.purchase_order_id, o.number as po_number, i.currency, i.rate, i.invoice_date, i.received_at, i.due_date,
                   i.net, i.cgst, i.sgst, i.igst, i.charges, i.round_off, i.total, i.amount_base, i.open_amount, i.status,
                   i.hold_code, i.hold_reason, i.end_reason, i.duplicate_of, i.irn, i.match_outcome, i.approval_id,
                   i.journal_id, i.version, i.created_at
              from supplier_invoices i
              join suppliers s on s.tenant_id = i.tenant_id and s.id = i.supplier_id
              left join purchase_orders o on o.tenant_id = i.tenant_id and o.id = i.purchase_order_id
             where i.tenant_id = :tenant
            """;

    // Index: supplier_invoices_pkey.
    private static final String BY_ID = SELECT + " and i.id = :id";

    public Optional<Header> header(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(InvoiceRows::headerOf)
                .findOne();
    }

    // Index: supplier_invoices_pkey. Locks the invoice.
    private static final String HOLD = """
            select id from supplier_invoices where tenant_id = :tenant and id = :id for no key update
            """;

    /** The invoice stays as it is until the transaction ends; its order, if it has one, is locked before. */
    boolean hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    // Index: supplier_invoices_pkey read backwards.
    private static final String PAGE = SELECT + """
                       and (:before::uuid is null or i.id < :before::uuid)
                       and (:status::text is null or i.status = :status::text)
                       and (:supplier::uuid is null or i.supplier_id = :supplier::uuid)
                       and (:order::uuid is null or i.purchase_order_id = :order::uuid)
                     order by i.id desc
                     limit :limit
                    """;

    List<Header> page(
            Tx tx,
            Optional<Status> status,
            Optional<UUID> supplier,
            Optional<UUID> order,
            Optional<UUID> before,
            int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("before", before)
                .bind("status", status.map(InvoiceRows::text))
                .bind("supplier", supplier)
                .bind("order", order)
                .bind("limit", limit)
                .map(InvoiceRows::headerOf)
                .list();
    }

    // Index: supplier_invoices_order.
    private static final String WAITING = SELECT + """
                       and i.purchase_order_id = :order and i.status = 'on_hold' and i.hold_code = 'receipt'
                     order by i.arrival
                    """;

    /** Invoices of the order that wait for goods, in the order in which they came. */
    List<Header> waitingForGoods(Tx tx, UUID order) {
        return tx.handle()
                .createQuery(WAITING)
                .bind("tenant", tx.tenant())
                .bind("order", order)
                .map(InvoiceRows::headerOf)
                .list();
    }

    private static Header headerOf(ResultSet row, StatementContext context) throws SQLException {
        return new Header(
                row.getObject("id", UUID.class),
                row.getString("internal_number"),
                row.getString("invoice_number"),
                row.getString("fiscal_year"),
                row.getObject("supplier_id", UUID.class),
                row.getString("supplier_name"),
                Optional.ofNullable(row.getString("supplier_email")),
                Optional.ofNullable(row.getString("supplier_gstin")),
                row.getBoolean("is_msme"),
                Optional.ofNullable(row.getObject("purchase_order_id", UUID.class)),
                Optional.ofNullable(row.getString("po_number")),
                row.getString("currency"),
                decimal(row, "rate", 0),
                row.getObject("invoice_date", LocalDate.class),
                instant(row, "received_at").orElseThrow(),
                row.getObject("due_date", LocalDate.class),
                decimal(row, "net", 2),
                decimal(row, "cgst", 2),
                decimal(row, "sgst", 2),
                decimal(row, "igst", 2),
                decimal(row, "charges", 2),
                decimal(row, "round_off", 2),
                decimal(row, "total", 2),
                decimal(row, "amount_base", 2),
                decimal(row, "open_amount", 2),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("hold_code"))
                        .map(code -> HoldCode.valueOf(code.toUpperCase(Locale.ROOT))),
                Optional.ofNullable(row.getString("hold_reason")),
                Optional.ofNullable(row.getString("end_reason")),
                Optional.ofNullable(row.getObject("duplicate_of", UUID.class)),
                Optional.ofNullable(row.getString("irn")),
                Optional.ofNullable(row.getString("match_outcome"))
                        .map(outcome -> Outcome.valueOf(outcome.toUpperCase(Locale.ROOT))),
                Optional.ofNullable(row.getObject("approval_id", UUID.class)),
                Optional.ofNullable(row.getObject("journal_id", UUID.class)),
                row.getInt("version"),
                instant(row, "created_at").orElseThrow());
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    // Index: supplier_invoice_lines_pkey.
    private static final String LINES = """
            select line_no, po_line_id, description, hsn_sac, quantity, unit_price, taxable, gst_rate, cgst, sgst, igst,
                   expense_account
              from supplier_invoice_lines
             where tenant_id = :tenant and invoice_id = :invoice
             order by line_no
            """;

    List<Line> lines(Tx tx, UUID invoice) {
        return tx.handle()
                .createQuery(LINES)
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .map((row, context) -> new Line(
                        row.getInt("line_no"),
                        Optional.ofNullable(row.getObject("po_line_id", UUID.class)),
                        row.getString("description"),
                        Optional.ofNullable(row.getString("hsn_sac")),
                        decimal(row, "quantity", 0),
                        decimal(row, "unit_price", 2),
                        decimal(row, "taxable", 2),
                        decimal(row, "gst_rate", 0),
                        decimal(row, "cgst", 2),
                        decimal(row, "sgst", 2),
                        decimal(row, "igst", 2),
                        Optional.ofNullable(row.getString("expense_account"))))
                .list();
    }

    // Indexes: supplier_invoices_order, then supplier_invoice_lines_pkey. What is dead, or repeats another, takes
    // nothing.
    private static final String EARLIER = """
            select l.po_line_id, sum(l.quantity) as quantity
              from supplier_invoices mine
              join supplier_invoices i on i.tenant_id = mine.tenant_id and i.purchase_order_id = mine.purchase_order_id
                                      and i.arrival < mine.arrival
              join supplier_invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
             where mine.tenant_id = :tenant and mine.id = :invoice
               and i.status not in ('rejected', 'cancelled', 'reversed') and i.duplicate_of is null
               and l.po_line_id is not null
             group by l.po_line_id
            """;

    /** What invoices that came before this one bill of the same order, by the order's line. */
    Map<UUID, BigDecimal> billedEarlier(Tx tx, UUID invoice) {
        return tx.handle()
                .createQuery(EARLIER)
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .reduceRows(new HashMap<UUID, BigDecimal>(), (sums, row) -> {
                    sums.put(row.getColumn("po_line_id", UUID.class), row.getColumn("quantity", BigDecimal.class));
                    return sums;
                });
    }

    // Index: supplier_invoices_supplier. A cancelled invoice counts: its successor is worth a look.
    private static final String HAS_TWIN = """
            select exists (
                   select from supplier_invoices i
                    where i.tenant_id = mine.tenant_id and i.supplier_id = mine.supplier_id and i.total = mine.total
                      and i.currency = mine.currency and i.arrival < mine.arrival
                      and i.invoice_date between mine.invoice_date - 7 and mine.invoice_date + 7
                      and i.duplicate_of is null and i.status <> 'rejected')
              from supplier_invoices mine
             where mine.tenant_id = :tenant and mine.id = :invoice
            """;

    /** An invoice of the supplier over the same total came before it and is dated within a week of it. */
    boolean hasTwin(Tx tx, UUID invoice) {
        return tx.handle()
                .createQuery(HAS_TWIN)
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .mapTo(Boolean.class)
                .one();
    }

    // Index: supplier_invoices_pkey, twice.
    private static final String DUPLICATE_NUMBER = """
            select first.invoice_number
              from supplier_invoices i
              join supplier_invoices first on first.tenant_id = i.tenant_id and first.id = i.duplicate_of
             where i.tenant_id = :tenant and i.id = :invoice
            """;

    /** The supplier's number of the invoice that this one repeats. */
    Optional<String> duplicateNumber(Tx tx, UUID invoice) {
        return tx.handle()
                .createQuery(DUPLICATE_NUMBER)
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .mapTo(String.class)
                .findOne();
    }

    // Index: supplier_invoices_number.
    private static final String LIVING = """
            select id from supplier_invoices
             where tenant_id = :tenant and supplier_id = :supplier and invoice_number_norm = :number
               and fiscal_year = :fiscalYear and duplicate_of is null
               and status not in ('rejected', 'cancelled', 'reversed')
            """;

    /** The invoice that has the number. */
    Optional<UUID> living(Tx tx, UUID supplier, String normalised, String fiscalYear) {
        return tx.handle()
                .createQuery(LIVING)
                .bind("tenant", tx.tenant())
                .bind("supplier", supplier)
                .bind("number", normalised)
                .bind("fiscalYear", fiscalYear)
                .mapTo(UUID.class)
                .findOne();
    }

    // Index: supplier_invoices_pkey.
    private static final String OPEN = """
            select count(*) from supplier_invoices
             where tenant_id = :tenant and status in ('received', 'on_hold') and duplicate_of is null
               and invoice_date between :from and :to
            """;

    /** How many dated in these days are not posted yet, and may be. */
    int open(Tx tx, LocalDate from, LocalDate to) {
        return tx.handle()
                .createQuery(OPEN)
                .bind("tenant", tx.tenant())
                .bind("from", from)
                .bind("to", to)
                .mapTo(Integer.class)
                .one();
    }
}
