package dev.millrace.engine.trigger;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Published.Declined;
import dev.millrace.engine.StartedLater;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.StoredEvent;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.Loaded;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/** Holds a stored event against the definitions that are live now, and starts each once. */
public final class LateStart {
    private final Directory directory;
    private final DefinitionRows definitions;
    private final EventIntake intake;
    private final Starter starter;
    private final EventLogRows rows;

    public LateStart(
            Directory directory, DefinitionRows definitions, EventIntake intake, Starter starter, EventLogRows rows) {
        this.directory = directory;
        this.definitions = definitions;
        this.intake = intake;
        this.starter = starter;
        this.rows = rows;
    }

    /** What {@link #start} would start now; changes nothing. */
    public int wouldStart(Tx tx, StoredEvent event) {
        TenantInfo tenant = directory.tenant(tx);
        return (int) definitions.matching(tx, event.name()).stream()
                .filter(definition -> !rows.hasStarted(tx, event, definition.name()))
                .filter(definition -> declines(tx, tenant, definition, event).isEmpty())
                .count();
    }

    public StartedLater start(Tx tx, StoredEvent event, Actor by) {
        TenantInfo tenant = directory.tenant(tx);
        var started = new ArrayList<UUID>();
        var declined = new ArrayList<Declined>();
        var already = new ArrayList<String>();
        for (StoredDefinition definition : definitions.matching(tx, event.name())) {
            if (rows.hasStarted(tx, event, definition.name())) {
                already.add(definition.name());
                continue;
            }
            Optional<Declined> no = declines(tx, tenant, definition, event);
            if (no.isPresent()) {
                declined.add(no.get());
            } else if (rows.take(tx, event, definition, by)) {
                started.add(start(tx, tenant, definition, event));
            } else {
                already.add(definition.name());
            }
        }
        return new StartedLater(started, declined, already);
    }

    /** As if it had come now, but for its time and for who caused it. */
    private UUID start(Tx tx, TenantInfo tenant, StoredDefinition definition, StoredEvent event) {
        var source = new Loaded.Event(event.eventId(), event.name(), event.occurredAt());
        UUID execution = starter.start(
                tx, definition, tenant, Optional.of(source), event.payload(), event.actor(), event.depth());
        rows.tell(tx, event, definition, execution);
        return execution;
    }

    private Optional<Declined> declines(Tx tx, TenantInfo tenant, StoredDefinition definition, StoredEvent event) {
        var asNew =
                new NewEvent(Optional.of(event.eventId()), event.name(), event.payload(), event.actor(), event.depth());
        return intake.declines(tx, tenant, definition, asNew, event.payload());
    }
}
