package dev.millrace.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a finished execution runs again when a person asks for it. Pure, as the {@link Planner} is.
 *
 * <p>A step may be retried if it failed and nothing behind it has run. What was skipped or cancelled behind it, and what
 * was cancelled because the execution ended, is planned anew. What completed stays, steps and handlers alike.
 */
public sealed interface RetryPlan {
    /**
     * @param from the steps that run again, in the order of the text; empty when the execution was broken off before
     *     any step had a result
     * @param units ids of all units whose results are taken back, those of {@code from} among them
     */
    record SetBack(List<String> from, Set<String> units) implements RetryPlan {
        public SetBack {
            from = List.copyOf(from);
            units = Set.copyOf(units);
        }
    }

    /** @param message says what stands in the way, for people */
    record Refused(Reason reason, String message) implements RetryPlan {}

    /** Why nothing can be retried. */
    enum Reason {
        STEP_UNKNOWN,
        STEP_NOT_RETRYABLE,
        OTHER_STEP_FAILED,
        NOTHING_TO_RETRY,
        STOPPED_ON_PURPOSE
    }

    /**
     * @param progress of a finished execution of {@code definition}
     * @param failed it ended as failed: if no step did, it was broken off, and goes on where it was
     * @param step the failed step to begin with; empty: all that can be retried
     */
    static RetryPlan of(Definition definition, Progress progress, boolean failed, Optional<String> step) {
        return new Retrying(definition, progress).plan(failed, step);
    }
}
