package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Says what comes next in an execution. Pure, total and deterministic: the same definition and progress give
 * the same answer; it has no clock, does no I/O and draws no random numbers.
 *
 * <p>The rules are those of {@code docs/language.md}, "How steps follow each other".
 */
public final class Planner {
    private final Definition definition;
    private final Map<String, Step> steps;
    private final Scope context;
    private final Optional<Progress.Stop> stop;
    private final Map<String, StepState> states;
    private final Items items;
    private final Handling handling;
    private final Map<String, StepState> settled = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> expanded = new LinkedHashMap<>();
    private final List<String> ready = new ArrayList<>();

    private Planner(Definition definition, Progress progress, Scope context) {
        this.definition = definition;
        this.steps = definition.stepsById();
        this.context = context;
        this.stop = progress.stop();
        this.states = new LinkedHashMap<>(progress.steps());
        this.items = new Items(definition, progress.items(), states);
        this.handling = new Handling(states);
    }

    /**
     * @param context gives {@code trigger}, {@code tenant}, {@code workflow} and {@code execution}; {@code steps}
     *     comes from the progress
     */
    public static Next next(Definition definition, Progress progress, Scope context) {
        return new Planner(definition, progress, context).plan();
    }

    /** The unit of item {@code i} of a step with {@code for_each}, from 0. */
    public static String itemId(String step, int i) {
        return step + "[" + i + "]";
    }

    /** The unit of entry {@code n} of a step's {@code on_error}. */
    public static String onErrorId(String step, int n) {
        return step + ".on_error[" + n + "]";
    }

    /** The unit of entry {@code n} of the {@code on_timeout} of a step or an item. */
    public static String onTimeoutId(String unit, int n) {
        return unit + ".on_timeout[" + n + "]";
    }

    /** The unit of entry {@code n} of the definition's {@code on_failure}. */
    public static String onFailureId(int n) {
        return "on_failure[" + n + "]";
    }

    private Next plan() {
        settled.putAll(items.settle());
        if (stop.isEmpty()) {
            settleAll();
        }
        boolean failing = unhandledFailure().isPresent();
        if (stop.isPresent()) {
            return end(new Next.Ending(
                    stop.get().cancelled() ? "cancelled" : "completed", "stopped", Optional.empty(), Optional.empty()));
        }
        handleErrors();
        if (failing) {
            return fail();
        }
        definition.steps().forEach(step -> ready.addAll(startable(step)));
        boolean over = ready.isEmpty() && expanded.isEmpty() && isQuiet();
        Optional<Next.Ending> ending = over
                ? Optional.of(new Next.Ending("completed", "succeeded", Optional.empty(), Optional.empty()))
                : Optional.empty();
        return new Next(settled, expanded, ready, over ? unused() : List.of(), ending);
    }

    /** Skips and condition errors follow from each other, so repeat until nothing changes. */
    private void settleAll() {
        boolean changed = true;
        while (changed && unhandledFailure().isEmpty()) {
            changed = false;
            for (Step step : definition.steps()) {
                if (isUntouched(step) && dependenciesAreOver(step)) {
                    Optional<StepState> end = settledWithoutRunning(step);
                    end.ifPresent(state -> {
                        states.put(step.id(), state);
                        settled.put(step.id(), state);
                    });
                    changed |= end.isPresent();
                }
            }
        }
    }

    private Optional<StepState> settledWithoutRunning(Step step) {
        if (step.dependsOn().stream().anyMatch(this::blocks)) {
            return Optional.of(skipped("blocked"));
        }
        if (!step.dependsOn().isEmpty() && step.dependsOn().stream().noneMatch(this::countsAsCompleted)) {
            return Optional.of(skipped("dead_path"));
        }
        try {
            boolean holds = step.condition()
                    .map(c -> c.holds(StepsScope.of(context, definition, states)))
                    .orElse(true);
            return holds ? expand(step) : Optional.of(skipped("condition"));
        } catch (EvaluationException e) {
            var error = StepError.of(e.code(), "condition: " + e.reason(), 1);
            return Optional.of(
                    new StepState(Status.FAILED, 1, Optional.empty(), missing(), Optional.of(error), Optional.empty()));
        }
    }

    /** Evaluates the list of a step that would start now. */
    private Optional<StepState> expand(Step step) {
        if (step.forEach().isEmpty()) {
            return Optional.empty();
        }
        Scope scope = StepsScope.of(context, definition, states);
        return switch (Items.expand(step, state(step.id()), scope)) {
            case Items.Expansion.Ends ends -> Optional.of(ends.state());
            case Items.Expansion.Into into -> {
                expanded.put(step.id(), into.items());
                yield Optional.empty();
            }
        };
    }

    private List<String> startable(Step step) {
        if (step.forEach().isPresent()) {
            return items.run(step.id()) ? items.ready(step) : List.of();
        }
        StepState state = state(step.id());
        boolean mayStart = state.status() == Status.PENDING && (state.attempt() > 0 || dependenciesAreOver(step));
        return mayStart ? List.of(step.id()) : List.of();
    }

    private boolean isUntouched(Step step) {
        StepState state = state(step.id());
        return state.status() == Status.PENDING
                && (state.attempt() == 0 || step.forEach().isPresent())
                && !expanded.containsKey(step.id());
    }

    private boolean dependenciesAreOver(Step step) {
        return step.dependsOn().stream().allMatch(id -> {
            StepState state = state(id);
            return state.status().isFinal() && (state.status() != Status.FAILED || handling.isOver(step(id)));
        });
    }

    private boolean blocks(String id) {
        StepState state = state(id);
        return switch (state.status()) {
            case FAILED -> !continuesAfterFailure(id);
            case CANCELLED -> true;
            case SKIPPED -> state.skipReason().filter("blocked"::equals).isPresent();
            case PENDING, RUNNING, WAITING, COMPLETED -> false;
        };
    }

    private boolean countsAsCompleted(String id) {
        StepState state = state(id);
        return switch (state.status()) {
            case COMPLETED -> true;
            case FAILED -> continuesAfterFailure(id);
            case SKIPPED ->
                step(id).passIfSkipped()
                        && state.skipReason().filter("condition"::equals).isPresent();
            case PENDING, RUNNING, WAITING, CANCELLED -> false;
        };
    }

    private boolean continuesAfterFailure(String id) {
        return step(id).onError().thenContinue() && handling.isDone(step(id));
    }

    /** Handlers of failed steps go on even while the execution is failing: they undo what was begun. */
    private void handleErrors() {
        for (Step step : definition.steps()) {
            if (state(step.id()).status() == Status.FAILED) {
                handling.next(step.onError(), n -> onErrorId(step.id(), n)).ifPresent(ready::add);
            }
        }
    }

    /** A failure that no handler takes care of; one that is not a refusal by a person comes first. */
    private Optional<Step> unhandledFailure() {
        List<Step> unhandled = definition.steps().stream()
                .filter(s -> state(s.id()).status() == Status.FAILED)
                .filter(s -> s.onError().isNone() || (handling.isOver(s) && !handling.isDone(s)))
                .toList();
        return unhandled.stream()
                .filter(s -> !outcomeOf(handling.errorOf(s)).equals("rejected"))
                .findFirst()
                .or(() -> unhandled.stream().findFirst());
    }

    private Next fail() {
        Step step = unhandledFailure().orElseThrow();
        StepError error = handling.errorOf(step);
        String outcome = outcomeOf(error);
        if (!outcome.equals("rejected") && ready.isEmpty() && !isRunning()) {
            handling.next(definition.onFailure(), Planner::onFailureId).ifPresent(ready::add);
        }
        return end(new Next.Ending(
                outcome.equals("rejected") ? "completed" : "failed",
                outcome,
                Optional.of(step.id()),
                Optional.of(error)));
    }

    /** Cancels what waits; ends once nothing runs any more. No list becomes items now. */
    private Next end(Next.Ending ending) {
        Stream<String> waiting = states.entrySet().stream()
                .filter(e -> e.getValue().status() == Status.WAITING
                        || (e.getValue().status() == Status.PENDING
                                && e.getValue().attempt() > 0
                                && !ready.contains(e.getKey())))
                .map(Map.Entry::getKey);
        boolean over = ready.isEmpty() && !isRunning();
        List<String> cancel = Stream.of(
                        waiting, items.idle().stream(), over ? unused().stream() : Stream.<String>empty())
                .flatMap(ids -> ids)
                .distinct()
                .sorted()
                .toList();
        return new Next(settled, Map.of(), ready, cancel, over ? Optional.of(ending) : Optional.empty());
    }

    /** What a retry set back, and was not needed this time. */
    private List<String> unused() {
        return states.entrySet().stream()
                .filter(e -> e.getValue().status() == Status.PENDING)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** A step that runs by items is not itself at work. */
    private boolean isRunning() {
        return states.entrySet().stream()
                .anyMatch(e -> e.getValue().status() == Status.RUNNING && !items.run(e.getKey()));
    }

    private boolean isQuiet() {
        return states.values().stream().noneMatch(s -> s.status() == Status.RUNNING || s.status() == Status.WAITING);
    }

    private static String outcomeOf(StepError error) {
        return switch (error.code()) {
            case "approval_rejected" -> "rejected";
            case "approval_expired", "wait_timed_out" -> "expired";
            default -> "failed";
        };
    }

    private StepState state(String id) {
        return states.getOrDefault(id, StepState.PENDING);
    }

    private Step step(String id) {
        return Optional.ofNullable(steps.get(id)).orElseThrow();
    }

    private static StepState skipped(String reason) {
        return new StepState(Status.SKIPPED, 0, Optional.of(reason), missing(), Optional.empty(), Optional.empty());
    }

    private static JsonNode missing() {
        return JsonNodeFactory.instance.missingNode();
    }
}
