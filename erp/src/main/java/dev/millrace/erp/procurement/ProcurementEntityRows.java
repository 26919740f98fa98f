package dev.millrace.erp.procurement;

import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.language.EntityType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What definitions may read of orders and suppliers. */
public final class ProcurementEntityRows {
    private static final ReadableEntity ORDER = new ReadableEntity(
            OrderEvents.ENTITY, "po_number", Set.of("total_amount", "net_amount", "tax_amount", "amount_base"), """
                    select o.id, o.number as po_number, o.supplier_id, s.name as supplier_name, s.email as supplier_email,
                           s.phone as supplier_phone,
                           not exists (select from purchase_orders p
                                        where p.tenant_id = o.tenant_id and p.supplier_id = o.supplier_id and p.id <> o.id
                                          and p.created_at between o.created_at - interval '12 months' and o.created_at
                                          and p.status not in ('draft', 'cancelled')) as supplier_is_new,
                           o.total as total_amount, o.net as net_amount, o.tax as tax_amount, o.currency::text as currency,
                           o.amount_base, o.category, o.cost_center, o.requested_by::text as requested_by,
                           m.name as requested_by_name, m.email as requested_by_email, o.needed_by,
                           (select count(*)::int from purchase_order_lines l
                             where l.tenant_id = o.tenant_id and l.purchase_order_id = o.id) as line_count,
                           (select coalesce(jsonb_agg(jsonb_build_object(
                                       'line_no', l.line_no, 'item_id', l.item_id, 'item_code', i.code,
                                       'description', l.description, 'quantity', trim_scale(l.quantity),
                                       'unit_price', trim_scale(l.unit_price), 'gst_rate', trim_scale(l.gst_rate),
                                       'amount', round(l.amount, 2)) order by l.line_no), '[]')
                              from purchase_order_lines l
                              join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
                             where l.tenant_id = o.tenant_id and l.purchase_order_id = o.id) as lines,
                           o.status, o.created_at, o.received_percent, o.invoiced_percent, o.locked_at, o.approval_id
                      from purchase_orders o
                      join suppliers s on s.tenant_id = o.tenant_id and s.id = o.supplier_id
                      join members m on m.tenant_id = o.tenant_id and m.id = o.requested_by
                     where o.tenant_id = :tenant""");

    private static final ReadableEntity SUPPLIER = new ReadableEntity(
            new EntityType("supplier", "procurement", RecordShapes.of(SupplierRow.class)),
            "supplier_code",
            Set.of(),
            """
            select id, code as supplier_code, name, gstin, pan, msme in ('micro', 'small') as msme, country::text as country,
                   email, category, expected_annual_spend, bank_verified, created_at, status, currency::text as currency, payment_terms_days
              from suppliers
             where tenant_id = :tenant""");

    public static final List<ReadableEntity> ALL = List.of(ORDER, SUPPLIER);

    private ProcurementEntityRows() {}

    /** Where a supplier stands. */
    public enum Standing {
        NEW,
        ACTIVE,
        BLOCKED,
        REJECTED
    }

    /** A supplier, as a query sees it. */
    public record SupplierRow(
            @Describe("The supplier's id") UUID id,
            @Describe("The supplier's code") String supplierCode,
            @Describe("The supplier's name") String name,
            @Describe("Tax number") Optional<String> gstin,
            @Describe("Income tax number") Optional<String> pan,
            @Describe("A micro or small enterprise") boolean msme,
            @Describe("Two letters") String country,
            @Describe("Where it gets mail") Optional<String> email,
            @Describe("Spend area") Optional<String> category,

            @Describe("In the company's currency") Optional<BigDecimal> expectedAnnualSpend,

            @Describe("Its bank data were checked") boolean bankVerified,
            @Describe("Since when it is known") Instant createdAt,
            @Describe("Where it stands") Standing status,

            @Describe(value = "What it is usually paid in", as = Describe.As.CURRENCY)
            String currency,

            @Describe("Days from the invoice's acceptance") int paymentTermsDays) {}
}
