package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.TenantInfo;
import dev.millrace.language.Expression;
import dev.millrace.language.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What expressions of an execution see besides its steps: {@code trigger, tenant, workflow, execution}. */
public record ExecutionScope(
        TenantInfo tenantInfo, JsonNode trigger, JsonNode tenant, JsonNode workflow, JsonNode execution, Instant now)
        implements Scope {

    /** @param now what {@code now} means */
    public static ExecutionScope of(Loaded loaded, Instant now) {
        ObjectNode execution = Json.object();
        execution.put("id", loaded.id().toString());
        execution.put("started_at", Json.text(loaded.startedAt()));
        execution.set("started_by", actor(loaded.startedBy()));
        execution.set("event", event(loaded.event(), loaded.startedBy(), loaded.depth()));
        return of(
                loaded.tenant(),
                loaded.trigger(),
                loaded.definitionId(),
                loaded.definition().name(),
                loaded.version(),
                execution,
                now);
    }

    /** What a trigger's condition sees: no execution yet. */
    public static ExecutionScope ofTrigger(
            TenantInfo tenant, JsonNode trigger, UUID definition, String name, int version, Instant now) {
        return of(tenant, trigger, definition, name, version, Json.object(), now);
    }

    private static ExecutionScope of(
            TenantInfo info,
            JsonNode trigger,
            UUID definition,
            String name,
            int version,
            JsonNode execution,
            Instant now) {
        ObjectNode tenant = Json.object();
        tenant.put("id", info.id().toString());
        tenant.put("slug", info.slug());
        tenant.put("name", info.name());
        tenant.put("currency", info.currency());
        tenant.put("country", info.country());
        tenant.put("time_zone", info.timeZone().getId());
        tenant.put("tax_regime", info.taxRegime());
        ObjectNode workflow = Json.object();
        workflow.put("id", definition.toString());
        workflow.put("name", name);
        workflow.put("version", version);
        return new ExecutionScope(info, trigger, tenant, workflow, execution, now);
    }

    private static JsonNode event(Optional<Loaded.Event> event, Actor actor, int depth) {
        if (event.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode json = Json.object();
        json.put("id", event.get().id());
        json.put("name", event.get().name());
        json.put("occurred_at", Json.text(event.get().occurredAt()));
        json.set("actor", actor(actor));
        json.put("depth", depth);
        return json;
    }

    public static ObjectNode actor(Actor actor) {
        ObjectNode json = Json.object();
        json.put("kind", actor.kind());
        json.put("id", actor.id().orElse(null));
        json.put("name", actor.name());
        return json;
    }

    /** What an expression reads here, by its paths: shown where a condition was false. */
    public ObjectNode valuesOf(Expression expression) {
        ObjectNode values = Json.object();
        for (Expression.Reference reference : expression.references()) {
            JsonNode value = root(reference.path().getFirst());
            for (String key : reference.path().subList(1, reference.path().size())) {
                value = value.path(key);
            }
            if (value.isValueNode()) {
                values.set(String.join(".", reference.path()), value);
            }
        }
        return values;
    }

    @Override
    public JsonNode root(String name) {
        return switch (name) {
            case "trigger" -> trigger;
            case "tenant" -> tenant;
            case "workflow" -> workflow;
            case "execution" -> execution;
            default -> JsonNodeFactory.instance.missingNode();
        };
    }

    @Override
    public ZoneId zone() {
        return tenantInfo.timeZone();
    }

    @Override
    public String currency() {
        return tenantInfo.currency();
    }
}
