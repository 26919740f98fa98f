package dev.millrace.server.workflow;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.Definition;
import dev.millrace.language.Graph;
import dev.millrace.language.Reading;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * All of one version of a definition.
 *
 * @param yaml as written
 * @param definition the same, parsed
 * @param reading the same in plain English
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
        String reading,
        GraphView graph) {

    static DefinitionView of(StoredDefinition stored, Definition compiled, Catalogue catalogue) {
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
                Reading.of(compiled, catalogue).text(),
                GraphView.of(Graph.of(compiled, catalogue)));
    }
}
