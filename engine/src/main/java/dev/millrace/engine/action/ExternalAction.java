package dev.millrace.engine.action;

import dev.millrace.engine.Tx;

/**
 * An action that calls something outside, in two halves. {@link #call} runs outside any transaction and may be
 * repeated with the same {@link ActionContext#idempotencyKey()}: at least once. {@link #record} runs inside the
 * step's result transaction: what it writes happens exactly once.
 *
 * @param <C> the config record
 * @param <A> what the call answered
 * @param <O> the output record
 */
public non-sealed interface ExternalAction<C extends Record, A, O extends Record> extends Action {
    /**
     * @throws ActionFailure it could not be done
     */
    A call(ActionContext context, C config);

    /**
     * @throws ActionFailure what the call answered cannot be recorded
     */
    O record(Tx tx, ActionContext context, C config, A answer);
}
