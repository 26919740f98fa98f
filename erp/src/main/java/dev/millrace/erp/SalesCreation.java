package dev.millrace.erp;

import java.util.List;

/** What came of writing a sales order. */
public sealed interface SalesCreation {
    /** It is there, as a draft. */
    record Created(SalesOrder order) implements SalesCreation {}

    /** Nothing was written, no number was taken. */
    record Refused(List<InputProblem> problems) implements SalesCreation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
