package dev.millrace.erp;

import java.util.UUID;

/** What came of changing the state of a supplier's invoice. */
public sealed interface InvoiceChange {
    /**
     * @param invoice as it is now
     * @param changed false: it was so before
     */
    record Done(SupplierInvoice invoice, boolean changed) implements InvoiceChange {}

    record NotFound(UUID id) implements InvoiceChange {}

    /**
     * It stays as it was.
     *
     * @param code {@code wrong_state}, {@code not_matched}, {@code duplicate}, {@code approval_required} or
     *     {@code approval_stale}
     * @param message what was expected, what there is, what to do
     */
    record Refused(String code, String message) implements InvoiceChange {}
}
