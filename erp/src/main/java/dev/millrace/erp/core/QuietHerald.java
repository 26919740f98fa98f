package dev.millrace.erp.core;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Trail;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Journals, and starts nothing: for what there is when a company begins. */
public record QuietHerald(Trail trail) implements Herald {
    @Override
    public Published publish(Tx tx, String event, ObjectNode payload) {
        return new Published("", List.of(), 0, List.of(), false);
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
        trail.write(tx, actor(), type, entityType, entity, before, after, comment);
    }

    @Override
    public Actor actor() {
        return Actor.SYSTEM;
    }

    @Override
    public String by() {
        return actor().name();
    }

    @Override
    public Herald asRule() {
        return this;
    }
}
