package dev.millrace.erp.core;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a step does to a document by the step's own context. */
public record StepHerald(ActionContext context) implements Herald {
    @Override
    public Published publish(Tx tx, String event, ObjectNode payload) {
        return context.publish(tx, event, payload);
    }

    @Override
    public void journal(
            Tx tx,
            String type,
            String entityType,
            UUID entity,
            Optional<String> before,
            Optional<String> after,
            String comment) {
        context.journal(tx, type, entityType, entity, before, after, comment);
    }

    @Override
    public Actor actor() {
        return context.startedBy();
    }

    @Override
    public String by() {
        return context.workflowLabel();
    }

    @Override
    public Herald asRule() {
        return this;
    }
}
