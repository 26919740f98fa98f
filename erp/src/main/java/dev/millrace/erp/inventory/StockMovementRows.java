package dev.millrace.erp.inventory;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockMovement;
import dev.millrace.erp.StockMovement.Reason;
import dev.millrace.erp.StockMovement.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code stock_movements}. */
final class StockMovementRows {
    private static final String SELECT = """
            select id, item_id, warehouse_id, seq, quantity, on_hand_after, unit_cost, value, reason, note, source_type,
                   source_id, journal_id, moved_by, created_at
              from stock_movements
             where tenant_id = :tenant
            """;

    // Index: stock_movements_tenant_id_item_id_warehouse_id_seq_key where an item is named, else stock_movements_time.
    private static final String PAGE = SELECT + """
               and (:item::uuid is null or item_id = :item::uuid)
               and (:warehouse::uuid is null or warehouse_id = :warehouse::uuid)
               and (:before::uuid is null or id < :before::uuid)
             order by id desc
             limit :limit
            """;

    /** Newest first. */
    List<StockMovement> page(Tx tx, Optional<UUID> item, Optional<UUID> warehouse, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("item", item)
                .bind("warehouse", warehouse)
                .bind("before", before)
                .bind("limit", limit)
                .map(StockMovementRows::movement)
                .list();
    }

    // Index: stock_movements_tenant_id_item_id_warehouse_id_seq_key.
    private static final String FIRST = SELECT + " and item_id = :item and warehouse_id = :warehouse and seq = 1";

    /** With which the level began. */
    Optional<StockMovement> first(Tx tx, StockKey key) {
        return tx.handle()
                .createQuery(FIRST)
                .bind("tenant", tx.tenant())
                .bind("item", key.item())
                .bind("warehouse", key.warehouse())
                .map(StockMovementRows::movement)
                .findOne();
    }

    private static final String INSERT = """
            insert into stock_movements
                   (tenant_id, id, item_id, warehouse_id, seq, quantity, on_hand_after, unit_cost, value, reason, note,
                    source_type, source_id, journal_id, moved_by)
            values (:tenant, :id, :item, :warehouse, :seq, :quantity, :onHandAfter, :unitCost, :value, :reason, :note,
                    :sourceType, :sourceId, :journal, :movedBy)
            returning id, item_id, warehouse_id, seq, quantity, on_hand_after, unit_cost, value, reason, note, source_type,
                      source_id, journal_id, moved_by, created_at
            """;

    StockMovement insert(Tx tx, Valued valued, Optional<UUID> journal, String movedBy) {
        Move move = valued.move();
        return tx.handle()
                .createQuery(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", valued.id())
                .bind("item", move.key().item())
                .bind("warehouse", move.key().warehouse())
                .bind("seq", valued.before().moves() + 1)
                .bind("quantity", move.quantity())
                .bind("onHandAfter", valued.onHandAfter())
                .bind("unitCost", valued.unitCost())
                .bind("value", valued.value())
                .bind("reason", move.reason().text())
                .bind("note", move.note())
                .bind("sourceType", move.source().map(Source::type))
                .bind("sourceId", move.source().map(Source::id))
                .bind("journal", journal)
                .bind("movedBy", movedBy)
                .map(StockMovementRows::movement)
                .one();
    }

    private static StockMovement movement(ResultSet row, StatementContext context) throws SQLException {
        UUID sourceId = row.getObject("source_id", UUID.class);
        return new StockMovement(
                row.getObject("id", UUID.class),
                new StockKey(row.getObject("item_id", UUID.class), row.getObject("warehouse_id", UUID.class)),
                row.getLong("seq"),
                decimal(row, "quantity", 0),
                decimal(row, "on_hand_after", 0),
                decimal(row, "unit_cost", 2),
                decimal(row, "value", 2),
                Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("note")),
                sourceId == null ? Optional.empty() : Optional.of(new Source(row.getString("source_type"), sourceId)),
                Optional.ofNullable(row.getObject("journal_id", UUID.class)),
                row.getString("moved_by"),
                instant(row, "created_at").orElseThrow());
    }
}
