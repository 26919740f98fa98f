package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Versioned;
import dev.millrace.erp.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
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

    // Index: warehouses_pkey.
    private static final String VERSIONED = SELECT.replace("active", "active, version") + " and id = :id";

    /** With the number of its version. */
    public Optional<Versioned<Warehouse>> versioned(Tx tx, UUID id) {
        return versioned(tx, VERSIONED, id);
    }

    // Index: warehouses_pkey. Weaker than a delete's lock, so that rows that refer to it may still be written.
    private static final String HOLD = VERSIONED + " for no key update";

    /** It stays as it is until the transaction ends. */
    public Optional<Versioned<Warehouse>> hold(Tx tx, UUID id) {
        return versioned(tx, HOLD, id);
    }

    private static Optional<Versioned<Warehouse>> versioned(Tx tx, String sql, UUID id) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> new Versioned<>(warehouse(row, context), row.getInt("version")))
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
        warehouses.forEach(warehouse -> bind(batch, tx, warehouse).add());
        batch.execute();
    }

    // Index: warehouses_pkey.
    private static final String UPDATE = """
            update warehouses
               set name = :name, state_code = :stateCode, address_line1 = :addressLine1, city = :city, pin = :pin,
                   is_default = :isDefault, active = :active, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    /** All but its code. */
    public void update(Tx tx, Warehouse warehouse) {
        bind(tx.handle().createUpdate(UPDATE), tx, warehouse).execute();
    }

    // Index: warehouses_default.
    private static final String CLEAR_DEFAULT = """
            update warehouses set is_default = false, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and is_default and id <> :id
            """;

    /** Goods go by default to another one from now on. */
    public void clearDefault(Tx tx, UUID other) {
        tx.handle()
                .createUpdate(CLEAR_DEFAULT)
                .bind("tenant", tx.tenant())
                .bind("id", other)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Tx tx, Warehouse warehouse) {
        return statement
                .bind("tenant", tx.tenant())
                .bind("id", warehouse.id())
                .bind("code", warehouse.code())
                .bind("name", warehouse.name())
                .bind("stateCode", warehouse.stateCode())
                .bind("addressLine1", warehouse.addressLine1())
                .bind("city", warehouse.city())
                .bind("pin", warehouse.pin())
                .bind("isDefault", warehouse.isDefault())
                .bind("active", warehouse.active());
    }
}
