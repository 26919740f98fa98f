package dev.millrace.engine.action;

/**
 * An action that calls something outside and writes no row here: what the call answers is its output. The call may be
 * repeated with the same {@link ActionContext#idempotencyKey()}: at least once. Its result is committed together with
 * those of other steps of this node.
 *
 * @param <C> the config record
 * @param <O> the output record
 */
public non-sealed interface CallAction<C extends Record, O extends Record> extends Action {
    /**
     * @throws ActionFailure it could not be done
     */
    O call(ActionContext context, C config);
}
