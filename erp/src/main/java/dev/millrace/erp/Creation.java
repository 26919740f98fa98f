package dev.millrace.erp;

import java.util.List;

/** What came of creating an order. */
public sealed interface Creation {
    /** It is there, as a draft. */
    record Created(PurchaseOrder order) implements Creation {}

    /** Nothing was written, no number was taken. */
    record Refused(List<InputProblem> problems) implements Creation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
