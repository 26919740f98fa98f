package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What running an execution must do to the requests for approval that its steps wait for. */
public interface PendingRequests {
    /** For what a step waits; the latest of its requests. */
    Optional<Asked> asked(Tx tx, UUID execution, String step);

    /**
     * @param state of the request
     * @param nobody there is no member who may decide
     * @param deadlines of each entry of {@code on_timeout}, as they were fixed when the step began to wait
     * @param remindAt the next reminder
     */
    record Asked(
            UUID request,
            State state,
            boolean nobody,
            Instant expiresAt,
            List<Instant> deadlines,
            Optional<Instant> remindAt) {
        public Asked {
            deadlines = List.copyOf(deadlines);
        }
    }

    /** What matters to a step of a request's status. */
    enum State {
        PENDING,
        /** Sent back: it is to be submitted again before the deadline. */
        RETURNED,
        OVER
    }

    /** The time of a request is up; false if somebody was first, or it is not up yet. */
    boolean expire(Tx tx, UUID request);

    /**
     * Reminds those who may still decide, once, however many reminders a downtime has swallowed.
     *
     * @return when the next is due, and who was reminded
     */
    Reminded remind(Tx tx, UUID request);

    record Reminded(Instant next, String whom) {}

    /** Nobody need decide any more. */
    void cancelPending(Tx tx, UUID execution, Actor by);
}
