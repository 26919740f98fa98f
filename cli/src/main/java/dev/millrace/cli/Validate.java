package dev.millrace.cli;

import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
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
        return switch (options.against()) {
            case Options.Against.Server server -> new RemoteValidator(new Api(server));
            case Options.Against.CatalogueAt at -> here(catalogue(at.file()));
            case Options.Against.Shipped shipped -> here(CatalogueFile.shipped());
        };
    }

    private static Validator here(Catalogue catalogue) {
        return yaml -> Checker.check(yaml, catalogue).problems();
    }

    private Catalogue catalogue(String file) {
        return switch (CatalogueFile.read(Source.whole(file, terminal).text())) {
            case CatalogueFile.Read.Good good -> good.catalogue();
            case CatalogueFile.Read.Bad bad -> throw new OutOfReach(file + ": it is no catalogue. " + bad.message());
        };
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
