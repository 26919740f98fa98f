package dev.millrace.erp;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something for a member, or for whoever holds a role, to do.
 *
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
        String status,
        Instant createdAt) {}
