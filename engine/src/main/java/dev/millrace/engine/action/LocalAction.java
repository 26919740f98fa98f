package dev.millrace.engine.action;

import dev.millrace.engine.Tx;

/**
 * An action whose whole effect is rows of this database. It runs inside the step's transaction: its rows and the
 * step's result commit together or not at all, so its effect happens exactly once. It has at most 20 s and calls
 * nothing outside. After a rollback it may run again.
 *
 * @param <C> the config record; its components, annotated with {@link Describe}, are the config's schema
 * @param <O> the output record, likewise
 */
public non-sealed interface LocalAction<C extends Record, O extends Record> extends Action {
    /**
     * @throws ActionFailure it could not be done; the transaction is rolled back
     */
    O run(Tx tx, ActionContext context, C config);
}
