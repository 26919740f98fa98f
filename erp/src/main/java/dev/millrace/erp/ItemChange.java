package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of writing an item. But for the first, nothing was written. */
public sealed interface ItemChange {
    /**
     * @param item as it is now
     * @param changed false: it was so before
     */
    record Done(Versioned<Item> item, boolean changed) implements ItemChange {}

    record NotFound(UUID id) implements ItemChange {}

    record Refused(List<InputProblem> problems) implements ItemChange {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
