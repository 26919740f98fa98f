package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.StockAdjustments;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.StockReader;
import dev.millrace.erp.inventory.WarehouseRows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What there is, where, and what it is worth. Every method joins the caller's transaction; those that change something
 * lock the level first. Who may call what is the caller's business.
 */
public final class Stock {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 500;

    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final int DECIMALS = 3;

    private final EventPublisher events;
    private final Trail trail;
    private final StockBook book;
    private final StockAdjustments adjustments;
    private final StockReader reader = new StockReader();
    private final WarehouseRows warehouses = new WarehouseRows();
    private final ItemRows items = new ItemRows();

    Stock(EventPublisher events, Trail trail, StockBook book, StockAdjustments adjustments) {
        this.events = events;
        this.trail = trail;
        this.book = book;
        this.adjustments = adjustments;
    }

    /** All of them, by code. */
    public List<Warehouse> warehouses(Tx tx) {
        return warehouses.all(tx);
    }

    public Optional<Warehouse> warehouse(Tx tx, UUID id) {
        return warehouses.byId(tx, id);
    }

    /** Empty: there never was any. */
    public Optional<StockLevel> level(Tx tx, StockKey key) {
        return book.level(tx, key);
    }

    /**
     * By the item's code, then the warehouse's.
     *
     * @param below only what is to be ordered
     * @param after the item's and the warehouse's code of the last one seen; empty texts for the first page
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<StockLevel> levels(Tx tx, Optional<UUID> warehouse, boolean below, After after, int limit) {
        return reader.levels(tx, warehouse, below, after.item(), after.warehouse(), Math.clamp(limit, 1, PAGE_MOST));
    }

    /** The place in the list of levels behind which the next page begins. */
    public record After(String item, String warehouse) {
        public static final After START = new After("", "");
    }

    /**
     * Newest first.
     *
     * @param before the id of the last one seen
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<StockMovement> movements(
            Tx tx, Optional<UUID> item, Optional<UUID> warehouse, Optional<UUID> before, int limit) {
        return reader.movements(tx, item, warehouse, before, Math.clamp(limit, 1, PAGE_MOST));
    }

    /**
     * Brings the books to what is really there, and emits {@code stock.adjusted}.
     *
     * @throws PostingRefused the ledger does not take the journal; nothing may be committed then
     */
    public Adjusting adjust(Tx tx, Adjustment adjustment, Actor actor) {
        return adjustments.adjust(tx, adjustment, herald(actor));
    }

    /** What came of setting a reorder level. */
    public sealed interface Watching {
        record Watched(StockLevel level) implements Watching {}

        /** No such item, or one that is not kept. */
        record ItemUnknown(UUID item) implements Watching {}

        record WarehouseUnknown(UUID warehouse) implements Watching {}

        record Unfit(InputProblem problem) implements Watching {}
    }

    /**
     * Says from when on an item is to be ordered for a warehouse, and how much.
     *
     * @param level at this and below it
     * @param quantity 0: nobody watches it
     */
    public Watching watch(Tx tx, StockKey key, BigDecimal level, BigDecimal quantity, Actor actor) {
        if (!fits(level) || !fits(quantity)) {
            return new Watching.Unfit(new InputProblem(
                    "out_of_range",
                    fits(level) ? "reorder_quantity" : "reorder_level",
                    "Expected a number of 0 or more with at most 3 decimals but got "
                            + (fits(level) ? quantity : level).toPlainString()));
        }
        Optional<Item> item = items.byId(tx, key.item()).filter(i -> !i.isService());
        if (item.isEmpty()) {
            return new Watching.ItemUnknown(key.item());
        }
        if (warehouses.byId(tx, key.warehouse()).isEmpty()) {
            return new Watching.WarehouseUnknown(key.warehouse());
        }
        StockLevel watched = book.watch(tx, key, level, quantity, herald(actor));
        trail.write(
                tx,
                actor,
                "stock.watched",
                "item",
                key.item(),
                Optional.empty(),
                Optional.of(level.toPlainString()),
                item.get().code() + " in " + watched.warehouseName() + " is ordered at " + level.toPlainString() + ", "
                        + quantity.toPlainString() + " at a time");
        return new Watching.Watched(watched);
    }

    private static boolean fits(BigDecimal number) {
        return number.signum() >= 0
                && number.compareTo(MOST) <= 0
                && number.stripTrailingZeros().scale() <= DECIMALS;
    }

    private Herald herald(Actor actor) {
        return new ServiceHerald(events, trail, actor);
    }
}
