package dev.millrace.language;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one company really has; a definition is checked against it.
 *
 * @param actions by name, those of the tenant's modules only
 * @param unavailableActions by name, the module that the tenant lacks for them
 * @param events by name, those of the tenant's modules only
 * @param roles by name, how many active members each has
 * @param members ids and e-mails of active members, lower case
 * @param entities by name, those of the tenant's modules only
 * @param currency ISO 4217, the tenant's own
 * @param zone the tenant's own
 * @param workflows by name, the definitions that the tenant has and did not delete; empty: it is not known which
 */
public record Catalogue(
        Map<String, ActionType> actions,
        Map<String, String> unavailableActions,
        Map<String, EventType> events,
        Map<String, Integer> roles,
        Set<String> members,
        Map<String, EntityType> entities,
        Policies policies,
        String currency,
        ZoneId zone,
        Optional<Map<String, SubWorkflow>> workflows) {
    public Catalogue {
        actions = Map.copyOf(actions);
        unavailableActions = Map.copyOf(unavailableActions);
        events = Map.copyOf(events);
        roles = Map.copyOf(roles);
        members = Set.copyOf(members);
        entities = Map.copyOf(entities);
        workflows = workflows.map(Map::copyOf);
    }

    /** Where it is not known which definitions the tenant has. */
    public Catalogue(
            Map<String, ActionType> actions,
            Map<String, String> unavailableActions,
            Map<String, EventType> events,
            Map<String, Integer> roles,
            Set<String> members,
            Map<String, EntityType> entities,
            Policies policies,
            String currency,
            ZoneId zone) {
        this(actions, unavailableActions, events, roles, members, entities, policies, currency, zone, Optional.empty());
    }

    /**
     * The same company with somebody in every role: for what is asked of a definition and must not turn on who holds what
     * today.
     */
    public Catalogue staffed() {
        Map<String, Integer> held = new HashMap<>();
        roles.forEach((role, members) -> held.put(role, Math.max(1, members)));
        return new Catalogue(
                actions, unavailableActions, events, held, members, entities, policies, currency, zone, workflows);
    }

    /** The same company with these definitions. */
    public Catalogue with(Map<String, SubWorkflow> known) {
        return new Catalogue(
                actions,
                unavailableActions,
                events,
                roles,
                members,
                entities,
                policies,
                currency,
                zone,
                Optional.of(known));
    }
}
