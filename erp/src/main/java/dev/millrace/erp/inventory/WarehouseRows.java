package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code warehouses}. */
public final class WarehouseRows {
    private static final String SELECT = """
            select id, code, name, state_code, address_line1, city, pin, is_default, active
              from warehouses
             where tenant_id = :tenant
            """;

    // Index: warehouses_tenant_id_code_key.
    private static final String ALL = SELECT + " order by code";

    public List<Warehouse> all(Tx tx) {
        return tx.handle()
                .createQuery(ALL)
                .bind("tenant", tx.tenant())
                .map(WarehouseRows::warehouse)
                .list();
    }

    // Index: warehouses_pkey.
    private static final String FIND = SELECT + " and id = any(:ids)";

    public List<Warehouse> find(Tx tx, Collection<UUID> ids) {
        return tx.handle()
                .createQuery(FIND)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map(WarehouseRows::warehouse)
                .list();
    }

    public Optional<Warehouse> byId(Tx tx, UUID id) {
        return find(tx, List.of(id)).stream().findFirst();
    }

    // Index: warehouses_default.
    private static final String USUAL = SELECT + " and is_default and active";

    /** Where goods go when an order does not say. */
    public Optional<Warehouse> usual(Tx tx) {
        return tx.handle()
                .createQuery(USUAL)
                .bind("tenant", tx.tenant())
                .map(WarehouseRows::warehouse)
                .findOne();
    }

    private static Warehouse warehouse(ResultSet row, StatementContext context) throws SQLException {
        return new Warehouse(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                Optional.ofNullable(row.getString("state_code")),
                Optional.ofNullable(row.getString("address_line1")),
                Optional.ofNullable(row.getString("city")),
                Optional.ofNullable(row.getString("pin")),
                row.getBoolean("is_default"),
                row.getBoolean("active"));
    }

    private static final String INSERT = """
            insert into warehouses (tenant_id, id, code, name, state_code, address_line1, city, pin, is_default, active)
            values (:tenant, :id, :code, :name, :stateCode, :addressLine1, :city, :pin, :isDefault, :active)
            """;

    public void insert(Tx tx, List<Warehouse> warehouses) {
        var batch = tx.handle().prepareBatch(INSERT);
        warehouses.forEach(warehouse -> batch.bind("tenant", tx.tenant())
                .bind("id", warehouse.id())
                .bind("code", warehouse.code())
                .bind("name", warehouse.name())
                .bind("stateCode", warehouse.stateCode())
                .bind("addressLine1", warehouse.addressLine1())
                .bind("city", warehouse.city())
                .bind("pin", warehouse.pin())
                .bind("isDefault", warehouse.isDefault())
                .bind("active", warehouse.active())
                .add());
        batch.execute();
    }
}
