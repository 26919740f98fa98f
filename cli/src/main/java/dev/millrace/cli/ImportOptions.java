package dev.millrace.cli;

import dev.millrace.cli.Options.Against.Server;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code import} was asked.
 *
 * @param kind as in the API's paths
 * @param file {@code -} for standard input
 * @param skip rows with errors are left out, and the others written
 */
record ImportOptions(String kind, String file, Server server, boolean skip, boolean dryRun, boolean json) {
    private static final List<String> KINDS = List.of("suppliers", "customers", "items", "opening-stock");

    /** @throws WrongUsage saying what was expected */
    static ImportOptions read(List<String> arguments, Map<String, String> environment) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        var given = new ArrayList<String>();
        Optional<String> server = Optional.empty();
        boolean skip = false;
        boolean dryRun = false;
        boolean json = false;
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            switch (argument) {
                case "--server" -> server = Optional.of(Options.value(argument, rest));
                case "--skip" -> skip = true;
                case "--dry-run" -> dryRun = true;
                case "--json" -> json = true;
                default -> given.add(argument);
            }
        }
        Optional<String> unknown = given.stream()
                .filter(argument -> argument.startsWith("-") && !argument.equals("-"))
                .findFirst();
        if (unknown.isPresent()) {
            throw new WrongUsage("there is no option '" + unknown.get() + "' of import.");
        }
        if (given.size() != 2 || !KINDS.contains(given.getFirst())) {
            throw new WrongUsage("expected import and one of " + String.join(", ", KINDS) + ", then a file.");
        }
        return new ImportOptions(
                given.getFirst(), given.getLast(), Options.server(server, environment), skip, dryRun, json);
    }
}
