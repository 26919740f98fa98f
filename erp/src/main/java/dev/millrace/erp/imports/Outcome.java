package dev.millrace.erp.imports;

import dev.millrace.erp.ImportJob.Fault;
import java.util.List;

/** What becomes of a row. */
public sealed interface Outcome {
    record Created() implements Outcome {}

    record Updated() implements Outcome {}

    record Unchanged() implements Outcome {}

    record Refused(List<Fault> faults) implements Outcome {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
