package dev.millrace.trials.bench.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every run of every round gave. */
final class Figures {
    private final Map<String, List<Map<String, Double>>> roundsOf = new LinkedHashMap<>();

    void add(Task task, Map<String, Double> figures) {
        roundsOf.computeIfAbsent(task.name(), name -> new ArrayList<>()).add(figures);
    }

    /** In the order in which they ran first. */
    Set<String> names() {
        return roundsOf.keySet();
    }

    List<Map<String, Double>> rounds(String name) {
        return roundsOf.getOrDefault(name, List.of());
    }

    /** The median over the rounds; empty if it was not measured. */
    Optional<Double> median(String name, String figure) {
        return median(rounds(name).stream()
                .filter(round -> round.containsKey(figure))
                .map(round -> round.get(figure))
                .toList());
    }

    /** The median of the quotients that two runs of one round make: noise of the machine hits both. */
    Optional<Double> ratio(String dividend, String divisor, String figure) {
        List<Map<String, Double>> above = rounds(dividend);
        List<Map<String, Double>> below = rounds(divisor);
        var quotients = new ArrayList<Double>();
        for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
            quotients.add(value(above.get(round), figure) / value(below.get(round), figure));
        }
        return median(quotients);
    }

    /** The median of what one figure is to another of the same run. */
    Optional<Double> quotient(String name, String dividend, String divisor) {
        return median(rounds(name).stream()
                .map(round -> value(round, dividend) / value(round, divisor))
                .toList());
    }

    private static double value(Map<String, Double> run, String figure) {
        return Optional.ofNullable(run.get(figure)).orElse(Double.NaN);
    }

    private static Optional<Double> median(List<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return Optional.of(sorted.get(sorted.size() / 2));
    }
}
