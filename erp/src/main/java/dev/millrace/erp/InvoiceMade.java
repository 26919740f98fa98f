package dev.millrace.erp;

import java.util.UUID;

/** What came of making a draft the tax invoice. */
public sealed interface InvoiceMade {
    /** @param changed false: it had been made before */
    record Done(SalesInvoice invoice, boolean changed) implements InvoiceMade {}

    record NotFound(UUID id) implements InvoiceMade {}

    /**
     * Nothing was written.
     *
     * @param code {@code gstin_invalid}, {@code hsn_missing}, {@code hsn_too_short}, {@code rate_unknown},
     *     {@code place_of_supply_unknown}, {@code already_invoiced}, {@code date_in_future}, {@code wrong_state} or
     *     {@code forbidden}
     */
    record Refused(String code, String message) implements InvoiceMade {}
}
