package dev.millrace.erp.gst;

import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.language.EntityType;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What definitions may read of sales invoices and of returns. */
public final class GstEntityRows {
    /** What was not invoiced yet has no number and is none. */
    private static final ReadableEntity INVOICE = new ReadableEntity(
            SalesInvoiceEvents.ENTITY,
            "invoice_number",
            Set.of("taxable_value", "cgst", "sgst", "igst", "total_amount", "open_amount"),
            """
            select i.id, i.number as invoice_number, i.sales_order_id, i.customer_id, i.customer_name,
                   c.email as customer_email, i.customer_gstin, i.place_of_supply::text as place_of_supply, i.supply_type,
                   i.taxable as taxable_value, i.cgst, i.sgst, i.igst, i.total as total_amount,
                   i.currency::text as currency, i.einvoice_status <> 'not_required' as e_invoice_required,
                   i.date as invoice_date, i.due_date, i.open_amount, i.status, i.einvoice_status, i.irn
              from sales_invoices i
              join customers c on c.tenant_id = i.tenant_id and c.id = i.customer_id
             where i.tenant_id = :tenant and i.number is not null""");

    private static final ReadableEntity PERIOD = new ReadableEntity(
            new EntityType("gst_period", "finance", RecordShapes.of(PeriodRow.class)), "period", Set.of(), """
            select id, period::text as period, gstr1_status = 'filed' as gstr1_filed,
                   gstr3b_status = 'filed' as gstr3b_filed, gstr1_due, gstr3b_due, arn
              from gst_periods
             where tenant_id = :tenant""");

    public static final List<ReadableEntity> ALL = List.of(INVOICE, PERIOD);

    private GstEntityRows() {}

    /** The returns of a month, as a query sees them. */
    public record PeriodRow(
            @Describe("The id") UUID id,
            @Describe("The month, such as 2026-11") String period,
            @Describe("GSTR-1 is filed") boolean gstr1Filed,
            @Describe("GSTR-3B is filed") boolean gstr3bFiled,
            @Describe("By when GSTR-1 is to be filed") LocalDate gstr1Due,
            @Describe("By when GSTR-3B is to be filed") LocalDate gstr3bDue,
            @Describe("The portal's number of the return") Optional<String> arn) {}
}
