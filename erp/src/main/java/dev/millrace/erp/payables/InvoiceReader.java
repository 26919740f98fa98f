package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts invoices together from their rows. */
public final class InvoiceReader {
    private final InvoiceRows rows = new InvoiceRows();
    private final MatchRows matches = new MatchRows();

    public Optional<SupplierInvoice> find(Tx tx, UUID id) {
        return rows.header(tx, id).map(header -> new SupplierInvoice(header, rows.lines(tx, id)));
    }

    public List<Header> page(
            Tx tx,
            Optional<Status> status,
            Optional<UUID> supplier,
            Optional<UUID> order,
            Optional<UUID> before,
            int limit) {
        return rows.page(tx, status, supplier, order, before, limit);
    }

    public Optional<MatchResult> lastMatch(Tx tx, UUID id) {
        return matches.last(tx, id).map(MatchRows.Last::result);
    }

    /**
     * @throws IllegalStateException it is not there
     */
    SupplierInvoice get(Tx tx, UUID id) {
        return find(tx, id).orElseThrow(() -> new IllegalStateException("there is no supplier invoice " + id));
    }
}
