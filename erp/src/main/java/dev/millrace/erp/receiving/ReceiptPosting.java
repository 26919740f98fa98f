package dev.millrace.erp.receiving;

import dev.millrace.engine.Tx;
import dev.millrace.erp.GoodsReceipt;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.inventory.StockAccounts;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Posting;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Books what was received: stock against goods received and not invoiced, at the order's prices and the receipt's rate.
 * A company without the module finance has no books.
 */
final class ReceiptPosting {
    private final Ledger ledger;
    private final CompanyRows companies = new CompanyRows();

    ReceiptPosting(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * @return the journal; empty: there was nothing to book
     */
    Optional<UUID> post(Tx tx, CheckedReceipt receipt, UUID id, String number, LocalDate date, Herald herald) {
        var lines = new ArrayList<Posting.Line>();
        for (CheckedReceipt.Line line : receipt.lines()) {
            if (line.valueBase().signum() > 0) {
                // Line against line, so that both sides round alike.
                lines.add(Posting.Line.signed(StockAccounts.of(line.item()), line.value()));
                lines.add(Posting.Line.credit(AccountRole.GRNI, line.value()));
            }
        }
        if (lines.isEmpty() || !companies.modules(tx).contains("finance")) {
            return Optional.empty();
        }
        return Optional.of(ledger.post(
                        tx,
                        new Posting(
                                date,
                                number + " for " + receipt.order().number() + ", "
                                        + receipt.order().header().supplierName(),
                                receipt.order().header().currency(),
                                receipt.rate(),
                                new Posting.Source("goods_receipt", id, "posted"),
                                List.copyOf(lines),
                                true,
                                herald.by()),
                        herald)
                .id());
    }

    Optional<UUID> reverse(Tx tx, GoodsReceipt receipt, LocalDate date, String reason, Herald herald) {
        return receipt.journal()
                .map(journal ->
                        ledger.reverse(tx, journal, date, reason, true, herald).id());
    }
}
