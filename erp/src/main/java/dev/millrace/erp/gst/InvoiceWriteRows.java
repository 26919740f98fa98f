package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.SalesInvoice.Registered;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.databind.node.ObjectNode;

/** Writes of the tables {@code sales_invoices} and {@code sales_invoice_lines}. */
public final class InvoiceWriteRows {
    private static final String INSERT = """
            insert into sales_invoices
                   (tenant_id, id, customer_id, sales_order_id, tax_paid, ship_to, currency, status, created_by)
            values (:tenant, :id, :customer, :order, :taxPaid, :shipTo::json, :currency, 'draft', :by)
            """;

    private static final String INSERT_LINE = """
            insert into sales_invoice_lines
                   (tenant_id, sales_invoice_id, line_no, item_id, description, hsn_sac, is_service, uqc, quantity,
                    unit_price, discount, taxable, gst_rate)
            values (:tenant, :id, :lineNo, :item, :description, :hsnSac, :isService, :uqc, :quantity, :unitPrice, :discount,
                    :taxable, :gstRate)
            """;

    /** A draft, with its lines. */
    public void insert(Tx tx, SalesInvoice draft, String by) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", draft.id())
                .bind("customer", draft.customerId())
                .bind("order", draft.salesOrderId())
                .bind("taxPaid", draft.taxPaid())
                .bind("shipTo", draft.shipTo().map(to -> Json.write(Json.tree(to))))
                .bind("currency", draft.currency())
                .bind("by", by)
                .execute();
        var batch = tx.handle().prepareBatch(INSERT_LINE);
        draft.lines()
                .forEach(line -> batch.bind("tenant", tx.tenant())
                        .bind("id", draft.id())
                        .bind("lineNo", line.lineNo())
                        .bind("item", line.itemId())
                        .bind("description", line.description())
                        .bind("hsnSac", line.hsnSac())
                        .bind("isService", line.isService())
                        .bind("uqc", line.uqc())
                        .bind("quantity", line.quantity())
                        .bind("unitPrice", line.unitPrice())
                        .bind("discount", line.discount())
                        .bind("taxable", line.taxable())
                        .bind("gstRate", line.gstRate())
                        .add());
        batch.execute();
    }

    // Index: sales_invoice_lines_pkey.
    private static final String TAX_LINE = """
            update sales_invoice_lines set cgst = :cgst, sgst = :sgst, igst = :igst
             where tenant_id = :tenant and sales_invoice_id = :id and line_no = :lineNo
            """;

    // Index: sales_invoices_pkey.
    private static final String POST = """
            update sales_invoices
               set number = :number, date = :date, due_date = :dueDate, place_of_supply = :place, supply_type = :supplyType,
                   reverse_charge = :reverseCharge, customer_name = :customerName, customer_gstin = :customerGstin,
                   e_way_bill_required = :eWayBill, taxable = :taxable, cgst = :cgst, sgst = :sgst, igst = :igst,
                   cess = :cess, round_off = :roundOff, total = :total, open_amount = :total, inv01 = :inv01::json,
                   einvoice_status = case when :inv01::text is null then 'not_required' else 'pending' end,
                   journal_id = :journal, status = 'posted', version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('draft')
            returning id
            """;

    /**
     * Numbers, taxes and posts a draft.
     *
     * @param inv01 empty: it is none for the portal
     * @param journal empty: it comes to nothing, so that there is nothing to post
     * @return false: it was no draft any more; so too with the others
     */
    public boolean post(Tx tx, SalesInvoice invoice, Optional<ObjectNode> inv01, Optional<UUID> journal) {
        var batch = tx.handle().prepareBatch(TAX_LINE);
        invoice.lines()
                .forEach(line -> batch.bind("tenant", tx.tenant())
                        .bind("id", invoice.id())
                        .bind("lineNo", line.lineNo())
                        .bind("cgst", line.cgst())
                        .bind("sgst", line.sgst())
                        .bind("igst", line.igst())
                        .add());
        batch.execute();
        Made made = invoice.made().orElseThrow();
        Amounts amounts = invoice.amounts();
        return changed(query(tx, POST, invoice.id())
                .bind("number", made.number())
                .bind("date", made.date())
                .bind("dueDate", made.dueDate())
                .bind("place", made.placeOfSupply())
                .bind("supplyType", made.supplyType())
                .bind("reverseCharge", made.reverseCharge())
                .bind("customerName", made.customerName())
                .bind("customerGstin", made.customerGstin())
                .bind("eWayBill", made.eWayBillRequired())
                .bind("taxable", amounts.taxable())
                .bind("cgst", amounts.cgst())
                .bind("sgst", amounts.sgst())
                .bind("igst", amounts.igst())
                .bind("cess", amounts.cess())
                .bind("roundOff", amounts.roundOff())
                .bind("total", amounts.total())
                .bind("inv01", inv01.map(Json::write))
                .bind("journal", journal));
    }

    // Index: sales_invoices_pkey.
    private static final String REGISTER = """
            update sales_invoices
               set einvoice_status = 'registered', einvoice_error = null, irn = :irn, ack_no = :ackNo, ack_at = :ackAt,
                   signed_qr = :signedQr, e_way_bill_no = :eWayBillNo, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and einvoice_status in ('pending', 'failed')
            returning id
            """;

    /** Keeps what the portal gave. */
    public boolean register(Tx tx, UUID id, Registered registered) {
        return changed(query(tx, REGISTER, id)
                .bind("irn", registered.irn())
                .bind("ackNo", registered.ackNo())
                .bind("ackAt", registered.ackAt())
                .bind("signedQr", registered.signedQr())
                .bind("eWayBillNo", registered.eWayBillNo()));
    }

    // Index: sales_invoices_pkey. The same refusal once more changes nothing.
    private static final String FAIL = """
            update sales_invoices
               set einvoice_status = 'failed', einvoice_error = :error, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
               and (einvoice_status in ('pending') or einvoice_status in ('failed') and einvoice_error <> :error)
            returning id
            """;

    /** The portal refused it. */
    public boolean fail(Tx tx, UUID id, String error) {
        return changed(query(tx, FAIL, id).bind("error", error));
    }

    // Index: sales_invoices_pkey.
    private static final String CANCEL = """
            update sales_invoices
               set status = 'cancelled', cancelled_at = :at, cancel_reason = :reason,
                   einvoice_status = case when einvoice_status = 'registered' then 'cancelled' else einvoice_status end,
                   open_amount = 0, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('posted')
            returning id
            """;

    /**
     * Cancels it here and, if it was registered, says that it is cancelled at the portal.
     *
     * @param at when it was cancelled there
     */
    public boolean cancel(Tx tx, UUID id, Instant at, String reason) {
        return changed(query(tx, CANCEL, id).bind("at", at).bind("reason", reason));
    }

    private static Query query(Tx tx, String sql, UUID id) {
        return tx.handle().createQuery(sql).bind("tenant", tx.tenant()).bind("id", id);
    }

    private static boolean changed(Query update) {
        return update.mapTo(UUID.class).findOne().isPresent();
    }
}
