package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of writing a customer. */
public sealed interface CustomerSaved {
    record Saved(Versioned<Customer> customer) implements CustomerSaved {}

    record NotFound(UUID id) implements CustomerSaved {}

    /** Nothing was written. */
    record Refused(List<InputProblem> problems) implements CustomerSaved {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
