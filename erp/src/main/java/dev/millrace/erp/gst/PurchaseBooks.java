package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import java.time.LocalDate;
import java.util.List;

/** What the books know of purchases. Whoever keeps the invoices of suppliers answers. */
public interface PurchaseBooks {
    /**
     * Invoices of these days, both included, from suppliers with a GSTIN: those that stand, neither rejected, reversed nor
     * cancelled, and no duplicates. Joins the caller's transaction.
     */
    List<BookedPurchase> purchases(Tx tx, LocalDate from, LocalDate to);
}
