package dev.millrace.engine.execution;

import dev.millrace.engine.journal.Entry;
import dev.millrace.language.StepError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One change of one execution, written by one statement if the lease still stands.
 *
 * @param fence of the lease under which it was decided
 * @param signal present: refused if a decision came in since
 */
public record Transition(
        UUID tenant,
        UUID execution,
        long fence,
        Optional<Integer> signal,
        Move move,
        List<StepRow> steps,
        List<Entry> entries)
        implements Write {
    public Transition {
        steps = List.copyOf(steps);
        entries = List.copyOf(entries);
    }

    @Override
    public UUID id() {
        return execution;
    }

    /**
     * Whether both may be one change: the execution goes on under the same lease, no decision matters, and they write
     * different steps. So it is with branches that end at the same moment.
     */
    boolean canJoin(Transition other) {
        return execution.equals(other.execution)
                && fence == other.fence
                && isFree()
                && other.isFree()
                && steps.stream()
                        .noneMatch(step ->
                                other.steps.stream().anyMatch(its -> its.id().equals(step.id())));
    }

    private boolean isFree() {
        return move instanceof Move.Keep && signal.isEmpty();
    }

    /** This and then the other, as one; they {@link #canJoin}. */
    Transition join(Transition other) {
        return new Transition(
                tenant, execution, fence, signal, move, both(steps, other.steps), both(entries, other.entries));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** What becomes of the lease. */
    public sealed interface Move {
        /** It goes on. */
        record Keep() implements Move {}

        /** Given back; due again at the instant. */
        record Park(String status, Instant dueAt) implements Move {}

        /** The execution is over. */
        record End(String status, String outcome, Optional<StepError> error) implements Move {}
    }

    /** What became of a transition. */
    public sealed interface Result {
        /** Written; {@code now} is the database's clock in that statement. */
        record Written(Instant now) implements Result {}

        /** The fence or the signal has moved on: nothing was written. */
        record Refused() implements Result {}

        /** The connection broke during the commit: read again to know. */
        record Unknown() implements Result {}
    }
}
