package dev.millrace.engine.action;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Published;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.language.Expression;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The step on whose behalf an action runs. */
public interface ActionContext {
    TenantInfo tenant();

    UUID executionId();

    /** {@code lock}, or {@code lock.on_error[0]}. */
    String stepId();

    /** From 1. */
    int attempt();

    /** The same for every attempt of this step: {@code <execution>/<step>}. */
    String idempotencyKey();

    /** {@code purchase-order-approval v3}, for texts such as "approved by rule of …". */
    String workflowLabel();

    /** The actor of the event that started the execution, or who started it by hand. */
    Actor startedBy();

    /** The payload that started the execution. */
    ObjectNode trigger();

    /** The value of an expression-typed config field, in the eyes of this step. */
    JsonNode evaluate(String expression);

    /** The value of a part of an expression-typed config field. */
    JsonNode evaluate(Expression expression);

    /** Whether the value of an expression-typed config field counts as true. */
    boolean holds(String expression);

    /** Whether an approval still is one of the document as it is, and what becomes of approvals when it changes. */
    Documents documents();

    /** Emits an event in the step's transaction, one deeper in its chain; what it starts starts with the commit. */
    Published publish(Tx tx, String event, ObjectNode payload);

    /**
     * Writes an entry about a document into the journal.
     *
     * @return the entry's id
     */
    UUID journal(
            Tx tx,
            String type,
            String resourceType,
            UUID resourceId,
            Optional<String> before,
            Optional<String> after,
            String comment);
}
