package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves stock, promises it, and knows what is on order. Everything joins the caller's transaction and locks the levels
 * that it touches in the order of their keys: after the document that moves them, before the ledger.
 *
 * <p>Who moves stock at its average asks {@link #prepare} what that is worth, posts it, and then calls {@link #write}.
 */
public final class StockBook {
    private final Supplier<UUID> ids;
    private final SupplierNames suppliers;
    private final StockLevelRows levels = new StockLevelRows();
    private final StockMovementRows movements = new StockMovementRows();
    private final ItemRows items = new ItemRows();
    private final CompanyRows companies = new CompanyRows();

    public StockBook(Supplier<UUID> ids, SupplierNames suppliers) {
        this.ids = ids;
        this.suppliers = suppliers;
    }

    /** What came of preparing moves. Nothing is moved yet. */
    public sealed interface Prepared {
        /** The levels stay as they are until the transaction ends. */
        record Ready(List<Valued> moves) implements Prepared {
            public Ready {
                moves = List.copyOf(moves);
            }

            /** What all moves are worth together, signed, in the company's currency. */
            public BigDecimal value() {
                return moves.stream().map(Valued::value).reduce(BigDecimal.ZERO, BigDecimal::add);
            }
        }

        /** There is less than is to go out, and the item does not allow that. */
        record Insufficient(StockLevel level, Move move) implements Prepared {}

        /** Something comes in at the average, and there is none. */
        record CostMissing(StockLevel level) implements Prepared {}
    }

    /** What there is; not locked. Empty: nothing ever was. */
    public Optional<StockLevel> level(Tx tx, StockKey key) {
        return levels.find(tx, key);
    }

    /**
     * Locks levels, for who changes more of them than by one call.
     */
    public void hold(Tx tx, Collection<StockKey> keys) {
        new TreeSet<>(keys).forEach(key -> levels.hold(tx, key));
    }

    /**
     * Locks the levels of the moves and values each move, in their order.
     *
     * @param moves of items that are kept, in warehouses that there are
     */
    public Prepared prepare(Tx tx, List<Move> moves) {
        Map<StockKey, StockLevel> now = new HashMap<>();
        var keys = new TreeSet<StockKey>();
        moves.forEach(move -> keys.add(move.key()));
        keys.forEach(key -> now.put(key, levels.hold(tx, key)));
        Map<UUID, Item> known = items(tx, keys.stream().map(StockKey::item).toList());
        var valued = new ArrayList<Valued>();
        for (Move move : moves) {
            StockLevel level = there(now.get(move.key()), move.key());
            boolean takesTooMuch = move.quantity().signum() < 0
                    && level.onHand().add(move.quantity()).signum() < 0;
            if (takesTooMuch && !level.allowNegative()) {
                return new Prepared.Insufficient(level, move);
            }
            BigDecimal standard =
                    there(known.get(move.key().item()), move.key()).standardCost();
            Optional<Valued> value = MovingAverage.value(ids.get(), move, level, standard);
            if (value.isEmpty()) {
                return new Prepared.CostMissing(level);
            }
            valued.add(value.get());
            now.put(move.key(), value.get().after());
        }
        return new Prepared.Ready(valued);
    }

    /**
     * Moves what was prepared in the same transaction, and emits {@code stock.below_reorder_level} for each level that
     * fell.
     *
     * @param journal which booked the value
     */
    public List<StockMovement> write(Tx tx, Prepared.Ready ready, Optional<UUID> journal, Herald herald) {
        var before = new LinkedHashMap<StockKey, StockLevel>();
        var written = new ArrayList<StockMovement>();
        for (Valued valued : ready.moves()) {
            Move move = valued.move();
            before.putIfAbsent(move.key(), valued.before());
            must(levels.move(tx, valued), move.key());
            written.add(movements.insert(tx, valued, journal, herald.by()));
        }
        before.values().forEach(level -> tellOfFall(tx, level, herald));
        return written;
    }

    /**
     * Promises what is there and not promised yet, all of it or nothing. Falls are told.
     *
     * @param more by level; below zero: is promised no more
     * @return the first level of which there is too little, or too little promised; empty: it is done
     */
    public Optional<StockLevel> reserve(Tx tx, Map<StockKey, BigDecimal> more, Herald herald) {
        SortedMap<StockKey, BigDecimal> inOrder = new TreeMap<>(more);
        Map<StockKey, StockLevel> before = new LinkedHashMap<>();
        inOrder.keySet().forEach(key -> before.put(key, levels.hold(tx, key)));
        for (Map.Entry<StockKey, StockLevel> held : before.entrySet()) {
            BigDecimal quantity = there(inOrder.get(held.getKey()), held.getKey());
            StockLevel level = held.getValue();
            boolean tooMuch =
                    quantity.signum() > 0 && !level.allowNegative() && quantity.compareTo(level.available()) > 0;
            if (tooMuch || level.reserved().add(quantity).signum() < 0) {
                return Optional.of(level);
            }
        }
        inOrder.forEach((key, quantity) -> must(levels.plan(tx, key, quantity, BigDecimal.ZERO), key));
        before.values().forEach(level -> tellOfFall(tx, level, herald));
        return Optional.empty();
    }

    /**
     * What one of each item is worth, over all warehouses: the average of what is there, else what it should cost. Items of
     * which nobody knows are left out. Nothing is locked.
     */
    public Map<UUID, BigDecimal> costs(Tx tx, List<UUID> wanted) {
        return levels.costs(tx, wanted);
    }

    /**
     * Changes what approved orders will bring. Falls are told.
     *
     * @param more by level; below zero: less
     */
    public void expect(Tx tx, Map<StockKey, BigDecimal> more, Herald herald) {
        SortedMap<StockKey, BigDecimal> inOrder = new TreeMap<>(more);
        Map<StockKey, StockLevel> before = new LinkedHashMap<>();
        inOrder.keySet().forEach(key -> before.put(key, levels.hold(tx, key)));
        inOrder.forEach((key, quantity) -> must(levels.plan(tx, key, BigDecimal.ZERO, quantity), key));
        before.values().forEach(level -> tellOfFall(tx, level, herald));
    }

    /**
     * Says from when on an item is to be ordered, and how much. A fall is told: also that of an item which is below
     * its new level already.
     *
     * @param quantity 0: nobody watches
     */
    public StockLevel watch(Tx tx, StockKey key, BigDecimal level, BigDecimal quantity, Herald herald) {
        StockLevel before = levels.hold(tx, key);
        levels.watch(tx, key, level, quantity);
        tellOfFall(tx, before, herald);
        return levels.hold(tx, key);
    }

    private void tellOfFall(Tx tx, StockLevel before, Herald herald) {
        StockLevel after = levels.find(tx, before.key()).orElseThrow();
        boolean fell = before.belowSince().isEmpty() && after.belowSince().isPresent();
        // A company that switched the module off keeps its stock, and is told nothing.
        if (fell && companies.modules(tx).contains(StockEvents.MODULE)) {
            Item item = items.byId(tx, after.key().item()).orElseThrow();
            herald.publish(
                    tx,
                    StockEvents.BELOW,
                    StockEvents.below(
                            after,
                            item,
                            item.preferredSupplier().flatMap(supplier -> suppliers.name(tx, supplier)),
                            after.belowSince().orElseThrow()));
        }
    }

    private Map<UUID, Item> items(Tx tx, List<UUID> wanted) {
        Map<UUID, Item> known = new HashMap<>();
        items.find(tx, wanted, List.of()).forEach(item -> known.put(item.id(), item));
        return known;
    }

    private static <T> T there(@Nullable T found, StockKey key) {
        if (found == null) {
            throw new IllegalStateException("there is no item " + key.item());
        }
        return found;
    }

    private static void must(boolean changed, StockKey key) {
        if (!changed) {
            throw new IllegalStateException(
                    "stock of item " + key.item() + " in warehouse " + key.warehouse()
                            + " cannot be changed so: more is released than was reserved, or it changed while its row was locked");
        }
    }
}
