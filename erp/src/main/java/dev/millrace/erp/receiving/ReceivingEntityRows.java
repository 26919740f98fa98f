package dev.millrace.erp.receiving;

import dev.millrace.erp.core.ReadableEntity;
import java.util.List;
import java.util.Set;

/** What definitions may read of goods receipts. */
public final class ReceivingEntityRows {
    public static final List<ReadableEntity> ALL =
            List.of(new ReadableEntity(ReceiptEvents.ENTITY, "grn_number", Set.of("value"), """
                    select r.id, r.number as grn_number, r.purchase_order_id, o.number as po_number, o.supplier_id,
                           s.name as supplier_name, r.warehouse_id,
                           (select coalesce(jsonb_agg(jsonb_build_object(
                                       'line_no', l.line_no, 'po_line_id', l.po_line_id, 'item_id', l.item_id,
                                       'item_code', i.code, 'quantity', trim_scale(l.quantity),
                                       'accepted_quantity', trim_scale(l.accepted),
                                       'rejected_quantity', trim_scale(l.rejected)) order by l.line_no), '[]')
                              from goods_receipt_lines l
                              join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
                             where l.tenant_id = r.tenant_id and l.goods_receipt_id = r.id) as lines,
                           (select sum(l.rejected) from goods_receipt_lines l
                             where l.tenant_id = r.tenant_id and l.goods_receipt_id = r.id) as rejected_quantity,
                           r.value, r.currency::text as currency, o.status in ('received', 'closed') as order_complete,
                           r.received_by, r.created_at as posted_at, r.status
                      from goods_receipts r
                      join purchase_orders o on o.tenant_id = r.tenant_id and o.id = r.purchase_order_id
                      join suppliers s on s.tenant_id = o.tenant_id and s.id = o.supplier_id
                     where r.tenant_id = :tenant"""));

    private ReceivingEntityRows() {}
}
