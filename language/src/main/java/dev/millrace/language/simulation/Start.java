package dev.millrace.language.simulation;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.EventType;
import dev.millrace.language.Expression;
import dev.millrace.language.Fitted;
import dev.millrace.language.Happening;
import dev.millrace.language.Scope;
import dev.millrace.language.Shapes;
import dev.millrace.language.Simulated.Value;
import dev.millrace.language.Trigger;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a happening starts an execution, and why or why not.
 *
 * @param payload what {@code trigger} is
 */
record Start(boolean starts, String reason, List<Value> values, List<Fitted.Misfit> misfits, ObjectNode payload) {

    static Start of(Simulation.Prepared prepared, Happening happening) {
        return switch (prepared.definition().trigger()) {
            case Trigger.OnEvent trigger -> onEvent(prepared, trigger, happening);
            case Trigger.OnSchedule schedule ->
                happening.event().isPresent()
                        ? not(happening, "it starts by a schedule, not by " + happening.event().get())
                        : yes("the schedule fired", List.of(), fired(happening));
            case Trigger.Manual manual ->
                happening.event().isPresent()
                        ? not(happening, "it is started by hand, not by " + happening.event().get())
                        : manual(prepared, happening);
        };
    }

    private static Start onEvent(Simulation.Prepared prepared, Trigger.OnEvent trigger, Happening happening) {
        String name = happening.event().orElse("");
        if (!trigger.events().contains(name)) {
            String what = name.isEmpty() ? "a start by hand" : name;
            return not(happening, "it starts by " + String.join(" or ", trigger.events()) + ", not by " + what);
        }
        EventType type = prepared.catalogue().events().get(name);
        if (type == null) {
            return not(happening, "this company has no event " + name);
        }
        Fitted fitted = Shapes.fit(happening.payload(), type.payload());
        if (!fitted.fits()) {
            return misfits(happening, "the payload does not fit " + name, fitted.misfits());
        }
        ObjectNode payload = fitted.value();
        if (trigger.events().size() > 1) {
            payload.put("event_name", name);
        }
        return trigger.condition()
                .map(condition -> conditional(condition, prepared.scope(happening, payload), payload))
                .orElseGet(() -> yes(name + " happened", List.of(), payload));
    }

    private static Start conditional(Expression condition, Scope scope, ObjectNode payload) {
        List<Value> values = values(condition, scope);
        try {
            boolean holds = condition.holds(scope);
            String reason = condition.source() + (holds ? " is true" : " is false");
            return new Start(holds, reason, values, List.of(), payload);
        } catch (EvaluationException e) {
            return new Start(false, e.code() + ": " + e.reason(), values, List.of(), payload);
        }
    }

    /** What an expression reads, by its paths. */
    private static List<Value> values(Expression condition, Scope scope) {
        return condition.references().stream()
                .filter(reference -> !reference.path().isEmpty())
                .map(reference -> new Value(String.join(".", reference.path()), value(reference.path(), scope)))
                .filter(value -> value.value().isValueNode())
                .distinct()
                .toList();
    }

    private static JsonNode value(List<String> path, Scope scope) {
        JsonNode value = scope.root(path.getFirst());
        for (String key : path.subList(1, path.size())) {
            value = value.path(key);
        }
        return value;
    }

    private static ObjectNode fired(Happening happening) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        String at = Simulation.text(happening.at());
        payload.put("scheduled_for", happening.payload().path("scheduled_for").asString(at));
        payload.put("fired_at", happening.payload().path("fired_at").asString(at));
        return payload;
    }

    private static Start manual(Simulation.Prepared prepared, Happening happening) {
        List<Fitted.Misfit> misfits = prepared.inputs()
                .map(inputs -> inputs.validate(happening.payload()).stream()
                        .map(e -> new Fitted.Misfit(
                                "schema_violation", e.getInstanceLocation().toString(), e.getMessage()))
                        .toList())
                .orElse(List.of());
        return misfits.isEmpty()
                ? yes("it was started by hand", List.of(), happening.payload())
                : misfits(happening, "the payload does not fit the inputs", misfits);
    }

    private static Start yes(String reason, List<Value> values, ObjectNode payload) {
        return new Start(true, reason, values, List.of(), payload);
    }

    private static Start not(Happening happening, String reason) {
        return new Start(false, reason, List.of(), List.of(), happening.payload());
    }

    static Start misfits(Happening happening, String reason, List<Fitted.Misfit> misfits) {
        return new Start(false, reason, List.of(), misfits, happening.payload());
    }

}
