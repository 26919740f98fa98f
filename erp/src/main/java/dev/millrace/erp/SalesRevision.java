package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of changing a sales order. */
public sealed interface SalesRevision {
    record Revised(SalesOrder order) implements SalesRevision {}

    record NotFound(UUID id) implements SalesRevision {}

    /** It is confirmed or cancelled. */
    record WrongState(SalesOrder order) implements SalesRevision {}

    /** At least one problem; nothing was written. */
    record Refused(List<InputProblem> problems) implements SalesRevision {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
