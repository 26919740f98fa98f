package dev.millrace.trials.bench.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A figure that the engine is to reach.
 *
 * @param id of the list of figures, {@code P1}
 * @param more whether more is better
 * @param value empty: not measured in this run
 */
record Target(String id, String what, boolean more, double must, double aim, Optional<Double> value) {
    private static final String W1 = "millrace w1";
    private static final String W1_20 = "millrace w1, 20 tenants";
    private static final String LOCAL = "millrace w1-local";
    private static final String LOCAL_20 = "millrace w1-local, 20 tenants";
    private static final String FLOOR = "floor transition";
    private static final String SCHEDULER = "db-scheduler w1";
    private static final String DBOS = "dbos w1";
    private static final String CPU = "cpu_us_per_step";

    static List<Target> all(Figures f) {
        return Stream.of(beside(f), floor(f), light(f), costs(f))
                .flatMap(targets -> targets)
                .filter(target -> target.value.isPresent())
                .toList();
    }

    private static Stream<Target> beside(Figures f) {
        return Stream.of(
                least("P1", "W1 CPU per step: db-scheduler : ours", 3, 4, f.ratio(SCHEDULER, W1, CPU)),
                least("P1", "W1 executions/s: ours : db-scheduler", 3, 4, f.ratio(W1, SCHEDULER, "executions_per_s")),
                least("P1", "W1 CPU per step: DBOS : ours", 6, 8, f.ratio(DBOS, W1, CPU)),
                least("P1", "W1 executions/s: ours : DBOS", 6, 8, f.ratio(W1, DBOS, "executions_per_s")),
                least("P3", "W2 CPU per step: DBOS : ours", 20, 20, f.ratio("dbos w2", "millrace w2", CPU)));
    }

    private static Stream<Target> floor(Figures f) {
        return Stream.of(
                least("P2", "W1 steps/s : floor", 1.2, 2, f.ratio(W1, FLOOR, "steps_per_s")),
                least("P2", "W1 steps/s : floor, 20 tenants", 1.2, 2, f.ratio(W1_20, FLOOR, "steps_per_s")),
                least("P2", "W1 local steps/s : floor", 0.6, 0.6, f.ratio(LOCAL, FLOOR, "steps_per_s")),
                least("P2", "W1 local steps/s : floor, 20 tenants", 0.6, 0.6, f.ratio(LOCAL_20, FLOOR, "steps_per_s")));
    }

    private static Stream<Target> light(Figures f) {
        String events = "millrace events";
        return Stream.of(
                most("P3", "forty calls : one of them", 2, 2, f.median("millrace overlap", "fan_of_calls_times")),
                most("P4", "event committed → first step, p50 ms", 5, 5, f.median(events, "event_to_step_p50_ms")),
                most("P4", "event committed → first step, p99 ms", 50, 50, f.median(events, "event_to_step_p99_ms")),
                most(
                        "P5",
                        "decided → next step, p50 ms",
                        10,
                        10,
                        f.median("millrace decisions", "decision_to_step_p50_ms")));
    }

    private static Stream<Target> costs(Figures f) {
        String parked = "millrace parked";
        String idle = "millrace idle";
        return Stream.of(
                most("P6", "heap of all that are parked, MB", 5, 5, f.median(parked, "heap_growth_mb")),
                most(
                        "P6",
                        "look for due work: with all parked : idle",
                        2,
                        1.2,
                        f.quotient(parked, "due_look_us_parked", "due_look_us_idle")),
                most("P9", "write transactions per step", 0.3, 0.3, f.median(W1, "write_tx_per_step")),
                most("P9", "write transactions per step, 20 tenants", 0.3, 0.3, f.median(W1_20, "write_tx_per_step")),
                most("P9", "WAL bytes per step", 1200, 1200, f.median(W1, "wal_bytes_per_step")),
                most("P9", "WAL bytes per step, 20 tenants", 1200, 1200, f.median(W1_20, "wal_bytes_per_step")),
                most("P10", "idle node, % of a core", 1.5, 1.5, f.median(idle, "idle_cpu_percent")),
                most("P10", "idle node, queries/s", 5, 5, f.median(idle, "idle_transactions_per_s")));
    }

    private static Target least(String id, String what, double must, double aim, Optional<Double> value) {
        return new Target(id, what, true, must, aim, value);
    }

    private static Target most(String id, String what, double must, double aim, Optional<Double> value) {
        return new Target(id, what, false, must, aim, value);
    }

    /** {@code aim}, {@code must} or {@code missed}. */
    String reached() {
        double is = value.orElseThrow();
        if (more ? is >= aim : is <= aim) {
            return "aim";
        }
        return (more ? is >= must : is <= must) ? "must" : "missed";
    }
}
