package dev.millrace.trials.bench.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** How long something took, many times over; in nanoseconds. */
final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    void add(long from, long to) {
        nanos.add(Math.max(0, to - from));
    }

    /** Adds {@code NAME_p50_ms} and {@code NAME_p99_ms}. */
    void into(Map<String, Double> figures, String name) {
        figures.put(name + "_p50_ms", quantile(0.50));
        figures.put(name + "_p99_ms", quantile(0.99));
    }

    double medianMillis() {
        return quantile(0.50);
    }

    private double quantile(double q) {
        Collections.sort(nanos);
        return nanos.get((int) Math.min(nanos.size() - 1, Math.floor(q * nanos.size()))) / 1e6;
    }
}
