package dev.millrace.trials.bench.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How {@code ./millrace bench engine} was called.
 *
 * @param quick a tenth of the work, one round
 * @param rounds in which everybody has a turn; odd, so that there is a median
 * @param json where to write the figures, besides the table
 * @param only scenarios that are run; empty: all
 */
public record BenchOptions(boolean quick, int rounds, Optional<Path> json, List<String> only) {
    private static final int ROUNDS = 5;

    public static final String USAGE = "bench engine [--quick] [--rounds N] [--json FILE] [--only SCENARIO,…]";

    /**
     * @throws IllegalArgumentException an option is not known, or its value is missing or wrong
     */
    public static BenchOptions parse(List<String> arguments) {
        var options = new BenchOptions(false, 0, Optional.empty(), List.of());
        for (int i = 0; i < arguments.size(); i++) {
            options = switch (arguments.get(i)) {
                case "--quick" -> new BenchOptions(true, options.rounds, options.json, options.only);
                case "--rounds" ->
                    new BenchOptions(options.quick, number(value(arguments, ++i)), options.json, options.only);
                case "--json" ->
                    new BenchOptions(
                            options.quick, options.rounds, Optional.of(Path.of(value(arguments, ++i))), options.only);
                case "--only" ->
                    new BenchOptions(
                            options.quick,
                            options.rounds,
                            options.json,
                            List.of(value(arguments, ++i).split(",")));
                default -> throw new IllegalArgumentException("there is no option '" + arguments.get(i) + "'");
            };
        }
        int rounds = options.rounds > 0 ? options.rounds : options.quick ? 1 : ROUNDS;
        return new BenchOptions(options.quick, rounds, options.json, options.only);
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException("expected a value behind " + arguments.get(at - 1));
        }
        return arguments.get(at);
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException("expected a number of rounds from 1 to 99 but got '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    boolean wants(String scenario) {
        return only.isEmpty() || only.contains(scenario);
    }
}
