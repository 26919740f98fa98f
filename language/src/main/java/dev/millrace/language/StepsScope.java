package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A scope in which {@code steps} tells how the steps of an execution stand. */
public final class StepsScope implements Scope {
    private final Scope base;
    private final JsonNode steps;

    private StepsScope(Scope base, JsonNode steps) {
        this.base = base;
        this.steps = steps;
    }

    public static Scope of(Scope base, Definition definition, Map<String, StepState> states) {
        ObjectNode steps = JsonNodeFactory.instance.objectNode();
        for (Step step : definition.steps()) {
            StepState state = states.getOrDefault(step.id(), StepState.PENDING);
            ObjectNode view = steps.putObject(step.id());
            view.put("status", state.status().name().toLowerCase(java.util.Locale.ROOT));
            view.put("attempt", state.attempt());
            view.set("output", state.status() == Status.COMPLETED ? state.output() : outputOfNone(step));
            view.set(
                    "error", state.error().<JsonNode>map(StepsScope::view).orElse(JsonNodeFactory.instance.nullNode()));
        }
        return new StepsScope(base, steps);
    }

    /** The list of a step with {@code for_each} is empty then. */
    private static JsonNode outputOfNone(Step step) {
        return step.forEach().isPresent() ? JsonNodeFactory.instance.arrayNode() : allNone(step.output());
    }

    private static ObjectNode allNone(Shape output) {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        output.fields().forEach(f -> none.putNull(f.name()));
        return none;
    }

    private static ObjectNode view(StepError error) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("code", error.code()).put("message", error.message()).put("attempt", error.attempt());
        view.putNull("decided_by").putNull("comment");
        view.setAll(error.details());
        return view;
    }

    @Override
    public JsonNode root(String name) {
        return name.equals("steps") ? steps : base.root(name);
    }

    @Override
    public Instant now() {
        return base.now();
    }

    @Override
    public ZoneId zone() {
        return base.zone();
    }

    @Override
    public String currency() {
        return base.currency();
    }
}
