package dev.millrace.erp.payables;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.InvoiceChange;

/** Turns what came of a change into what a step gives or fails with. */
final class Outcomes {
    private Outcomes() {}

    /**
     * @throws ActionFailure permanent: the invoice is not there, or stays as it was
     */
    static InvoiceChange.Done done(InvoiceChange change) {
        return switch (change) {
            case InvoiceChange.Done done -> done;
            case InvoiceChange.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected an invoice of this company at supplier_invoice_id but got '" + notFound.id() + "'");
            case InvoiceChange.Refused refused -> throw ActionFailure.permanent(refused.code(), refused.message());
        };
    }
}
