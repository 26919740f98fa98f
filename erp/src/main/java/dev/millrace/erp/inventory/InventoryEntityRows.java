package dev.millrace.erp.inventory;

import dev.millrace.erp.core.ReadableEntity;
import java.util.List;
import java.util.Set;

/** What definitions may read of items and stock. */
public final class InventoryEntityRows {
    private static final ReadableEntity ITEM = new ReadableEntity(StockEvents.ITEM, "item_code", Set.of(), """
            select id, code as item_code, name, hsn_sac, is_service, uqc as unit, gst_rate, standard_cost,
                   coalesce(sales_price, 0) as sales_price, is_critical, preferred_supplier_id
              from items
             where tenant_id = :tenant""");

    private static final ReadableEntity STOCK =
            new ReadableEntity(StockEvents.STOCK, "item_id, warehouse_id", "item_code", Set.of(), """
                    select s.item_id, i.code as item_code, i.name as item_name, s.warehouse_id, w.name as warehouse_name,
                           s.on_hand as quantity_on_hand, s.reserved as quantity_reserved,
                           s.on_order as quantity_on_order, s.average_cost, s.reorder_level,
                           s.reorder_qty as reorder_quantity
                      from stock_levels s
                      join items i on i.tenant_id = s.tenant_id and i.id = s.item_id
                      join warehouses w on w.tenant_id = s.tenant_id and w.id = s.warehouse_id
                     where s.tenant_id = :tenant""");

    public static final List<ReadableEntity> ALL = List.of(ITEM, STOCK);

    private InventoryEntityRows() {}
}
