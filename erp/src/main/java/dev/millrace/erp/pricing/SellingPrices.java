package dev.millrace.erp.pricing;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.inventory.ItemRows;
import java.util.UUID;

/**
 * Puts applied changes of prices in force when their day has come. Whoever reads selling prices to write with them calls this
 * first, so that no order is written at yesterday's price, whenever the day's work is done.
 */
public final class SellingPrices {
    private final PriceChangeRows rows = new PriceChangeRows();
    private final ItemRows items = new ItemRows();
    private final CompanyRows companies = new CompanyRows();

    /**
     * Joins the caller's transaction; locks the changes, then the items.
     *
     * @return how many items have another price now
     */
    public int takeEffect(Tx tx) {
        var changed = rows.takeEffect(tx, companies.get(tx).today(tx.now()));
        for (UUID item : changed) {
            items.reprice(tx, item, rows.inForce(tx, item));
        }
        return changed.size();
    }
}
