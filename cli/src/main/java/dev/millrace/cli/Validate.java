package dev.millrace.cli;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import java.util.List;
import java.util.Optional;

/** {@code validate}: says of each file what is wrong with it. */
final class Validate {
    private final Options options;
    private final Terminal terminal;

    Validate(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    int run() {
        Validator validator = validator();
        List<Verdict> verdicts =
                options.files().stream().map(file -> verdict(file, validator)).toList();
        if (options.json()) {
            terminal.out().println(JsonReport.of(verdicts, options.strict()));
        } else {
            terminal.out().print(HumanReport.of(verdicts, options.strict()));
        }
        return status(verdicts);
    }

    private Validator validator() {
        if (options.against() instanceof Options.Against.Server server) {
            return new RemoteValidator(new Api(server));
        }
        Catalogue catalogue = Companies.catalogue(options.against(), terminal);
        return yaml -> Checker.check(yaml, catalogue).problems();
    }

    private Verdict verdict(String file, Validator validator) {
        Source source;
        try {
            source = Source.definition(file, terminal);
        } catch (OutOfReach e) {
            return new Verdict(new Source(file, ""), List.of(unreadable(String.valueOf(e.getMessage()))), false);
        }
        return new Verdict(source, validator.problems(source.text()), true);
    }

    private static Problem unreadable(String message) {
        return new Problem(
                Verdict.UNREADABLE, Severity.ERROR, "", 1, 1, 1, 1, message, Optional.empty(), Optional.empty());
    }

    private int status(List<Verdict> verdicts) {
        if (!verdicts.stream().allMatch(Verdict::readable)) {
            return Status.OUT_OF_REACH;
        }
        return verdicts.stream().allMatch(v -> v.isValid(options.strict())) ? Status.DONE : Status.NOT_SO;
    }
}
