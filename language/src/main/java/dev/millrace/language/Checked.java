package dev.millrace.language;

import java.util.List;

/** What checking a text gave. */
public sealed interface Checked {
    /** Errors and warnings, in the order of the text. */
    List<Problem> problems();

    /** No errors. */
    record Valid(Definition definition, List<Problem> problems) implements Checked {
        public Valid {
            problems = List.copyOf(problems);
        }
    }

    /** At least one error. */
    record Invalid(List<Problem> problems) implements Checked {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
