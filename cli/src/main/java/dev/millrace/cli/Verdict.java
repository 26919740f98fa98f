package dev.millrace.cli;

import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.util.List;

/** What was found in one file; one that could not be read has one error, of no place. */
record Verdict(Source source, List<Problem> problems, boolean readable) {
    static final String UNREADABLE = "file_unreadable";

    Verdict {
        problems = List.copyOf(problems);
    }

    List<Problem> of(Severity severity) {
        return problems.stream().filter(p -> p.severity() == severity).toList();
    }

    boolean isValid(boolean strict) {
        return strict ? problems.isEmpty() : of(Severity.ERROR).isEmpty();
    }
}
