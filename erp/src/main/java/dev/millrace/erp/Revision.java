package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of changing an order. */
public sealed interface Revision {
    record Revised(PurchaseOrder order) implements Revision {}

    record NotFound(UUID id) implements Revision {}

    /** It is locked or cancelled. */
    record WrongState(UUID id, PurchaseOrder.Status status) implements Revision {}

    /** At least one problem; nothing was written. */
    record Refused(List<InputProblem> problems) implements Revision {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
