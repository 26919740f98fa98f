package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lists of stock for those who look at it. */
public final class StockReader {
    private final StockLevelRows levels = new StockLevelRows();
    private final StockMovementRows movements = new StockMovementRows();

    public List<StockLevel> levels(
            Tx tx, Optional<UUID> warehouse, boolean below, String afterItem, String afterWarehouse, int limit) {
        return levels.page(tx, warehouse, below, afterItem, afterWarehouse, limit);
    }

    /** With which a level began; empty: nothing ever moved. */
    public Optional<StockMovement> first(Tx tx, StockKey key) {
        return movements.first(tx, key);
    }

    public List<StockMovement> movements(
            Tx tx, Optional<UUID> item, Optional<UUID> warehouse, Optional<UUID> before, int limit) {
        return movements.page(tx, item, warehouse, before, limit);
    }
}
