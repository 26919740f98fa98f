package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of taking an invoice in. */
public sealed interface InvoiceIntake {
    /**
     * It is there and {@code supplier_invoice.received} is out; also where it repeats another one.
     *
     * @param executions that it started
     */
    record Received(SupplierInvoice invoice, List<UUID> executions) implements InvoiceIntake {
        public Received {
            executions = List.copyOf(executions);
        }
    }

    /** Nothing was written. */
    record Refused(List<InputProblem> problems) implements InvoiceIntake {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
