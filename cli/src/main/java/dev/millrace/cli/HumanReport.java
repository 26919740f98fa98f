package dev.millrace.cli;

import dev.millrace.language.Problem.Severity;
import java.util.List;
import java.util.Locale;

/** The findings for people, file by file. */
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
        var problems = new ProblemText(verdict.source(), strict);
        verdict.problems().forEach(problem -> text.append(problems.of(problem)).append('\n'));
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

    static String many(int count, String what) {
        return String.format(Locale.ROOT, "%d %s%s", count, what, count == 1 ? "" : "s");
    }
}
