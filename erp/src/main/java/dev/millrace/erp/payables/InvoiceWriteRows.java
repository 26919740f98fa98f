package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Line;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;

/** Writes of the tables {@code supplier_invoices} and {@code supplier_invoice_lines}. */
final class InvoiceWriteRows {
    // Where another transaction is just taking in the same number, this waits for its end.
    private static final String INSERT = """
            insert into supplier_invoices
                   (tenant_id, id, internal_number, invoice_number, invoice_number_norm, fiscal_year, supplier_id,
                    purchase_order_id, currency, rate, invoice_date, received_at, due_date, net, cgst, sgst, igst, charges,
                    round_off, total, amount_base, status, duplicate_of, irn)
            values (:tenant, :id, :internalNumber, :invoiceNumber, :normalised, :fiscalYear, :supplier,
                    :order, :currency, :rate, :invoiceDate, millrace_now(), :dueDate, :net, :cgst, :sgst, :igst, :charges,
                    :roundOff, :total, :amountBase, 'received', :duplicateOf, :irn)
                on conflict (tenant_id, supplier_id, invoice_number_norm, fiscal_year)
                      where duplicate_of is null and status not in ('rejected', 'cancelled', 'reversed')
                do nothing
            """;

    /**
     * @return false: the number is there already
     */
    boolean insert(Tx tx, UUID id, String internalNumber, CheckedInvoice invoice, Optional<UUID> duplicateOf) {
        return tx.handle()
                        .createUpdate(INSERT)
                        .bind("tenant", tx.tenant())
                        .bind("id", id)
                        .bind("internalNumber", internalNumber)
                        .bind("invoiceNumber", invoice.number())
                        .bind("normalised", invoice.normalised())
                        .bind("fiscalYear", invoice.fiscalYear())
                        .bind("supplier", invoice.supplier())
                        .bind("order", invoice.order())
                        .bind("currency", invoice.currency())
                        .bind("rate", invoice.rate())
                        .bind("invoiceDate", invoice.invoiceDate())
                        .bind("dueDate", invoice.dueDate())
                        .bind("net", invoice.net())
                        .bind("cgst", invoice.sum(Line::cgst))
                        .bind("sgst", invoice.sum(Line::sgst))
                        .bind("igst", invoice.sum(Line::igst))
                        .bind("charges", invoice.charges())
                        .bind("roundOff", invoice.roundOff())
                        .bind("total", invoice.total())
                        .bind("amountBase", invoice.amountBase())
                        .bind("duplicateOf", duplicateOf)
                        .bind("irn", invoice.irn())
                        .execute()
                == 1;
    }

    private static final String INSERT_LINE = """
            insert into supplier_invoice_lines
                   (tenant_id, invoice_id, line_no, po_line_id, description, hsn_sac, quantity, unit_price, taxable, gst_rate,
                    cgst, sgst, igst, expense_account)
            values (:tenant, :invoice, :lineNo, :poLine, :description, :hsnSac, :quantity, :unitPrice, :taxable, :gstRate,
                    :cgst, :sgst, :igst, :expenseAccount)
            """;

    void insertLines(Tx tx, UUID invoice, List<Line> lines) {
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        lines.forEach(line -> batch.bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .bind("lineNo", line.lineNo())
                .bind("poLine", line.poLineId())
                .bind("description", line.description())
                .bind("hsnSac", line.hsnSac())
                .bind("quantity", line.quantity())
                .bind("unitPrice", line.unitPrice())
                .bind("taxable", line.taxable())
                .bind("gstRate", line.gstRate())
                .bind("cgst", line.cgst())
                .bind("sgst", line.sgst())
                .bind("igst", line.igst())
                .bind("expenseAccount", line.expenseAccount())
                .add());
        batch.execute();
    }

    // Index: supplier_invoices_pkey, as of all that follow.
    private static final String BLOCK = """
            update supplier_invoices
               set status = 'on_hold', hold_code = :code, hold_reason = :reason, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('received', 'on_hold')
            """;

    void block(Tx tx, UUID id, HoldCode code, String reason) {
        must(update(tx, BLOCK, id).bind("code", InvoiceRows.text(code)).bind("reason", reason), id);
    }

    private static final String LIFT = """
            update supplier_invoices
               set status = 'received', hold_code = null, hold_reason = null, version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('on_hold')
            """;

    void lift(Tx tx, UUID id) {
        must(update(tx, LIFT, id), id);
    }

    private static final String END = """
            update supplier_invoices
               set status = :status, end_reason = :reason, hold_code = null, hold_reason = null, open_amount = 0,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status = :from
            """;

    /** Rejected, cancelled or reversed. */
    void end(Tx tx, Header header, String status, String reason) {
        must(
                update(tx, END, header.id())
                        .bind("status", status)
                        .bind("from", InvoiceRows.text(header.status()))
                        .bind("reason", reason),
                header.id());
    }

    private static final String RELEASE = """
            update supplier_invoices
               set status = 'released', open_amount = total, hold_code = null, hold_reason = null, journal_id = :journal,
                   approval_id = :approval, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('received', 'on_hold') and duplicate_of is null
            """;

    void release(Tx tx, UUID id, UUID journal, Optional<UUID> approval) {
        must(update(tx, RELEASE, id).bind("journal", journal).bind("approval", approval), id);
    }

    private static Update update(Tx tx, String sql, UUID id) {
        return tx.handle().createUpdate(sql).bind("tenant", tx.tenant()).bind("id", id);
    }

    private static void must(Update update, UUID id) {
        if (update.execute() != 1) {
            throw new IllegalStateException("supplier invoice " + id + " changed while its row was locked");
        }
    }
}
