package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Item;
import dev.millrace.erp.OpeningStock;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement.Reason;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Posting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes what there is when a company begins to keep its stock here, and books its value. Locks levels in the order in which
 * they are given, then the ledger.
 */
public final class StockOpening {
    private static final String SOURCE = "opening_stock";
    private static final String BY = "opening stock";

    private final Supplier<UUID> ids;
    private final Ledger ledger;
    private final StockLevelRows levels = new StockLevelRows();
    private final StockMovementRows movements = new StockMovementRows();
    private final ItemRows items = new ItemRows();
    private final CompanyRows companies = new CompanyRows();

    public StockOpening(Supplier<UUID> ids, Ledger ledger) {
        this.ids = ids;
        this.ledger = ledger;
    }

    /**
     * In one journal: stock accounts against the opening balance. A company without the module {@code finance} has no
     * books: nothing is posted.
     *
     * @throws IllegalStateException there was stock of one of them already
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it
     */
    public void open(Tx tx, List<OpeningStock> all, Herald herald) {
        List<Valued> opened = all.stream().map(one -> value(tx, one)).toList();
        Optional<UUID> journal = book(tx, opened, herald);
        for (int i = 0; i < all.size(); i++) {
            levels.move(tx, opened.get(i));
            movements.insert(tx, opened.get(i), journal, BY);
            levels.watch(
                    tx, all.get(i).key(), all.get(i).reorderLevel(), all.get(i).reorderQty());
        }
    }

    private Valued value(Tx tx, OpeningStock opening) {
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
        return MovingAverage.value(ids.get(), move, level, opening.unitCost()).orElseThrow();
    }

    private Optional<UUID> book(Tx tx, List<Valued> opened, Herald herald) {
        Map<Posting.Account, BigDecimal> byAccount = byAccount(tx, opened);
        BigDecimal total = byAccount.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (total.signum() == 0 || !companies.modules(tx).contains("finance")) {
            return Optional.empty();
        }
        var lines = new ArrayList<Posting.Line>();
        byAccount.forEach((account, value) -> lines.add(Posting.Line.signed(account, value)));
        lines.add(Posting.Line.credit(AccountRole.OPENING_BALANCE, total));
        Company company = companies.get(tx);
        return Optional.of(ledger.post(
                        tx,
                        new Posting(
                                company.today(tx.now()),
                                "Opening stock",
                                company.info().currency(),
                                BigDecimal.ONE,
                                new Posting.Source(SOURCE, ids.get(), "opened"),
                                lines,
                                true,
                                BY),
                        herald)
                .id());
    }

    private Map<Posting.Account, BigDecimal> byAccount(Tx tx, List<Valued> opened) {
        Map<UUID, Item> known = new HashMap<>();
        items.find(tx, opened.stream().map(one -> one.move().key().item()).toList(), List.of())
                .forEach(item -> known.put(item.id(), item));
        var sums = new LinkedHashMap<Posting.Account, BigDecimal>();
        for (Valued one : opened) {
            if (one.value().signum() != 0) {
                Item item = Optional.ofNullable(known.get(one.move().key().item()))
                        .orElseThrow(() -> new IllegalStateException(
                                "there is no item " + one.move().key().item()));
                sums.merge(StockAccounts.of(item), one.value(), BigDecimal::add);
            }
        }
        return sums;
    }
}
