package dev.millrace.language.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One way from the trigger to a step.
 *
 * @param stops the steps on it, in their order; the last is the one that is reached
 * @param amount one for which it is taken, where the amount decides
 */
public record Way(List<Stop> stops, Optional<BigDecimal> amount) {
    public Way {
        stops = List.copyOf(stops);
    }

    /** @param point index of the step */
    public record Stop(int point, Mode mode) {}

    /** How a step lets its dependents go on. */
    public enum Mode {
        RUNS,
        /** Its condition does not hold and it says {@code if_skipped: pass}. */
        PASSED_OVER,
        /** It failed or was refused, and its {@code on_error} says {@code continue}. */
        FAILED_AND_WENT_ON
    }
}
