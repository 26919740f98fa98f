package dev.millrace.cli;

import dev.millrace.cli.Options.Against.Server;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code audit} was asked.
 *
 * @param file the heads to verify against, or where to write them
 */
record AuditOptions(Task task, Server server, Optional<String> file, boolean json) {
    enum Task {
        VERIFY,
        HEADS
    }

    /** @throws WrongUsage saying what was expected */
    static AuditOptions read(List<String> arguments, Map<String, String> environment) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Task task = switch (rest.isEmpty() ? "" : rest.removeFirst()) {
            case "verify" -> Task.VERIFY;
            case "heads" -> Task.HEADS;
            default -> throw new WrongUsage("expected audit verify or audit heads.");
        };
        String fileOption = task == Task.VERIFY ? "--heads" : "--out";
        Optional<String> server = Optional.empty();
        Optional<String> file = Optional.empty();
        boolean json = false;
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.equals("--server")) {
                server = Optional.of(Options.value(argument, rest));
            } else if (argument.equals(fileOption)) {
                file = Optional.of(Options.value(argument, rest));
            } else {
                throw new WrongUsage("there is no option '" + argument + "' of audit "
                        + (task == Task.VERIFY ? "verify." : "heads."));
            }
        }
        return new AuditOptions(task, Options.server(server, environment), file, json);
    }
}
