package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.TenantInfo;
import dev.millrace.language.Definition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * An execution under this node's lease, as its rows say.
 *
 * @param event the event that started it, if one did
 * @param leaseLosses nodes lost in a row without a committed step
 */
public record Loaded(
        TenantInfo tenant,
        UUID id,
        UUID definitionId,
        int version,
        Definition definition,
        long fence,
        int signal,
        int leaseLosses,
        int depth,
        Optional<Event> event,
        ObjectNode trigger,
        Actor startedBy,
        Instant startedAt,
        List<StepRow> steps) {
    public Loaded {
        steps = List.copyOf(steps);
    }

    /** The event that started it. */
    public record Event(String id, String name, Instant occurredAt) {}

    public String workflowLabel() {
        return definition.name() + " v" + version;
    }
}
