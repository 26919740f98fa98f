package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import dev.millrace.erp.Supplier;
import java.math.BigDecimal;
import java.util.Optional;

/** What an order will cost where nobody said it. */
final class OrderPrices {
    private final OrderFactRows facts = new OrderFactRows();

    /**
     * The price at which the item was last ordered from the supplier in the currency; where it never was, what it
     * should cost, if that is in the same currency.
     *
     * @param ownCurrency the company's
     */
    Optional<BigDecimal> price(Tx tx, Supplier supplier, Item item, String currency, String ownCurrency) {
        return facts.lastPrice(tx, supplier.id(), item.id(), currency)
                .or(() -> currency.equals(ownCurrency)
                        ? Optional.of(item.standardCost()).filter(cost -> cost.signum() > 0)
                        : Optional.empty());
    }

    /** What one unit of a currency was worth in the company's own when it was last ordered in; 1 for its own. */
    Optional<BigDecimal> rate(Tx tx, String currency, String ownCurrency) {
        return currency.equals(ownCurrency) ? Optional.of(BigDecimal.ONE) : facts.lastRate(tx, currency);
    }
}
