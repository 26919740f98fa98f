package dev.millrace.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One stored version of a definition.
 *
 * @param yaml as written
 * @param status {@code draft, active, deprecated, deleted}
 * @param enabled only an active one can be
 * @param provenance {@code person}, {@code template}, {@code assistant}
 * @param savedBy the member who wrote this version; empty: it was the system
 * @param updatedBy name of who changed its state last
 */
public record StoredDefinition(
        UUID id,
        String name,
        int version,
        Optional<String> description,
        String yaml,
        String status,
        boolean enabled,
        String triggerType,
        String triggerSummary,
        String provenance,
        Optional<UUID> savedBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt) {

    public boolean isLive() {
        return status.equals("active");
    }

    public boolean isDraft() {
        return status.equals("draft");
    }

    public StoredDefinition withState(String newStatus, boolean nowEnabled) {
        return new StoredDefinition(
                id,
                name,
                version,
                description,
                yaml,
                newStatus,
                nowEnabled,
                triggerType,
                triggerSummary,
                provenance,
                savedBy,
                updatedBy,
                createdAt,
                updatedAt);
    }
}
