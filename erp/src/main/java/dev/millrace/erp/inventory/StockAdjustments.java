package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Adjusting;
import dev.millrace.erp.Adjustment;
import dev.millrace.erp.Company;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.StockMovement;
import dev.millrace.erp.StockMovement.Reason;
import dev.millrace.erp.Warehouse;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.inventory.StockBook.Prepared;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Posting;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Brings the books to what is really there, with the value of the difference. */
public final class StockAdjustments {
    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final int QUANTITY_DECIMALS = 3;
    private static final int COST_DECIMALS = 6;
    private static final Set<Reason> BY_HAND = EnumSet.range(Reason.OPENING, Reason.OTHER);

    private final StockBook book;
    private final Ledger ledger;
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();
    private final CompanyRows companies = new CompanyRows();

    public StockAdjustments(StockBook book, Ledger ledger) {
        this.book = book;
        this.ledger = ledger;
    }

    /**
     * Locks the level, then the ledger. Joins the caller's transaction.
     *
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it: a period is closed, an account is not there
     */
    public Adjusting adjust(Tx tx, Adjustment adjustment, Herald herald) {
        Optional<InputProblem> problem = problem(adjustment);
        if (problem.isPresent()) {
            return new Adjusting.Unfit(problem.get());
        }
        Optional<Item> item = items.byId(tx, adjustment.key().item()).filter(i -> i.active() && !i.isService());
        if (item.isEmpty()) {
            return new Adjusting.ItemUnknown(adjustment.key().item());
        }
        Optional<Warehouse> warehouse =
                warehouses.byId(tx, adjustment.key().warehouse()).filter(Warehouse::active);
        if (warehouse.isEmpty()) {
            return new Adjusting.WarehouseUnknown(adjustment.key().warehouse());
        }
        return switch (book.prepare(tx, List.of(move(adjustment)))) {
            case Prepared.Insufficient insufficient -> new Adjusting.Insufficient(insufficient.level());
            case Prepared.CostMissing missing -> new Adjusting.CostMissing(missing.level());
            case Prepared.Ready ready ->
                new Adjusting.Adjusted(write(tx, adjustment, item.get(), warehouse.get(), ready, herald));
        };
    }

    private StockMovement write(
            Tx tx, Adjustment adjustment, Item item, Warehouse warehouse, Prepared.Ready ready, Herald herald) {
        Valued valued = ready.moves().getFirst();
        boolean books = companies.modules(tx).contains("finance");
        Optional<UUID> journal =
                books && adjustment.postJournal() && valued.value().signum() != 0
                        ? Optional.of(post(tx, adjustment, item, valued, herald))
                        : Optional.empty();
        StockMovement movement = book.write(tx, ready, journal, herald).getFirst();
        herald.journal(
                tx,
                StockEvents.ADJUSTED,
                "item",
                item.id(),
                Optional.of(valued.before().onHand().toPlainString()),
                Optional.of(movement.onHandAfter().toPlainString()),
                item.code() + " in " + warehouse.name() + ", "
                        + adjustment.reason().text()
                        + adjustment.note().map(note -> ": " + note).orElse(""));
        herald.publish(
                tx,
                StockEvents.ADJUSTED,
                StockEvents.adjusted(movement, item, herald.actor().id().orElse(herald.by())));
        return movement;
    }

    private UUID post(Tx tx, Adjustment adjustment, Item item, Valued valued, Herald herald) {
        Company company = companies.get(tx);
        return ledger.post(
                        tx,
                        new Posting(
                                company.today(tx.now()),
                                "Stock of " + item.code() + " adjusted, "
                                        + adjustment.reason().text(),
                                company.info().currency(),
                                BigDecimal.ONE,
                                new Posting.Source("stock_movement", valued.id(), "adjusted"),
                                List.of(
                                        Posting.Line.signed(StockAccounts.of(item), valued.value()),
                                        Posting.Line.signed(
                                                new Posting.Account.Role(AccountRole.STOCK_ADJUSTMENT),
                                                valued.value().negate())),
                                true,
                                herald.by()),
                        herald)
                .id();
    }

    private static Move move(Adjustment adjustment) {
        Move.Cost cost =
                adjustment.unitCost().<Move.Cost>map(Move.Cost.Each::new).orElseGet(Move.Cost.Average::new);
        return new Move(
                adjustment.key(),
                adjustment.quantity(),
                cost,
                adjustment.reason(),
                Optional.empty(),
                adjustment.note(),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    private static Optional<InputProblem> problem(Adjustment adjustment) {
        BigDecimal quantity = adjustment.quantity();
        if (quantity.signum() == 0
                || quantity.abs().compareTo(MOST) > 0
                || quantity.stripTrailingZeros().scale() > QUANTITY_DECIMALS) {
            return unfit(
                    "quantity",
                    "Expected a quantity with at most 3 decimals, above 0 for more and below 0 for less, but got "
                            + quantity.toPlainString());
        }
        if (adjustment.unitCost().isPresent() && quantity.signum() < 0) {
            return unfit("unit_cost", "What goes out goes at its average cost: leave unit_cost out");
        }
        Optional<BigDecimal> wrongCost = adjustment
                .unitCost()
                .filter(cost -> cost.signum() < 0
                        || cost.compareTo(MOST) > 0
                        || cost.stripTrailingZeros().scale() > COST_DECIMALS);
        if (wrongCost.isPresent()) {
            return unfit(
                    "unit_cost",
                    "Expected a cost of 0 or more with at most 6 decimals but got "
                            + wrongCost.get().toPlainString());
        }
        return BY_HAND.contains(adjustment.reason())
                ? Optional.empty()
                : unfit(
                        "reason",
                        "Stock is not adjusted because of a "
                                + adjustment.reason().text() + ": post or reverse the document");
    }

    private static Optional<InputProblem> unfit(String path, String message) {
        return Optional.of(new InputProblem("out_of_range", path, message));
    }
}
