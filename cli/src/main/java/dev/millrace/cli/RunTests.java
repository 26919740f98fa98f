package dev.millrace.cli;

import dev.millrace.language.Catalogue;
import dev.millrace.language.DefinitionTests;
import dev.millrace.language.DefinitionTests.Tested;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.util.List;
import java.util.Optional;

/** {@code test}: runs the tests that stand beside the workflow in each file. Nothing reaches an ERP. */
final class RunTests {
    private final Options options;
    private final Terminal terminal;

    RunTests(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /**
     * What became of one file.
     *
     * @param tested of one that could not be read: one error, no test
     */
    record Result(Source source, Tested tested, boolean readable) {
        boolean passed(boolean strict) {
            return strict ? tested.problems().isEmpty() : tested.passed();
        }
    }

    int run() {
        Catalogue catalogue = Companies.catalogue(options.against(), terminal);
        List<Result> results =
                options.files().stream().map(file -> result(file, catalogue)).toList();
        if (options.json()) {
            terminal.out().println(TestJson.of(results, options.strict()));
        } else {
            terminal.out().print(TestText.of(results, options.strict()));
        }
        return status(results);
    }

    private Result result(String file, Catalogue catalogue) {
        Source source;
        try {
            source = Source.definition(file, terminal);
        } catch (OutOfReach e) {
            return new Result(new Source(file, ""), unreadable(String.valueOf(e.getMessage())), false);
        }
        return new Result(source, DefinitionTests.run(source.text(), catalogue), true);
    }

    private static Tested unreadable(String message) {
        var problem = new Problem(
                Verdict.UNREADABLE, Severity.ERROR, "", 1, 1, 1, 1, message, Optional.empty(), Optional.empty());
        return new Tested(List.of(problem), false, List.of());
    }

    private int status(List<Result> results) {
        if (!results.stream().allMatch(Result::readable)) {
            return Status.OUT_OF_REACH;
        }
        return results.stream().allMatch(result -> result.passed(options.strict())) ? Status.DONE : Status.NOT_SO;
    }
}
