package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.TenantInfo;
import dev.millrace.language.Definition;
import java.time.Duration;
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
 * @param parent the step that started it, if one did
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
        Optional<Parent> parent,
        Active active,
        List<StepRow> steps) {
    public Loaded {
        steps = List.copyOf(steps);
    }

    /** The same, started at an instant by this node, which has worked on it since. */
    public Loaded startedAt(Instant now) {
        return new Loaded(
                tenant,
                id,
                definitionId,
                version,
                definition,
                fence,
                signal,
                leaseLosses,
                depth,
                event,
                trigger,
                startedBy,
                now,
                parent,
                new Active(Duration.ZERO, now),
                steps);
    }

    /** The event that started it. */
    public record Event(String id, String name, Instant occurredAt) {}

    /**
     * The step of another execution that started it.
     *
     * @param waits it waits for the end
     * @param root the first of the chain
     */
    public record Parent(UUID execution, String step, boolean waits, UUID root) {}

    /**
     * For how long nodes have worked on it, by the database's clock.
     *
     * @param before under earlier leases
     * @param since when this lease began
     */
    public record Active(Duration before, Instant since) {
        public Duration at(Instant now) {
            return before.plus(Duration.between(since, now));
        }
    }

    /** The first of the chain of executions that started each other; this one, if none did. */
    public UUID root() {
        return parent.map(Parent::root).orElse(id);
    }

    public String workflowLabel() {
        return definition.name() + " v" + version;
    }
}
