package dev.millrace.trials.bench.engine;

import java.util.List;

/**
 * One run: who does what, how often.
 *
 * @param system {@code millrace}, {@code floor}, {@code db-scheduler} or {@code dbos}
 * @param scenario {@code w1}, {@code w1-local}, {@code w2}, …
 * @param warmUp executions before the clock starts
 * @param executions that are measured
 * @param clients that start them beside each other
 * @param tenants over which they are spread
 */
record Task(String system, String scenario, int warmUp, int executions, int clients, int tenants) {
    /** As the program arguments of a process of its own. */
    List<String> arguments() {
        return List.of(
                system,
                scenario,
                Integer.toString(warmUp),
                Integer.toString(executions),
                Integer.toString(clients),
                Integer.toString(tenants));
    }

    static Task of(String[] arguments) {
        return new Task(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
    }

    static final int ARGUMENTS = 6;

    /** {@code millrace w1}, {@code millrace w1 20 tenants}. */
    String name() {
        return system + " " + scenario + (tenants == 1 ? "" : ", " + tenants + " tenants");
    }
}
