package dev.millrace.cli;

import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import java.util.Optional;

/** A problem for people, as compilers show one: where, what, the line itself, how to mend it. */
final class ProblemText {
    private final String file;
    private final Excerpt excerpt;
    private final boolean strict;

    /** @param strict warnings are called errors */
    ProblemText(Source source, boolean strict) {
        this.file = source.name();
        this.excerpt = new Excerpt(source.text());
        this.strict = strict;
    }

    /** Lines, the last one ended. */
    String of(Problem problem) {
        String kind = problem.severity() == Severity.ERROR || strict ? "error" : "warning";
        String headline = "%s:%d:%d: %s[%s] %s"
                .formatted(file, problem.line(), problem.column(), kind, problem.code(), problem.message());
        return Excerpt.printable(headline)
                + '\n'
                + excerpt.of(problem)
                + help(problem)
                        .map(help -> "  = " + Excerpt.printable(help) + '\n')
                        .orElse("");
    }

    private static Optional<String> help(Problem problem) {
        return problem.fix()
                .map(ProblemText::fix)
                .or(() -> problem.suggestion().map(suggestion -> "help: write '" + suggestion + "'"))
                .or(() -> ProblemCode.of(problem.code()).map(code -> "help: " + code.help()));
    }

    /** White space around a replacement is only there to keep the text in shape. */
    private static String fix(Problem.Fix fix) {
        boolean adds = fix.line() == fix.endLine() && fix.column() == fix.endColumn();
        String replacement = fix.replacement().strip();
        return replacement.isEmpty() ? "fix: remove it" : (adds ? "fix: add '" : "fix: write '") + replacement + "'";
    }
}
