package dev.millrace.engine;

import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.action.ActionRegistry.Registered;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Policies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what a tenant really has: what its definitions are checked against. */
public final class Catalogues {
    private final ActionRegistry actions;
    private final EventTypes events;
    private final List<EntityType> entities;
    private final Directory directory;
    private final DefinitionRows definitions;

    /**
     * @param entities every entity of every module
     */
    public Catalogues(
            ActionRegistry actions,
            EventTypes events,
            List<EntityType> entities,
            Directory directory,
            DefinitionRows definitions) {
        this.actions = actions;
        this.events = events;
        this.entities = List.copyOf(entities);
        this.directory = directory;
        this.definitions = definitions;
    }

    /** The tenant's guard rails, without the rest. */
    Policies policies(Tx tx) {
        return directory.policies(tx);
    }

    public Catalogue of(Tx tx) {
        Set<String> modules = directory.modules(tx);
        TenantInfo tenant = directory.tenant(tx);
        Map<Boolean, Set<ActionType>> byAvailability = actions.all().stream()
                .map(Registered::type)
                .filter(t -> directory.isFor(tenant, t.name()))
                .collect(Collectors.partitioningBy(t -> modules.contains(t.module()), Collectors.toSet()));
        return new Catalogue(
                byAvailability.getOrDefault(true, Set.of()).stream()
                        .collect(Collectors.toMap(ActionType::name, t -> t)),
                byAvailability.getOrDefault(false, Set.of()).stream()
                        .collect(Collectors.toMap(ActionType::name, ActionType::module)),
                events.all().stream()
                        .filter(e -> modules.contains(e.module()))
                        .filter(e -> directory.isFor(tenant, e.name()))
                        .collect(Collectors.toMap(EventType::name, e -> e)),
                directory.roles(tx),
                directory.memberNames(tx),
                entities.stream()
                        .filter(e -> modules.contains(e.module()))
                        .filter(e -> directory.isFor(tenant, e.name()))
                        .collect(Collectors.toMap(EntityType::name, e -> e)),
                directory.policies(tx),
                tenant.currency(),
                tenant.timeZone(),
                Optional.of(definitions.company(tx)));
    }
}
