package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.gst.BookedPurchase;
import dev.millrace.erp.gst.PurchaseBooks;
import java.time.LocalDate;
import java.util.List;

/** Suppliers' invoices, as the tax office asks about them: also those that are not released yet. */
public final class InvoiceBooks implements PurchaseBooks {
    private final PurchaseRows rows = new PurchaseRows();

    @Override
    public List<BookedPurchase> purchases(Tx tx, LocalDate from, LocalDate to) {
        return rows.between(tx, from, to);
    }
}
