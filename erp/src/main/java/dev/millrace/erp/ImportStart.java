package dev.millrace.erp;

import java.util.List;

/** What came of asking for an import. */
public sealed interface ImportStart {
    /** It waits for a node with workers. */
    record Started(ImportJob job) implements ImportStart {}

    /** It is no file of its kind: nothing was kept. */
    record Refused(List<InputProblem> problems) implements ImportStart {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
