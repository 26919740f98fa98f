package dev.millrace.erp.procurement;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code items}. */
public final class ItemRows {
    private static final String SELECT = """
            select id, code, name, hsn_sac, is_service, uqc, gst_rate, standard_cost, active
              from items
             where tenant_id = :tenant
            """;

    // Indexes: items_pkey and items_tenant_id_code_key.
    private static final String FIND = SELECT + " and (id = any(:ids) or code = any(:codes))";

    public List<Item> find(Tx tx, Collection<UUID> ids, Collection<String> codes) {
        return tx.handle()
                .createQuery(FIND)
                .registerArrayType(UUID.class, "uuid")
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .bindArray("codes", String.class, List.copyOf(codes))
                .map(ItemRows::item)
                .list();
    }

    // Index: items_tenant_id_code_key.
    private static final String PAGE = SELECT + " and code > :after order by code limit :limit";

    /**
     * @param after the last code seen; empty for the first page
     */
    public List<Item> page(Tx tx, String after, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bind("limit", limit)
                .map(ItemRows::item)
                .list();
    }

    private static Item item(ResultSet row, StatementContext context) throws SQLException {
        return new Item(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                row.getString("hsn_sac"),
                row.getBoolean("is_service"),
                row.getString("uqc"),
                decimal(row, "gst_rate", 0),
                decimal(row, "standard_cost", 2),
                row.getBoolean("active"));
    }

    private static final String INSERT = """
            insert into items (tenant_id, id, code, name, hsn_sac, is_service, uqc, gst_rate, standard_cost, active)
            values (:tenant, :id, :code, :name, :hsnSac, :isService, :uqc, :gstRate, :standardCost, :active)
            """;

    public void insert(Tx tx, List<Item> items) {
        var batch = tx.handle().prepareBatch(INSERT);
        items.forEach(item -> batch.bind("tenant", tx.tenant())
                .bind("id", item.id())
                .bind("code", item.code())
                .bind("name", item.name())
                .bind("hsnSac", item.hsnSac())
                .bind("isService", item.isService())
                .bind("uqc", item.uqc())
                .bind("gstRate", item.gstRate())
                .bind("standardCost", item.standardCost())
                .bind("active", item.active())
                .add());
        batch.execute();
    }
}
