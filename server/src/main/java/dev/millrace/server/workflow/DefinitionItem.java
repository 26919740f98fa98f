package dev.millrace.server.workflow;

import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.StoredDefinition;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A version of a definition in a list.
 *
 * @param nextFireAt of an enabled schedule; else null
 * @param hasDraft a draft of the same name stands beside it
 */
record DefinitionItem(
        UUID id,
        String name,
        int version,
        String status,
        boolean enabled,
        Optional<String> description,
        String triggerType,
        String triggerSummary,
        Optional<Instant> nextFireAt,
        Optional<LastRun> lastRun,
        boolean hasDraft,
        Instant updatedAt,
        String updatedBy) {

    record LastRun(UUID id, String status, Instant startedAt) {}

    static DefinitionItem of(
            StoredDefinition definition,
            Optional<Instant> nextFireAt,
            Optional<ExecutionView> lastRun,
            boolean hasDraft) {
        return new DefinitionItem(
                definition.id(),
                definition.name(),
                definition.version(),
                definition.status(),
                definition.enabled(),
                definition.description(),
                definition.triggerType(),
                definition.triggerSummary(),
                nextFireAt,
                lastRun.map(run -> new LastRun(run.id(), run.status(), run.startedAt())),
                hasDraft,
                definition.updatedAt(),
                definition.updatedBy());
    }
}
