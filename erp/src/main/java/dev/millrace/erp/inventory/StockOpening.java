package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.OpeningStock;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement.Reason;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Writes what there is when a company begins to keep its stock here. Nobody is told, and nothing is booked. */
public final class StockOpening {
    private static final String BY = "opening stock";

    private final Supplier<UUID> ids;
    private final StockLevelRows levels = new StockLevelRows();
    private final StockMovementRows movements = new StockMovementRows();

    public StockOpening(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /**
     * @throws IllegalStateException there was stock of it already
     */
    public void open(Tx tx, OpeningStock opening) {
        StockLevel level = levels.hold(tx, opening.key());
        if (level.moves() > 0) {
            throw new IllegalStateException(
                    "there was stock of item " + opening.key().item() + " already");
        }
        var move = new Move(
                opening.key(),
                opening.quantity(),
                new Move.Cost.Each(opening.unitCost()),
                Reason.OPENING,
                Optional.empty(),
                Optional.empty(),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
        Valued valued =
                MovingAverage.value(ids.get(), move, level, opening.unitCost()).orElseThrow();
        levels.move(tx, valued);
        movements.insert(tx, valued, Optional.empty(), BY);
        levels.watch(tx, opening.key(), opening.reorderLevel(), opening.reorderQty());
    }
}
