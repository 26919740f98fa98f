package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A scope in which {@code steps} tells how the steps of an execution stand. */
public final class StepsScope implements Scope {
    private final Scope base;
    private final Definition definition;
    private final Map<String, StepState> states;

    /** Made when it is asked for, as most conditions read the trigger only; made twice by two threads, it is the same. */
    private volatile Optional<JsonNode> steps = Optional.empty();

    private StepsScope(Scope base, Definition definition, Map<String, StepState> states) {
        this.base = base;
        this.definition = definition;
        this.states = states;
    }

    public static Scope of(Scope base, Definition definition, Map<String, StepState> states) {
        return new StepsScope(base, definition, Map.copyOf(states));
    }

    private JsonNode steps() {
        if (steps.isEmpty()) {
            steps = Optional.of(view());
        }
        return steps.orElseThrow();
    }

    private JsonNode view() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (Step step : definition.steps()) {
            StepState state = states.getOrDefault(step.id(), StepState.PENDING);
            ObjectNode view = all.putObject(step.id());
            view.put("status", state.status().name().toLowerCase(Locale.ROOT));
            view.put("attempt", state.attempt());
            view.set("output", state.status() == Status.COMPLETED ? state.output() : outputOfNone(step));
            view.set(
                    "error", state.error().<JsonNode>map(StepsScope::view).orElse(JsonNodeFactory.instance.nullNode()));
        }
        return all;
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
        return name.equals("steps") ? steps() : base.root(name);
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
