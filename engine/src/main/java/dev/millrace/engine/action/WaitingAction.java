package dev.millrace.engine.action;

import dev.millrace.engine.Tx;
import java.time.Instant;
import java.util.UUID;

/**
 * An action that parks its step until a person, an instant or an event. {@link #begin} runs inside the
 * transaction that marks the step as waiting.
 *
 * @param <C> the config record
 * @param <O> the output record
 */
public non-sealed interface WaitingAction<C extends Record, O extends Record> extends Action {
    /**
     * @throws ActionFailure it cannot wait
     */
    Wait<O> begin(Tx tx, WaitContext context, C config);

    /** How it waits. */
    sealed interface Wait<O> {
        /** Nothing to wait for. */
        record Over<O>(O output) implements Wait<O> {}

        /** Until an instant; then the step completes with the output. */
        record Until<O>(Instant at, O output) implements Wait<O> {}

        /**
         * Until something else ends the step: an event that comes, or another execution that ends.
         *
         * @param lookAgain when the wait ends if it has no deadline of its own
         */
        record UntilTold<O>(Instant lookAgain) implements Wait<O> {}

        /**
         * Until a decision, which completes the step.
         *
         * @param request the request's id
         * @param deadlinesPassed entries of {@code on_timeout} that are done with already
         * @param expiresAt when the request expires
         * @param dueAt when something is to be done about it next: a deadline, a reminder, the expiry
         */
        record ForDecision<O>(UUID request, int deadlinesPassed, Instant expiresAt, Instant dueAt) implements Wait<O> {}
    }
}
