package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes what is done to a document or a setting outside a step into the journal. Inside a step the action's
 * context does it. The wiring gives the engine's journal.
 */
public interface Trail {
    /**
     * Joins the caller's transaction: no entry without the change, no change without the entry.
     *
     * @param type {@code purchase_order.submitted}
     * @param resourceType {@code purchase_order}
     * @param before the state before, where there was one
     * @param comment for people; empty for none
     */
    void write(
            Tx tx,
            Actor actor,
            String type,
            String resourceType,
            UUID resourceId,
            Optional<String> before,
            Optional<String> after,
            String comment);
}
