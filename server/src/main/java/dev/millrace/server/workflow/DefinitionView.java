package dev.millrace.server.workflow;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.language.Checker;
import dev.millrace.language.Definition;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * All of one version of a definition.
 *
 * @param yaml as written
 * @param definition the same, parsed
 * @param provenance {@code person}, {@code template} or {@code assistant}
 */
record DefinitionView(
        UUID id,
        String name,
        int version,
        String status,
        boolean enabled,
        Optional<String> description,
        String triggerType,
        String triggerSummary,
        String provenance,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy,
        String yaml,
        Optional<JsonNode> definition,
        Graph graph) {

    static DefinitionView of(StoredDefinition stored, Definition compiled) {
        return new DefinitionView(
                stored.id(),
                stored.name(),
                stored.version(),
                stored.status(),
                stored.enabled(),
                stored.description(),
                stored.triggerType(),
                stored.triggerSummary(),
                stored.provenance(),
                stored.createdAt(),
                stored.updatedAt(),
                stored.updatedBy(),
                stored.yaml(),
                Checker.document(stored.yaml()),
                Graph.of(compiled));
    }
}
