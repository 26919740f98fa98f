package dev.millrace.erp.delivery;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Delivery;
import dev.millrace.erp.Item;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.inventory.StockAccounts;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Posting;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Books what left: the cost of goods sold against the stock that deliveries take from, or the item's own stock account. A
 * company without the module finance has no books.
 */
final class DeliveryPosting {
    private final Ledger ledger;
    private final CompanyRows companies = new CompanyRows();

    DeliveryPosting(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What of an item left.
     *
     * @param value at least 0, in the company's currency
     */
    record Cost(Item item, BigDecimal value) {}

    /**
     * @return the journal; empty: there was nothing to book
     */
    Optional<UUID> post(
            Tx tx, CheckedDelivery delivery, List<Cost> costs, UUID id, String number, LocalDate date, Herald herald) {
        var lines = new ArrayList<Posting.Line>();
        for (Cost cost : costs) {
            if (cost.value().signum() > 0) {
                lines.add(Posting.Line.debit(AccountRole.COGS, cost.value()));
                lines.add(Posting.Line.signed(
                        StockAccounts.of(cost.item()), cost.value().negate()));
            }
        }
        if (lines.isEmpty() || !companies.modules(tx).contains("finance")) {
            return Optional.empty();
        }
        Company company = companies.get(tx);
        return Optional.of(ledger.post(
                        tx,
                        new Posting(
                                date,
                                number + " for " + delivery.order().number() + ", "
                                        + delivery.order().header().customerName(),
                                company.info().currency(),
                                BigDecimal.ONE,
                                new Posting.Source(DeliveryDesk.ENTITY, id, "posted"),
                                List.copyOf(lines),
                                true,
                                herald.by()),
                        herald)
                .id());
    }

    Optional<UUID> reverse(Tx tx, Delivery delivery, LocalDate date, String reason, Herald herald) {
        return delivery.journal()
                .map(journal ->
                        ledger.reverse(tx, journal, date, reason, true, herald).id());
    }
}
