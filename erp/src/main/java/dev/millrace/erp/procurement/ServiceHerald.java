package dev.millrace.erp.procurement;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Trail;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a person or a rule does to an order outside any step. */
public record ServiceHerald(EventPublisher events, Trail trail, Actor actor) implements OrderStates.Herald {
    @Override
    public void publish(Tx tx, String event, ObjectNode payload) {
        events.publish(tx, NewEvent.of(event, payload, actor));
    }

    @Override
    public void journal(
            Tx tx, String type, UUID order, Optional<String> before, Optional<String> after, String comment) {
        trail.write(tx, actor, type, "purchase_order", order, before, after, comment);
    }
}
