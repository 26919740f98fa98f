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
    private static final String FLOOR = "floor transition";

    static List<Target> all(Figures f) {
        return Stream.of(
                        least("P2", "W1 steps/s : floor", 1.2, 2, f.ratio(W1, FLOOR, "steps_per_s")),
                        least("P2", "W1 steps/s : floor, 20 tenants", 1.2, 2, f.ratio(W1_20, FLOOR, "steps_per_s")),
                        least("P2", "W1 local steps/s : floor", 0.6, 0.6, f.ratio(LOCAL, FLOOR, "steps_per_s")),
                        most("P9", "write transactions per step", 0.3, 0.3, f.median(W1, "write_tx_per_step")),
                        most(
                                "P9",
                                "write transactions per step, 20 tenants",
                                0.3,
                                0.3,
                                f.median(W1_20, "write_tx_per_step")),
                        most("P9", "WAL bytes per step", 1200, 1200, f.median(W1, "wal_bytes_per_step")),
                        most("P9", "WAL bytes per step, 20 tenants", 1200, 1200, f.median(W1_20, "wal_bytes_per_step")))
                .filter(target -> target.value.isPresent())
                .toList();
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
