package dev.millrace.cli;

import dev.millrace.language.DefinitionTests.Test;
import dev.millrace.language.DefinitionTests.Tested;
import java.util.List;

/** What became of tests, for people: each test by name, then what is wrong, as {@code validate} shows it. */
final class TestText {
    private final StringBuilder text = new StringBuilder();
    private final boolean strict;

    private TestText(boolean strict) {
        this.strict = strict;
    }

    static String of(List<RunTests.Result> results, boolean strict) {
        var report = new TestText(strict);
        results.forEach(report::file);
        report.summary(results);
        return report.text.toString();
    }

    private void file(RunTests.Result result) {
        Tested tested = result.tested();
        if (!result.readable()) {
            line("error[" + Verdict.UNREADABLE + "] "
                    + tested.problems().getFirst().message());
            text.append('\n');
            return;
        }
        line(result.source().name() + (tested.ran() ? "" : ": its tests cannot run before this is mended"));
        tested.tests().forEach(test -> line((test.passed() ? "  passed  " : "  FAILED  ") + test.name()));
        if (tested.ran() && tested.tests().isEmpty()) {
            line("  has no tests");
        }
        text.append('\n');
        var problems = new ProblemText(result.source(), strict);
        tested.problems().forEach(problem -> text.append(problems.of(problem)).append('\n'));
    }

    private void line(String line) {
        text.append(Excerpt.printable(line)).append('\n');
    }

    private void summary(List<RunTests.Result> results) {
        List<Test> tests = results.stream()
                .flatMap(result -> result.tested().tests().stream())
                .toList();
        long passed = tests.stream().filter(Test::passed).count();
        long files = results.stream().filter(result -> !result.passed(strict)).count();
        line(passed + " of " + HumanReport.many(tests.size(), "test") + " passed"
                + (files == 0 ? "." : "; " + HumanReport.many((int) files, "file") + " not in order."));
    }
}
