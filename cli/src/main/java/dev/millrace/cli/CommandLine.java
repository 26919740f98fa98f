package dev.millrace.cli;

import java.util.List;
import java.util.Map;

/** Runs one command. */
final class CommandLine {
    static final String USAGE = """
            Usage: ./millrace validate [OPTIONS] FILE…
                   ./millrace test [OPTIONS] FILE…
                   ./millrace audit verify|heads --server URL
                   ./millrace import suppliers|customers|items|opening-stock [OPTIONS] FILE --server URL

              validate          says what is wrong with workflows; the tests beside them run too
              test              runs the tests beside workflows and says of each what became of it
              audit verify      recomputes the chain of the journal; --heads FILE: also against a head kept elsewhere
              audit heads       exports the signed head of the chain; --out FILE: into a file
              import            brings a file of comma- or semicolon-separated values in, all of it or nothing;
                                --skip: leaves rows with errors out; --dry-run: says what would become of it
              FILE              a workflow as YAML; - reads standard input
              --server URL      ask this server, for its company's catalogue (MILLRACE_SERVER; token in MILLRACE_TOKEN)
              --catalogue FILE  without a server: check against this catalogue (else the one that Millrace ships)
              --strict          warnings count as errors
              --json            for programs: a list of {file, valid, errors, warnings}, or {file, passed, ran, tests, …}

            Exit codes: 0 all in order, 1 some are not, 2 wrong usage, 3 a file or the server could not be read.""";

    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Runnable pause;

    /** @param pause before a server is asked again how far it is */
    CommandLine(Map<String, String> environment, Terminal terminal, Runnable pause) {
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
        this.pause = pause;
    }

    /** @return the status that the process ends with */
    int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            terminal.out().println(USAGE);
            return Status.DONE;
        }
        try {
            return command(arguments);
        } catch (WrongUsage e) {
            terminal.err().println("millrace: " + e.getMessage() + "\n" + USAGE);
            return Status.WRONG_USAGE;
        } catch (OutOfReach e) {
            terminal.err().println("millrace: " + e.getMessage());
            return Status.OUT_OF_REACH;
        }
    }

    private int command(List<String> arguments) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (name) {
            case "validate" -> new Validate(Options.read(rest, environment), terminal).run();
            case "test" -> new RunTests(Options.read(rest, environment), terminal).run();
            case "audit" -> new Audit(AuditOptions.read(rest, environment), terminal).run();
            case "import" -> new ImportFile(ImportOptions.read(rest, environment), terminal, pause).run();
            default -> throw new WrongUsage("there is no command '" + name + "'.");
        };
    }
}
