package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a step does to an order by the step's own context. */
record StepHerald(ActionContext context) implements OrderStates.Herald {
    @Override
    public void publish(Tx tx, String event, ObjectNode payload) {
        context.publish(tx, event, payload);
    }

    @Override
    public void journal(
            Tx tx, String type, UUID order, Optional<String> before, Optional<String> after, String comment) {
        context.journal(tx, type, "purchase_order", order, before, after, comment);
    }
}
