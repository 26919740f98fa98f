package dev.millrace.erp.inventory;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockLevel;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code stock_levels}. */
final class StockLevelRows {
    private static final String SELECT = """
            select s.item_id, s.warehouse_id, i.code as item_code, i.name as item_name, i.uqc, w.code as warehouse_code,
                   w.name as warehouse_name, s.on_hand, s.reserved, s.on_order, s.average_cost, s.value, s.reorder_level,
                   s.reorder_qty, s.allow_negative, s.below_since, s.moves
              from stock_levels s
              join items i on i.tenant_id = s.tenant_id and i.id = s.item_id
              join warehouses w on w.tenant_id = s.tenant_id and w.id = s.warehouse_id
             where s.tenant_id = :tenant
            """;

    // Index: stock_levels_pkey.
    private static final String ONE = SELECT + " and s.item_id = :item and s.warehouse_id = :warehouse";

    Optional<StockLevel> find(Tx tx, StockKey key) {
        return query(tx, ONE, key).map(StockLevelRows::level).findOne();
    }

    // Index: stock_levels_pkey.
    private static final String OPEN = """
            insert into stock_levels (tenant_id, item_id, warehouse_id)
            values (:tenant, :item, :warehouse)
                on conflict (tenant_id, item_id, warehouse_id) do nothing
            """;

    // Index: stock_levels_pkey.
    private static final String HOLD = ONE + " for update of s";

    /** Makes the level if there is none; it stays as it is until the transaction ends. */
    StockLevel hold(Tx tx, StockKey key) {
        return query(tx, HOLD, key).map(StockLevelRows::level).findOne().orElseGet(() -> {
            tx.handle()
                    .createUpdate(OPEN)
                    .bind("tenant", tx.tenant())
                    .bind("item", key.item())
                    .bind("warehouse", key.warehouse())
                    .execute();
            return query(tx, HOLD, key).map(StockLevelRows::level).one();
        });
    }

    // Index: items_tenant_id_code_key or warehouses_pkey, then stock_levels_pkey.
    private static final String PAGE = SELECT + """
                       and (:warehouse::uuid is null or s.warehouse_id = :warehouse::uuid)
                       and (not :below or s.below_since is not null)
                       and (i.code, w.code) > (:afterItem, :afterWarehouse)
                     order by i.code, w.code
                     limit :limit
                    """;

    /** By item's and warehouse's code. */
    List<StockLevel> page(
            Tx tx, Optional<UUID> warehouse, boolean below, String afterItem, String afterWarehouse, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("warehouse", warehouse)
                .bind("below", below)
                .bind("afterItem", afterItem)
                .bind("afterWarehouse", afterWarehouse)
                .bind("limit", limit)
                .map(StockLevelRows::level)
                .list();
    }

    // Index: stock_levels_pkey. The row is held; the guard refuses all the same what must never be.
    private static final String MOVE = """
            update stock_levels
               set on_hand = on_hand + :quantity, value = value + :value, average_cost = :averageCost,
                   reserved = reserved - :released, on_order = greatest(on_order - :arrived, 0), moves = moves + 1,
                   version = version + 1, updated_at = millrace_now(),
                   below_since = case
                       when reorder_qty > 0
                        and on_hand + :quantity + greatest(on_order - :arrived, 0) - (reserved - :released) <= reorder_level
                       then coalesce(below_since, millrace_now()) end
             where tenant_id = :tenant and item_id = :item and warehouse_id = :warehouse and moves = :moves
               and (on_hand + :quantity >= 0 or :quantity > 0 or allow_negative) and reserved >= :released
            returning moves
            """;

    /**
     * @return false: the guard refused it
     */
    boolean move(Tx tx, Valued valued) {
        Move move = valued.move();
        return changed(query(tx, MOVE, move.key())
                .bind("moves", valued.before().moves())
                .bind("quantity", move.quantity())
                .bind("value", valued.value())
                .bind("averageCost", valued.averageAfter())
                .bind("released", move.released())
                .bind("arrived", move.arrived()));
    }

    // Index: stock_levels_pkey.
    private static final String PLAN = """
            update stock_levels
               set reserved = reserved + :reserved, on_order = greatest(on_order + :onOrder, 0), version = version + 1,
                   updated_at = millrace_now(),
                   below_since = case
                       when reorder_qty > 0
                        and on_hand + greatest(on_order + :onOrder, 0) - (reserved + :reserved) <= reorder_level
                       then coalesce(below_since, millrace_now()) end
             where tenant_id = :tenant and item_id = :item and warehouse_id = :warehouse and reserved + :reserved >= 0
               and (:reserved <= 0 or reserved + :reserved <= on_hand or allow_negative)
            returning moves
            """;

    /**
     * Changes what is promised and what is on order. More is promised only of what is there.
     *
     * @return false: the guard refused it
     */
    boolean plan(Tx tx, StockKey key, BigDecimal reserved, BigDecimal onOrder) {
        return changed(query(tx, PLAN, key).bind("reserved", reserved).bind("onOrder", onOrder));
    }

    // Index: stock_levels_pkey.
    private static final String WATCH = """
            update stock_levels
               set reorder_level = :level, reorder_qty = :quantity, version = version + 1, updated_at = millrace_now(),
                   below_since = case
                       when :quantity > 0 and on_hand + on_order - reserved <= :level
                       then coalesce(below_since, millrace_now()) end
             where tenant_id = :tenant and item_id = :item and warehouse_id = :warehouse
            returning moves
            """;

    void watch(Tx tx, StockKey key, BigDecimal level, BigDecimal quantity) {
        changed(query(tx, WATCH, key).bind("level", level).bind("quantity", quantity));
    }

    // Index: stock_levels_pkey.
    private static final String KEPT = """
            select distinct item_id from stock_levels
             where tenant_id = :tenant and item_id = any(:items) and moves > 0
            """;

    /** Those of which something was ever in stock. */
    Set<UUID> kept(Tx tx, List<UUID> items) {
        return tx.handle()
                .createQuery(KEPT)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bindArray("items", UUID.class, items)
                .mapTo(UUID.class)
                .set();
    }

    private static Query query(Tx tx, String sql, StockKey key) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("item", key.item())
                .bind("warehouse", key.warehouse());
    }

    private static boolean changed(Query update) {
        return update.mapTo(Long.class).findOne().isPresent();
    }

    private static StockLevel level(ResultSet row, StatementContext context) throws SQLException {
        return new StockLevel(
                new StockKey(row.getObject("item_id", UUID.class), row.getObject("warehouse_id", UUID.class)),
                row.getString("item_code"),
                row.getString("item_name"),
                row.getString("uqc"),
                row.getString("warehouse_code"),
                row.getString("warehouse_name"),
                decimal(row, "on_hand", 0),
                decimal(row, "reserved", 0),
                decimal(row, "on_order", 0),
                decimal(row, "average_cost", 2),
                decimal(row, "value", 2),
                decimal(row, "reorder_level", 0),
                decimal(row, "reorder_qty", 0),
                row.getBoolean("allow_negative"),
                instant(row, "below_since"),
                row.getLong("moves"));
    }
}
