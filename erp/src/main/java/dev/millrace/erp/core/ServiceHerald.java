package dev.millrace.erp.core;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Trail;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a person or a rule does to a document outside any step. */
public record ServiceHerald(EventPublisher events, Trail trail, Actor actor) implements Herald {
    @Override
    public Published publish(Tx tx, String event, ObjectNode payload) {
        return events.publish(tx, NewEvent.of(event, payload, actor));
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
        trail.write(tx, actor, type, entityType, entity, before, after, comment);
    }

    @Override
    public String by() {
        return actor.name();
    }

    @Override
    public Herald asRule() {
        return new ServiceHerald(events, trail, Actor.SYSTEM);
    }
}
