package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import dev.millrace.erp.LedgerAccount;
import dev.millrace.erp.ledger.AccountRows;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What {@link ItemCheck} has to know beside the item. */
public final class ItemFacts {
    private final SupplierNames suppliers;
    private final StockLevelRows levels = new StockLevelRows();
    private final AccountRows accounts = new AccountRows();

    public ItemFacts(SupplierNames suppliers) {
        this.suppliers = suppliers;
    }

    /**
     * @param stockAccounts codes of the accounts that may carry stock
     * @param expenseAccounts codes of those that documents of every kind may post to
     * @param suppliers those of the preferred suppliers that are there
     * @param kept items of which something was ever in stock
     */
    public record Facts(Set<String> stockAccounts, Set<String> expenseAccounts, Set<UUID> suppliers, Set<UUID> kept) {
        public Facts {
            stockAccounts = Set.copyOf(stockAccounts);
            expenseAccounts = Set.copyOf(expenseAccounts);
            suppliers = Set.copyOf(suppliers);
            kept = Set.copyOf(kept);
        }
    }

    public Facts of(Tx tx, Item item) {
        return of(tx, List.of(item));
    }

    public Facts of(Tx tx, List<Item> wanted) {
        List<LedgerAccount> chart =
                accounts.all(tx).stream().filter(LedgerAccount::active).toList();
        return new Facts(
                codes(chart.stream()
                        .filter(a -> a.controlKind().filter("stock"::equals).isPresent())
                        .toList()),
                codes(chart.stream().filter(a -> a.controlKind().isEmpty()).toList()),
                wanted.stream()
                        .flatMap(item -> item.preferredSupplier().stream())
                        .distinct()
                        .filter(id -> suppliers.name(tx, id).isPresent())
                        .collect(Collectors.toUnmodifiableSet()),
                levels.kept(tx, wanted.stream().map(Item::id).toList()));
    }

    private static Set<String> codes(List<LedgerAccount> accounts) {
        return accounts.stream().map(LedgerAccount::code).collect(Collectors.toUnmodifiableSet());
    }
}
