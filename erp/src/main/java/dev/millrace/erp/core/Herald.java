package dev.millrace.erp.core;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** How what happens to a document is told: of a step by its context, else by the publisher and the trail. */
public interface Herald {
    /** Emits an event in the transaction of what happened, and tells what that started. */
    Published publish(Tx tx, String event, ObjectNode payload);

    /**
     * Writes an entry into the journal.
     *
     * @param type {@code purchase_order.approved}
     * @param entityType {@code purchase_order}
     * @param comment for people; empty for none
     */
    void journal(
            Tx tx,
            String type,
            String entityType,
            UUID entity,
            Optional<String> before,
            Optional<String> after,
            String comment);

    /** Who stands behind it: who acts, or whose act started the execution. */
    Actor actor();

    /** In words, for people: the one who acts, or the workflow. */
    String by();

    /** For what follows by rule, and nobody decided: told in the system's name where a person acts. */
    Herald asRule();
}
