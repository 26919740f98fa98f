package dev.millrace.erp.inventory;

import dev.millrace.erp.Item;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Posting.Account;

/** Which accounts an item's value is booked on. */
public final class StockAccounts {
    private StockAccounts() {}

    /** The account that carries what is in stock of it. */
    public static Account of(Item item) {
        return item.stockAccount().<Account>map(Account.Code::new).orElseGet(() -> new Account.Role(AccountRole.STOCK));
    }
}
