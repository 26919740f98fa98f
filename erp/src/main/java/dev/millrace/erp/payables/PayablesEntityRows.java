package dev.millrace.erp.payables;

import dev.millrace.erp.core.ReadableEntity;
import java.util.List;
import java.util.Set;

/** What definitions may read of suppliers' invoices. */
public final class PayablesEntityRows {
    public static final List<ReadableEntity> ALL = List.of(new ReadableEntity(
            InvoiceEvents.ENTITY,
            "internal_number",
            Set.of("net_amount", "tax_amount", "total_amount", "amount_base", "open_amount"),
            """
            select i.id, i.invoice_number, i.internal_number, i.supplier_id, s.name as supplier_name,
                   s.email as supplier_email, s.gstin as supplier_gstin, s.msme in ('micro', 'small') as supplier_msme,
                   i.purchase_order_id, o.number as po_number, i.invoice_date, i.due_date, i.net as net_amount,
                   i.cgst + i.sgst + i.igst as tax_amount, i.total as total_amount, i.currency::text as currency,
                   i.amount_base, i.status, i.received_at, i.open_amount, to_char(i.invoice_date, 'YYYY-MM') as period,
                   i.hold_code, i.hold_reason, i.match_outcome, i.duplicate_of, i.journal_id
              from supplier_invoices i
              join suppliers s on s.tenant_id = i.tenant_id and s.id = i.supplier_id
              left join purchase_orders o on o.tenant_id = i.tenant_id and o.id = i.purchase_order_id
             where i.tenant_id = :tenant"""));

    private PayablesEntityRows() {}
}
