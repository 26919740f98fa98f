package dev.millrace.cli;

import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The findings for people, as compilers show them: where, what, the line itself, how to mend it. */
final class HumanReport {
    private final StringBuilder text = new StringBuilder();
    private final boolean strict;

    private HumanReport(boolean strict) {
        this.strict = strict;
    }

    static String of(List<Verdict> verdicts, boolean strict) {
        var report = new HumanReport(strict);
        verdicts.forEach(report::file);
        report.summary(verdicts);
        return report.text.toString();
    }

    private void file(Verdict verdict) {
        if (!verdict.readable()) {
            text.append("error[" + Verdict.UNREADABLE + "] ")
                    .append(Excerpt.printable(verdict.problems().getFirst().message()))
                    .append("\n\n");
            return;
        }
        var excerpt = new Excerpt(verdict.source().text());
        verdict.problems().forEach(problem -> problem(verdict.source().name(), problem, excerpt));
    }

    private void problem(String file, Problem problem, Excerpt excerpt) {
        String kind = problem.severity() == Severity.ERROR || strict ? "error" : "warning";
        text.append(Excerpt.printable("%s:%d:%d: %s[%s] %s"
                        .formatted(file, problem.line(), problem.column(), kind, problem.code(), problem.message())))
                .append('\n')
                .append(excerpt.of(problem));
        help(problem).ifPresent(help -> text.append("  = ").append(Excerpt.printable(help)).append('\n'));
        text.append('\n');
    }

    private static Optional<String> help(Problem problem) {
        return problem.fix()
                .map(fix -> fix.replacement().isEmpty() ? "fix: remove it" : "fix: write '" + fix.replacement() + "'")
                .or(() -> problem.suggestion().map(suggestion -> "help: write '" + suggestion + "'"))
                .or(() -> ProblemCode.of(problem.code()).map(code -> "help: " + code.help()));
    }

    private void summary(List<Verdict> verdicts) {
        long valid = verdicts.stream().filter(v -> v.isValid(strict)).count();
        int errors = count(verdicts, Severity.ERROR);
        int warnings = count(verdicts, Severity.WARNING);
        String files = verdicts.size() == 1
                ? (valid == 1 ? "The file is valid" : "The file is not valid")
                : "%d of %d files are valid".formatted(valid, verdicts.size());
        String found = errors + warnings == 0 ? "" : ": " + many(errors, "error") + ", " + many(warnings, "warning");
        text.append(files).append(found).append(".\n");
    }

    private static int count(List<Verdict> verdicts, Severity severity) {
        return verdicts.stream().mapToInt(v -> v.of(severity).size()).sum();
    }

    private static String many(int count, String what) {
        return String.format(Locale.ROOT, "%d %s%s", count, what, count == 1 ? "" : "s");
    }
}
