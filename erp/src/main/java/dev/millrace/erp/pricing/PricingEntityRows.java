package dev.millrace.erp.pricing;

import dev.millrace.erp.core.ReadableEntity;
import java.util.List;
import java.util.Set;

/** What definitions may read of changes of prices. */
public final class PricingEntityRows {
    public static final List<ReadableEntity> ALL =
            List.of(new ReadableEntity(PriceChangeEvents.ENTITY, "id", Set.of(), """
            select p.id, p.item_id, i.code as item_code, i.name as item_name, p.old_price, p.new_price,
                   case when p.old_price = 0 then 100
                        else round((p.new_price - p.old_price) * 100 / p.old_price, 4) end as change_percent,
                   p.margin_percent as margin_percent_after, p.effective_date, p.requested_by::text as requested_by,
                   m.email as requested_by_email, p.status
              from price_changes p
              join items i on i.tenant_id = p.tenant_id and i.id = p.item_id
              join members m on m.tenant_id = p.tenant_id and m.id = p.requested_by
             where p.tenant_id = :tenant"""));

    private PricingEntityRows() {}
}
