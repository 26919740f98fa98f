package dev.millrace.erp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Something for a member, or for whoever holds a role, to do.
 *
 * @param checklist what belongs to it, to be ticked off by eye
 * @param status {@code open}, {@code done} or {@code cancelled}
 */
public record Task(
        UUID id,
        String title,
        Optional<String> description,
        Optional<String> role,
        Optional<UUID> member,
        Optional<Instant> dueAt,
        Optional<String> entityType,
        Optional<UUID> entityId,
        List<String> checklist,
        String status,
        Optional<UUID> doneBy,
        Optional<Instant> doneAt,
        Instant createdAt) {
    public Task {
        checklist = List.copyOf(checklist);
    }
}
