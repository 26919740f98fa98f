package dev.millrace.engine.execution;

import dev.millrace.language.Deadline;
import dev.millrace.language.Step;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/** When the entries of a step's {@code on_timeout} fall due: counted from the moment it began to wait. */
final class Deadlines {
    private Deadlines() {}

    static Optional<Deadline> entry(Step step, int number) {
        return number < step.onTimeout().size() ? Optional.of(step.onTimeout().get(number)) : Optional.empty();
    }

    /** The number of the first entry, from the given one on, that asks somebody else. */
    static Optional<Integer> escalation(Step step, int fromEntry) {
        return IntStream.range(fromEntry, step.onTimeout().size())
                .filter(n -> step.onTimeout().get(n).action().equals("erp.approval.escalate"))
                .boxed()
                .findFirst();
    }

    static Optional<Instant> next(Step step, Instant waitingSince, int fromEntry) {
        return entry(step, fromEntry).map(d -> waitingSince.plus(d.after()));
    }
}
