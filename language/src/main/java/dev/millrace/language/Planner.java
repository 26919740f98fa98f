package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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
    private final Map<String, StepState> settled = new LinkedHashMap<>();
    private final List<String> ready = new ArrayList<>();

    private Planner(Definition definition, Progress progress, Scope context) {
        this.definition = definition;
        this.steps = definition.stepsById();
        this.context = context;
        this.stop = progress.stop();
        this.states = new LinkedHashMap<>(progress.steps());
    }

    /**
     * @param context gives {@code trigger}, {@code tenant}, {@code workflow} and {@code execution}; {@code steps}
     *     comes from the progress
     */
    public static Next next(Definition definition, Progress progress, Scope context) {
        return new Planner(definition, progress, context).plan();
    }

    /** The unit of entry {@code n} of a step's {@code on_error}. */
    public static String onErrorId(String step, int n) {
        return step + ".on_error[" + n + "]";
    }

    /** The unit of entry {@code n} of a step's {@code on_timeout}. */
    public static String onTimeoutId(String step, int n) {
        return step + ".on_timeout[" + n + "]";
    }

    /** The unit of entry {@code n} of the definition's {@code on_failure}. */
    public static String onFailureId(int n) {
        return "on_failure[" + n + "]";
    }

    private Next plan() {
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
        definition.steps().stream().filter(this::mayStart).map(Step::id).forEach(ready::add);
        if (ready.isEmpty() && isQuiet()) {
            return new Next(
                    settled,
                    List.of(),
                    List.of(),
                    Optional.of(new Next.Ending("completed", "succeeded", Optional.empty(), Optional.empty())));
        }
        return new Next(settled, ready, List.of(), Optional.empty());
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
            return holds ? Optional.empty() : Optional.of(skipped("condition"));
        } catch (EvaluationException e) {
            var error = StepError.of(e.code(), "condition: " + e.reason(), 1);
            return Optional.of(
                    new StepState(Status.FAILED, 1, Optional.empty(), missing(), Optional.of(error), Optional.empty()));
        }
    }

    private boolean mayStart(Step step) {
        StepState state = state(step.id());
        return state.status() == Status.PENDING && (state.attempt() > 0 || dependenciesAreOver(step));
    }

    private boolean isUntouched(Step step) {
        StepState state = state(step.id());
        return state.status() == Status.PENDING && state.attempt() == 0;
    }

    private boolean dependenciesAreOver(Step step) {
        return step.dependsOn().stream().allMatch(id -> {
            StepState state = state(id);
            return state.status().isFinal() && (state.status() != Status.FAILED || isHandlingOver(id));
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
        return step(id).onError().thenContinue() && isHandled(step(id));
    }

    /** Handlers of failed steps go on even while the execution is failing: they undo what was begun. */
    private void handleErrors() {
        for (Step step : definition.steps()) {
            if (state(step.id()).status() == Status.FAILED) {
                nextEntry(step.onError(), n -> onErrorId(step.id(), n)).ifPresent(ready::add);
            }
        }
    }

    /** The first entry that has not ended, unless one before it failed. */
    private Optional<String> nextEntry(Handlers handlers, IntFunction<String> idOf) {
        for (int n = 0; n < handlers.list().size(); n++) {
            StepState state = state(idOf.apply(n));
            if (state.status() == Status.PENDING) {
                return Optional.of(idOf.apply(n));
            }
            if (state.status() != Status.COMPLETED) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean isHandled(Step step) {
        return !step.onError().isNone() && entryStates(step).stream().allMatch(s -> s.status() == Status.COMPLETED);
    }

    private boolean isHandlingOver(String id) {
        List<StepState> entries = entryStates(step(id));
        return entries.stream().anyMatch(s -> s.status() == Status.FAILED || s.status() == Status.CANCELLED)
                || entries.stream().allMatch(s -> s.status() == Status.COMPLETED);
    }

    private List<StepState> entryStates(Step step) {
        var entries = new ArrayList<StepState>();
        for (int n = 0; n < step.onError().list().size(); n++) {
            entries.add(state(onErrorId(step.id(), n)));
        }
        return entries;
    }

    /** A failure that no handler takes care of; one that is not a refusal by a person comes first. */
    private Optional<Step> unhandledFailure() {
        List<Step> unhandled = definition.steps().stream()
                .filter(s -> state(s.id()).status() == Status.FAILED)
                .filter(s -> s.onError().isNone() || (isHandlingOver(s.id()) && !isHandled(s)))
                .toList();
        return unhandled.stream()
                .filter(s -> !outcomeOf(errorOf(s)).equals("rejected"))
                .findFirst()
                .or(() -> unhandled.stream().findFirst());
    }

    private Next fail() {
        Step step = unhandledFailure().orElseThrow();
        StepError error = errorOf(step);
        String outcome = outcomeOf(error);
        if (!outcome.equals("rejected") && ready.isEmpty() && !isRunning()) {
            nextEntry(definition.onFailure(), Planner::onFailureId).ifPresent(ready::add);
        }
        return end(new Next.Ending(
                outcome.equals("rejected") ? "completed" : "failed",
                outcome,
                Optional.of(step.id()),
                Optional.of(error)));
    }

    /** Cancels what waits; ends once nothing runs any more. */
    private Next end(Next.Ending ending) {
        List<String> cancel = states.entrySet().stream()
                .filter(e -> e.getValue().status() == Status.WAITING
                        || (e.getValue().status() == Status.PENDING
                                && e.getValue().attempt() > 0
                                && !ready.contains(e.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        boolean over = ready.isEmpty() && !isRunning();
        return new Next(settled, ready, cancel, over ? Optional.of(ending) : Optional.empty());
    }

    private boolean isRunning() {
        return states.values().stream().anyMatch(s -> s.status() == Status.RUNNING);
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

    /** A rejection whose handler failed is no longer a plain rejection. */
    private StepError errorOf(Step step) {
        StepError error = state(step.id()).error().orElseThrow();
        for (int n = 0; n < step.onError().list().size(); n++) {
            Optional<StepError> handlerError = state(onErrorId(step.id(), n)).error();
            if (state(onErrorId(step.id(), n)).status() == Status.FAILED && handlerError.isPresent()) {
                var details = error.details().deepCopy();
                details.putObject("handler_error")
                        .put("code", handlerError.get().code())
                        .put("message", handlerError.get().message());
                return new StepError(
                        "on_error_failed",
                        error.message() + "; then on_error entry " + (n + 1) + " failed: "
                                + handlerError.get().message(),
                        error.attempt(),
                        details);
            }
        }
        return error;
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
