package dev.millrace.trials.bench.engine;

import java.util.List;
import java.util.stream.Stream;

/** What is run in each round, in this order. */
final class Plan {
    static final String MILLRACE = "millrace";
    static final String FLOOR = "floor";
    static final String DB_SCHEDULER = "db-scheduler";
    static final String DBOS = "dbos";

    private static final int CLIENTS = 8;
    private static final int MANY_TENANTS = 20;

    private Plan() {}

    static List<Task> of(BenchOptions options) {
        int part = options.quick() ? 10 : 1;
        return Stream.of(
                        new Task(FLOOR, "transition", 4_000 / part, 12_000 / part, CLIENTS, 1),
                        new Task(MILLRACE, "w1", 5_000 / part, 2_000 / part, CLIENTS, 1),
                        new Task(MILLRACE, "w1", 5_000 / part, 2_000 / part, CLIENTS, MANY_TENANTS),
                        new Task(DB_SCHEDULER, "w1", 5_000 / part, 2_000 / part, CLIENTS, 1),
                        new Task(DBOS, "w1", 5_000 / part, 2_000 / part, CLIENTS, 1),
                        new Task(MILLRACE, "w1-local", 3_000 / part, 2_000 / part, CLIENTS, 1),
                        new Task(MILLRACE, "w1-local", 3_000 / part, 2_000 / part, CLIENTS, MANY_TENANTS),
                        new Task(MILLRACE, "w2", 600 / part, 400 / part, CLIENTS, 1),
                        new Task(DBOS, "w2", 150 / part, 100 / part, CLIENTS, 1),
                        new Task(MILLRACE, "events", 1_500 / part, 300 / part, 1, 1),
                        new Task(MILLRACE, "decisions", 1_500 / part, 300 / part, 1, 1),
                        new Task(MILLRACE, "overlap", 80 / part, 20 / part, 1, 1),
                        new Task(MILLRACE, "parked", 0, options.quick() ? 2_000 : 10_000, CLIENTS, 1),
                        new Task(MILLRACE, "idle", 2_000 / part, options.quick() ? 5 : 20, CLIENTS, 1))
                .filter(task -> options.wants(task.scenario()))
                .toList();
    }
}
