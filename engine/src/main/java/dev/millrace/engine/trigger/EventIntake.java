package dev.millrace.engine.trigger;

import dev.millrace.engine.Directory;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.EventRefused;
import dev.millrace.engine.EventTypes;
import dev.millrace.engine.Json;
import dev.millrace.engine.Limits;
import dev.millrace.engine.Published;
import dev.millrace.engine.Published.Declined;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.ExecutionScope;
import dev.millrace.engine.execution.Loaded;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.EventType;
import dev.millrace.language.Expression;
import dev.millrace.language.Fitted;
import dev.millrace.language.Shapes;
import dev.millrace.language.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Takes events in: the event and the executions that it starts become durable with what the event tells of. */
public final class EventIntake implements EventPublisher {
    /** Ids in an answer; the rest is counted. */
    private static final int ANSWERED_MAX = 100;

    private final EventTypes types;
    private final Directory directory;
    private final DefinitionRows definitions;
    private final CompiledDefinitions compiled;
    private final Starter starter;
    private final EventRows rows;
    private final Limits limits;
    private final Supplier<UUID> ids;
    private volatile Runnable matching = () -> {};

    public EventIntake(
            EventTypes types,
            Directory directory,
            DefinitionRows definitions,
            CompiledDefinitions compiled,
            Starter starter,
            EventRows rows,
            Limits limits,
            Supplier<UUID> ids) {
        this.types = types;
        this.directory = directory;
        this.definitions = definitions;
        this.compiled = compiled;
        this.starter = starter;
        this.rows = rows;
        this.limits = limits;
        this.ids = ids;
    }

    /** What to do once an event is committed for which somebody may wait. */
    public void afterAwaited(Runnable hint) {
        this.matching = hint;
    }

    @Override
    public Published publish(Tx tx, NewEvent event) {
        ObjectNode payload = fit(tx, event);
        UUID row = ids.get();
        String eventId = event.id().orElse(row.toString());
        String content = event.name() + "\n" + Json.write(payload);
        if (!rows.takeKey(tx, eventId, content, row)) {
            return rows.firstAnswer(tx, eventId, content)
                    .orElseThrow(() -> new EventRefused(
                            "event_id_reused",
                            "Expected a new event_id, but an event with '" + eventId
                                    + "' came before, with another name or payload",
                            List.of()));
        }
        Published answer = start(tx, event, eventId, payload);
        if (rows.insert(tx, row, event, payload, tx.now(), answer)) {
            tx.afterCommit(matching);
        }
        return answer;
    }

    private ObjectNode fit(Tx tx, NewEvent event) {
        EventType type = types.find(event.name())
                .filter(t -> directory.modules(tx).contains(t.module()))
                .orElseThrow(() -> new EventRefused(
                        "unknown_event",
                        "Expected an event of this company's modules but got '" + event.name() + "'",
                        List.of()));
        Fitted fitted = Shapes.fit(event.payload(), type.payload());
        if (!fitted.fits()) {
            throw new EventRefused("payload_invalid", "The payload does not fit " + event.name(), fitted.misfits());
        }
        if (limits.isPayloadTooLarge(fitted.value())) {
            throw new EventRefused("payload_too_large", limits.payloadTooLarge(), List.of());
        }
        return fitted.value();
    }

    private Published start(Tx tx, NewEvent event, String eventId, ObjectNode payload) {
        List<StoredDefinition> matching = definitions.matching(tx, event.name());
        var started = new ArrayList<UUID>();
        var declined = new ArrayList<Declined>();
        if (!matching.isEmpty()) {
            TenantInfo tenant = directory.tenant(tx);
            var source = new Loaded.Event(eventId, event.name(), tx.now());
            for (StoredDefinition definition : matching) {
                Optional<Declined> no = declines(tx, tenant, definition, event, payload);
                no.ifPresentOrElse(
                        declined::add,
                        () -> started.add(starter.start(
                                tx, definition, tenant, Optional.of(source), payload, event.actor(), event.depth())));
            }
        }
        return new Published(
                eventId, started.subList(0, Math.min(ANSWERED_MAX, started.size())), started.size(), declined, false);
    }

    /** Why the definition does not start on the event; empty if it does. */
    Optional<Declined> declines(
            Tx tx, TenantInfo tenant, StoredDefinition definition, NewEvent event, ObjectNode payload) {
        if (event.depth() > limits.depth()) {
            return Optional.of(declined(
                    definition,
                    true,
                    "depth_exceeded: " + event.depth() + " actions stand behind this event",
                    Json.object()));
        }
        if (!(compiled.of(definition).trigger() instanceof Trigger.OnEvent trigger)
                || trigger.condition().isEmpty()) {
            return Optional.empty();
        }
        Expression condition = trigger.condition().get();
        var scope = ExecutionScope.ofTrigger(
                tenant, payload, definition.id(), definition.name(), definition.version(), tx.now());
        try {
            return condition.holds(scope)
                    ? Optional.empty()
                    : Optional.of(
                            declined(definition, false, condition.source() + " is false", scope.valuesOf(condition)));
        } catch (EvaluationException e) {
            return Optional.of(declined(definition, true, e.code() + ": " + e.reason(), scope.valuesOf(condition)));
        }
    }

    private static Declined declined(StoredDefinition d, boolean failed, String reason, ObjectNode values) {
        return new Declined(d.id(), d.name(), d.version(), failed, reason, values);
    }
}
