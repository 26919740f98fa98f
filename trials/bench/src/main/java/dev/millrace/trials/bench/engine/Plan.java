package dev.millrace.trials.bench.engine;

import java.util.List;

/** What is run in each round, in this order. */
final class Plan {
    static final String MILLRACE = "millrace";
    static final String FLOOR = "floor";

    private static final int CLIENTS = 8;
    private static final int MANY_TENANTS = 20;

    private Plan() {}

    static List<Task> of(BenchOptions options) {
        int part = options.quick() ? 10 : 1;
        return List.of(
                        new Task(FLOOR, "transition", 4_000 / part, 12_000 / part, CLIENTS, 1),
                        new Task(MILLRACE, "w1", 1_000 / part, 2_000 / part, CLIENTS, 1),
                        new Task(MILLRACE, "w1", 1_000 / part, 2_000 / part, CLIENTS, MANY_TENANTS),
                        new Task(MILLRACE, "w1-local", 1_000 / part, 2_000 / part, CLIENTS, 1),
                        new Task(MILLRACE, "w1-local", 1_000 / part, 2_000 / part, CLIENTS, MANY_TENANTS))
                .stream()
                .filter(task -> options.wants(task.scenario()))
                .toList();
    }
}
