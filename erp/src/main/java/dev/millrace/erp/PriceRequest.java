package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of asking for another price. */
public sealed interface PriceRequest {
    /**
     * {@code price_change.requested} is out.
     *
     * @param executions that it started
     */
    record Requested(PriceChange change, List<UUID> executions) implements PriceRequest {
        public Requested {
            executions = List.copyOf(executions);
        }
    }

    /** Nothing was written. */
    record Refused(List<InputProblem> problems) implements PriceRequest {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
