package dev.millrace.trials.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Repeats a piece of work and keeps how long each round took.
 *
 * @param nanos of each round, sorted
 * @param sink what the work gave, so that none of it can be left out
 */
record Timed(List<Long> nanos, int sink) {
    Timed {
        nanos = List.copyOf(nanos);
    }

    /** The works take turns, round by round, so that noise of the machine hits all of them alike. */
    static List<Timed> alternating(int rounds, List<IntSupplier> works) {
        var nanos = new ArrayList<List<Long>>();
        var sinks = new int[works.size()];
        works.forEach(work -> nanos.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < works.size(); i++) {
                long begun = System.nanoTime();
                sinks[i] += works.get(i).getAsInt();
                nanos.get(i).add(System.nanoTime() - begun);
            }
        }
        var timed = new ArrayList<Timed>();
        for (int i = 0; i < works.size(); i++) {
            Collections.sort(nanos.get(i));
            timed.add(new Timed(nanos.get(i), sinks[i]));
        }
        return timed;
    }

    double millis(double quantile) {
        return nanos.get((int) Math.min(nanos.size() - 1, Math.floor(quantile * nanos.size()))) / 1e6;
    }

    double median() {
        return millis(0.5);
    }
}
