package dev.millrace.erp;

import java.util.UUID;

/** What came of matching an invoice. */
public sealed interface InvoiceMatch {
    record Matched(MatchResult result) implements InvoiceMatch {}

    record NotFound(UUID id) implements InvoiceMatch {}

    /** It is posted, refused or taken back: {@code wrong_state}. */
    record WrongState(SupplierInvoice invoice) implements InvoiceMatch {}
}
