package dev.millrace.erp;

import java.util.List;

/** What came of an invoice that somebody sent in. */
public sealed interface InvoiceDrafted {
    record Drafted(SalesInvoice invoice) implements InvoiceDrafted {}

    /** Nothing was written. */
    record Refused(List<InputProblem> problems) implements InvoiceDrafted {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
