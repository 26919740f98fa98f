package dev.millrace.engine.execution;

import dev.millrace.language.Deadline;
import dev.millrace.language.Step;
import java.time.Instant;
import java.util.Optional;

/** When the entries of a step's {@code on_timeout} fall due: counted from the moment it began to wait. */
final class Deadlines {
    private Deadlines() {}

    static Optional<Deadline> entry(Step step, int number) {
        return number < step.onTimeout().size() ? Optional.of(step.onTimeout().get(number)) : Optional.empty();
    }

    static Optional<Instant> next(Step step, Instant waitingSince, int fromEntry) {
        return entry(step, fromEntry).map(d -> waitingSince.plus(d.after()));
    }
}
