package dev.millrace.server.workflow;

import dev.millrace.engine.StoredEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An event in a list.
 *
 * @param eventId makes it idempotent
 * @param outcome {@code started, failed, declined} or {@code unmatched}: what came of it when it came
 * @param started how many executions it started then
 * @param declined how many definitions said no then
 */
record EventItem(
        UUID id,
        String eventId,
        String name,
        Instant occurredAt,
        EventBody.By by,
        Optional<String> entityType,
        Optional<UUID> entityId,
        String outcome,
        int started,
        int declined) {
    static EventItem of(StoredEvent event) {
        return new EventItem(
                event.id(),
                event.eventId(),
                event.name(),
                event.occurredAt(),
                EventBody.By.of(event.actor()),
                event.entityType(),
                event.entityId(),
                event.outcome().name().toLowerCase(Locale.ROOT),
                event.started(),
                event.declined().size());
    }
}
