package dev.millrace.server.workflow;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Published.Declined;
import dev.millrace.engine.StoredEvent;
import dev.millrace.engine.StoredEvent.LaterStart;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * An event, as it is answered.
 *
 * @param depth how many actions stand between it and the outside
 * @param executions started when it came, at most 100 of them; {@code started} counts all
 * @param declined enabled definitions on it that did not start then, and why
 * @param startedLater by hand, from the stored event
 */
record EventBody(
        UUID id,
        String eventId,
        String name,
        Instant occurredAt,
        By by,
        int depth,
        Optional<String> entityType,
        Optional<UUID> entityId,
        JsonNode payload,
        String outcome,
        List<UUID> executions,
        int started,
        List<DeclinedBody> declined,
        List<LaterBody> startedLater) {

    record By(String kind, Optional<String> id, String name) {
        static By of(Actor actor) {
            return new By(actor.kind(), actor.id(), actor.name());
        }
    }

    /**
     * @param failed the condition could not be evaluated; else it was false
     * @param values what it read
     */
    record DeclinedBody(
            UUID workflowId, String workflowName, int version, boolean failed, String reason, JsonNode values) {
        static DeclinedBody of(Declined no) {
            return new DeclinedBody(
                    no.definition(), no.workflow(), no.version(), no.failed(), no.reason(), no.values());
        }
    }

    record LaterBody(String workflowName, UUID workflowId, UUID executionId, Instant startedAt, By by) {
        static LaterBody of(LaterStart later) {
            return new LaterBody(
                    later.workflow(), later.definition(), later.execution(), later.at(), By.of(later.by()));
        }
    }

    static EventBody of(StoredEvent event, List<LaterStart> later) {
        return new EventBody(
                event.id(),
                event.eventId(),
                event.name(),
                event.occurredAt(),
                By.of(event.actor()),
                event.depth(),
                event.entityType(),
                event.entityId(),
                event.payload(),
                event.outcome().name().toLowerCase(Locale.ROOT),
                event.executions(),
                event.started(),
                event.declined().stream().map(DeclinedBody::of).toList(),
                later.stream().map(LaterBody::of).toList());
    }
}
