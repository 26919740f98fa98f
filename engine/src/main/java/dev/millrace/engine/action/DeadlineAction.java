package dev.millrace.engine.action;

import dev.millrace.engine.Tx;
import java.time.Instant;
import java.util.UUID;

/**
 * An action for {@code on_timeout} of an approval that decides what becomes of the request. Runs inside the
 * transaction that expires the request; the execution is locked.
 *
 * @param <C> the config record
 * @param <O> the output record, for the catalogue
 */
public non-sealed interface DeadlineAction<C extends Record, O extends Record> extends Action {
    /**
     * @throws ActionFailure it cannot be done: the request expires and the step fails
     */
    Verdict run(Tx tx, WaitContext context, Expiring expiring, C config);

    /**
     * @param request the pending request whose time is up
     * @param entry the number of this entry of {@code on_timeout}, from 0
     */
    record Expiring(UUID request, int entry) {}

    /** What becomes of the step. */
    sealed interface Verdict {
        /**
         * It goes on waiting, for another request.
         *
         * @param dueAt when something is to be done about that one: a deadline, a reminder, the expiry
         */
        record WaitsFor(UUID request, Instant dueAt) implements Verdict {}

        /** It completes with this output. */
        record Completes(Record output) implements Verdict {}
    }
}
