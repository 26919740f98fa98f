package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The steps of a plan that run by items: which items come next, and what the step ends as. */
final class Items {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, StepState> states;

    /** @param states of the plan; a step whose items are known and not over is made to run in them */
    Items(Definition definition, Map<String, Integer> known, Map<String, StepState> states) {
        this.states = states;
        for (Step step : definition.steps()) {
            Optional<Integer> count = step.forEach().flatMap(each -> Optional.ofNullable(known.get(step.id())));
            StepState before = state(step.id());
            if (count.isPresent() && !before.status().isFinal()) {
                counts.put(step.id(), count.get());
                states.put(step.id(), ended(Status.RUNNING, before, JSON.missingNode(), Optional.empty()));
            }
        }
    }

    /** What the list of a step gives: its items, or the end of the step. */
    sealed interface Expansion {
        record Into(List<JsonNode> items) implements Expansion {}

        record Ends(StepState state) implements Expansion {}
    }

    static Expansion expand(Step step, StepState before, Scope scope) {
        try {
            JsonNode list = step.forEach().orElseThrow().list().evaluate(scope);
            if (!list.isArray()) {
                return fails(before, "type_error", "expected a list but got " + kind(list));
            }
            if (list.size() > ForEach.MAX_ITEMS) {
                return fails(
                        before,
                        "too_many_items",
                        "expected at most " + ForEach.MAX_ITEMS + " items but got " + list.size());
            }
            return list.isEmpty()
                    ? new Expansion.Ends(ended(Status.COMPLETED, before, JSON.arrayNode(), Optional.empty()))
                    : new Expansion.Into(List.copyOf(list.values()));
        } catch (EvaluationException e) {
            return fails(before, e.code(), e.reason());
        }
    }

    private static Expansion fails(StepState before, String code, String message) {
        var error = StepError.of(code, "for_each: " + message, Math.max(1, before.attempt()));
        return new Expansion.Ends(ended(Status.FAILED, before, JSON.missingNode(), Optional.of(error)));
    }

    /** Its items are known and it has not ended. */
    boolean run(String step) {
        return counts.containsKey(step);
    }

    /** The end of each step all of whose items have ended; the step is settled from then on. */
    Map<String, StepState> settle() {
        var settled = new LinkedHashMap<String, StepState>();
        counts.forEach((step, count) -> {
            if (items(step).allMatch(s -> s.status() == Status.COMPLETED || s.status() == Status.FAILED)) {
                settled.put(step, end(step, count));
            }
        });
        states.putAll(settled);
        counts.keySet().removeAll(settled.keySet());
        return settled;
    }

    /**
     * What of a step may run now, in the order of the list. An item whose retry is still to come holds its place;
     * after a retry asked for by a person there may be more such items than places.
     */
    List<String> ready(Step step) {
        var begun = new ArrayList<Integer>();
        var fresh = new ArrayList<Integer>();
        int free = step.forEach().orElseThrow().maxParallel();
        for (int i = 0; i < count(step.id()); i++) {
            StepState item = item(step.id(), i);
            switch (item.status()) {
                case PENDING -> (item.attempt() > 0 ? begun : fresh).add(i);
                case RUNNING, WAITING -> free--;
                case SKIPPED, COMPLETED, FAILED, CANCELLED -> {}
            }
        }
        begun.addAll(fresh);
        return begun.stream()
                .limit(Math.max(0, free))
                .sorted()
                .map(i -> Planner.itemId(step.id(), i))
                .toList();
    }

    /** Steps of whose items none runs at this moment. */
    List<String> idle() {
        return counts.keySet().stream()
                .filter(step -> items(step).noneMatch(s -> s.status() == Status.RUNNING))
                .toList();
    }

    private StepState end(String step, int count) {
        var outputs = JSON.arrayNode(count);
        var failures = JSON.arrayNode();
        for (int i = 0; i < count; i++) {
            StepState item = item(step, i);
            outputs.add(item.output());
            if (item.status() == Status.FAILED) {
                StepError error = item.error().orElseThrow();
                failures.addObject().put("index", i).put("code", error.code()).put("message", error.message());
            }
        }
        StepState before = state(step);
        return failures.isEmpty()
                ? ended(Status.COMPLETED, before, outputs, Optional.empty())
                : ended(Status.FAILED, before, JSON.missingNode(), Optional.of(failed(failures, count, before)));
    }

    private static StepError failed(ArrayNode failures, int count, StepState step) {
        var details = JSON.objectNode();
        details.set("items", failures);
        String message = failures.size() + " of " + count + " items failed; item "
                + failures.path(0).path("index").asString() + ": "
                + failures.path(0).path("message").asString();
        return new StepError("items_failed", message, step.attempt(), details);
    }

    private Stream<StepState> items(String step) {
        return IntStream.range(0, count(step)).mapToObj(i -> item(step, i));
    }

    private int count(String step) {
        return Optional.ofNullable(counts.get(step)).orElse(0);
    }

    private StepState item(String step, int i) {
        return state(Planner.itemId(step, i));
    }

    private StepState state(String id) {
        return states.getOrDefault(id, StepState.PENDING);
    }

    private static StepState ended(Status status, StepState before, JsonNode output, Optional<StepError> error) {
        return new StepState(
                status, Math.max(1, before.attempt()), Optional.empty(), output, error, Optional.empty());
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a map";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
            case ARRAY, BINARY, POJO -> "another value";
        };
    }
}
