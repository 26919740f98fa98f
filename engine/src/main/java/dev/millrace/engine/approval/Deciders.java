package dev.millrace.engine.approval;

import dev.millrace.engine.Documents.Asked;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.action.ActionRegistry.Registered;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.trigger.EventLogRows;
import dev.millrace.engine.trigger.EventLogRows.Live;
import dev.millrace.language.ActionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds the executions that decide on a document. */
public final class Deciders {
    /** What decides by its config, or by what it runs, and not by what it does itself. */
    private static final Set<String> DECIDING = Set.of("erp.approval.request", "core.run_workflow");

    private final ApprovalRows rows;
    private final EventLogRows events;
    private final DefinitionRows definitions;
    private final CompiledDefinitions compiled;
    private final ActionRegistry actions;

    public Deciders(
            ApprovalRows rows,
            EventLogRows events,
            DefinitionRows definitions,
            CompiledDefinitions compiled,
            ActionRegistry actions) {
        this.rows = rows;
        this.events = events;
        this.definitions = definitions;
        this.compiled = compiled;
        this.actions = actions;
    }

    List<Decider> of(Tx tx, String entityType, UUID entity) {
        rows.takeTurns(tx, entityType, entity);
        List<Request> pending = rows.about(tx, entityType, entity, "pending");
        Set<UUID> asking = pending.stream().map(Request::executionId).collect(Collectors.toSet());
        var deciders = new ArrayList<Decider>();
        pending.forEach(request -> deciders.add(asking(request)));
        events.liveAbout(tx, entityType, entity).stream()
                .filter(live -> !asking.contains(live.id()))
                .filter(live -> decides(tx, live, entityType))
                .forEach(live ->
                        deciders.add(new Decider(live.id(), live.workflow(), live.version(), Optional.empty())));
        return deciders;
    }

    private static Decider asking(Request request) {
        return new Decider(
                request.executionId(),
                request.workflowName(),
                request.workflowVersion(),
                Optional.of(new Asked(request.id(), request.asked())));
    }

    /** A reminder or a message about the document keeps nobody off. */
    private boolean decides(Tx tx, Live live, String entityType) {
        return compiled.of(definitions.find(tx, live.definition()).orElseThrow()).actions().stream()
                .anyMatch(name -> DECIDING.contains(name)
                        || actions.find(name)
                                .map(Registered::type)
                                .filter(type -> sets(type, entityType))
                                .isPresent());
    }

    private static boolean sets(ActionType type, String entityType) {
        return type.setsState() && type.effect().entity().equals(Optional.of(entityType));
    }
}
