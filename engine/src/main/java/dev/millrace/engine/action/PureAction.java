package dev.millrace.engine.action;

/**
 * An action that only computes: it writes no row and calls nothing. Its result is committed together with those of other
 * steps of this node, so that it costs least. After a lost node it may run again.
 *
 * @param <C> the config record; its components, annotated with {@link Describe}, are the config's schema
 * @param <O> the output record, likewise
 */
public non-sealed interface PureAction<C extends Record, O extends Record> extends Action {
    /**
     * @throws ActionFailure it could not be done
     */
    O run(ActionContext context, C config);
}
