package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of writing a warehouse. But for the first, nothing was written. */
public sealed interface WarehouseChange {
    /**
     * @param warehouse as it is now
     * @param changed false: it was so before
     */
    record Done(Versioned<Warehouse> warehouse, boolean changed) implements WarehouseChange {}

    record NotFound(UUID id) implements WarehouseChange {}

    record Refused(List<InputProblem> problems) implements WarehouseChange {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
