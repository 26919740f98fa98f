package dev.millrace.trials.bench;

/** {@code ./millrace bench NAME}: runs one of the benches and prints its table. */
public final class Main {
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        String bench = arguments.length == 1 ? arguments[0] : "";
        switch (bench) {
            case "validator" -> new ValidatorBench(System.out).run();
            default -> {
                System.err.println("millrace: give the name of a bench: validator");
                System.exit(WRONG_USAGE);
            }
        }
    }
}
