package dev.millrace.engine.trigger;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document that an event tells of. By convention: the event {@code thing.happened} whose payload has an {@code id}
 * tells of the thing with that id.
 */
record EventEntity(String type, UUID id) {
    private static final int UUID_CHARACTERS = 36;

    static Optional<EventEntity> of(String event, ObjectNode payload) {
        int dot = event.lastIndexOf('.');
        String id = payload.path("id").asString("");
        if (dot <= 0 || id.length() != UUID_CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventEntity(event.substring(0, dot), UUID.fromString(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
