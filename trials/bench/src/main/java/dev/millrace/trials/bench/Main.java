package dev.millrace.trials.bench;

import dev.millrace.trials.bench.engine.BenchOptions;
import dev.millrace.trials.bench.engine.EngineBench;
import java.io.IOException;
import java.util.List;

/** {@code ./millrace bench NAME}: runs one of the benches and prints its table. */
public final class Main {
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        String bench = arguments.length == 0 ? "" : arguments[0];
        List<String> options = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (bench) {
            case "engine" -> engine(options);
            case "validator" -> new ValidatorBench(System.out).run();
            case "simulator" -> new SimulatorBench(System.out).run();
            default -> refuse("give the name of a bench: engine, validator or simulator");
        }
    }

    private static void engine(List<String> options) throws IOException {
        BenchOptions parsed;
        try {
            parsed = BenchOptions.parse(options);
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage() + "; usage: " + BenchOptions.USAGE);
            return;
        }
        new EngineBench(parsed, System.out, System.err).run();
    }

    private static void refuse(String why) {
        System.err.println("millrace: " + why);
        System.exit(WRONG_USAGE);
    }
}
