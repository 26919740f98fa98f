package dev.millrace.cli;

import java.util.List;
import java.util.Map;

/** Runs one command. */
final class CommandLine {
    static final String USAGE = """
            Usage: ./millrace validate [OPTIONS] FILE…

              FILE              a workflow as YAML; - reads standard input
              --server URL      ask this server, for its company's catalogue (MILLRACE_SERVER; token in MILLRACE_TOKEN)
              --catalogue FILE  without a server: check against this catalogue (else the one that Millrace ships)
              --strict          warnings count as errors
              --json            for programs: a list of {file, valid, errors, warnings}

            Exit codes: 0 all valid, 1 some are not, 2 wrong usage, 3 a file or the server could not be read.""";

    private final Map<String, String> environment;
    private final Terminal terminal;

    CommandLine(Map<String, String> environment, Terminal terminal) {
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
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
        if (!name.equals("validate")) {
            throw new WrongUsage("there is no command '" + name + "'.");
        }
        Options options = Options.read(arguments.subList(1, arguments.size()), environment);
        return new Validate(options, terminal).run();
    }
}
