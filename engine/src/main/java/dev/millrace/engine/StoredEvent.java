package dev.millrace.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as it came in, and what came of it then.
 *
 * @param id of its row; {@code eventId} is the one that makes it idempotent
 * @param depth how many actions stand between it and the outside
 * @param executions started when it came, at most 100; {@code started} counts all
 * @param declined enabled definitions on it that did not start then, and why
 * @param entityType with {@code entityId}: the document that it tells of
 */
public record StoredEvent(
        UUID id,
        String eventId,
        String name,
        ObjectNode payload,
        Actor actor,
        int depth,
        Instant occurredAt,
        List<UUID> executions,
        int started,
        List<Published.Declined> declined,
        Optional<String> entityType,
        Optional<UUID> entityId) {
    public StoredEvent {
        executions = List.copyOf(executions);
        declined = List.copyOf(declined);
    }

    /** What came of an event when it came in. */
    public enum Outcome {
        /** Something started. */
        STARTED,
        /** A definition's condition could not be evaluated. */
        FAILED,
        /** There were definitions, and each said no. */
        DECLINED,
        /** There was no enabled definition on it. */
        UNMATCHED
    }

    /** The first of the outcomes that holds, in the order of {@link Outcome}. */
    public Outcome outcome() {
        if (started > 0) {
            return Outcome.STARTED;
        }
        if (declined.isEmpty()) {
            return Outcome.UNMATCHED;
        }
        return declined.stream().anyMatch(Published.Declined::failed) ? Outcome.FAILED : Outcome.DECLINED;
    }

    /** Started by hand from the stored event, later. */
    public record LaterStart(String workflow, UUID definition, UUID execution, Actor by, Instant at) {}
}
