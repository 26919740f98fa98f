package dev.millrace.language;

import dev.millrace.language.RetryPlan.Reason;
import dev.millrace.language.RetryPlan.Refused;
import dev.millrace.language.RetryPlan.SetBack;
import dev.millrace.language.StepState.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes the {@link RetryPlan} of one execution. */
final class Retrying {
    private final Definition definition;
    private final Progress progress;
    private final Handling handling;

    Retrying(Definition definition, Progress progress) {
        this.definition = definition;
        this.progress = progress;
        this.handling = new Handling(progress.steps());
    }

    RetryPlan plan(boolean failed, Optional<String> asked) {
        if (asked.filter(id -> definition.step(id).isEmpty()).isPresent()) {
            return new Refused(Reason.STEP_UNKNOWN, "There is no step '" + asked.get() + "' in this version.");
        }
        if (progress.stop().isPresent()) {
            return new Refused(
                    Reason.STOPPED_ON_PURPOSE,
                    "A step stopped the execution on purpose: '"
                            + progress.stop().get().reason() + "'. Start a new one instead.");
        }
        List<String> retryable = retryable();
        if (asked.isPresent() && !retryable.contains(asked.get())) {
            return new Refused(Reason.STEP_NOT_RETRYABLE, why(asked.get()));
        }
        if (retryable.isEmpty() && failed && ofStatus(Status.FAILED).isEmpty()) {
            List<String> cancelled = ofStatus(Status.CANCELLED);
            return new SetBack(cancelled, units(cancelled));
        }
        if (retryable.isEmpty()) {
            return new Refused(
                    Reason.NOTHING_TO_RETRY,
                    "Expected a failed step with nothing behind it that has run, but there is none.");
        }
        List<String> from = asked.map(List::of).orElse(retryable);
        return unhandledBut(from)
                .<RetryPlan>map(other -> new Refused(
                        Reason.OTHER_STEP_FAILED,
                        "The step '" + other + "' failed as well and would end the execution at once: retry without"
                                + " naming a step."))
                .orElseGet(() -> new SetBack(from, units(from)));
    }

    private List<String> retryable() {
        return ofStatus(Status.FAILED).stream()
                .filter(id -> behind(Set.of(id)).stream().noneMatch(this::hasRun))
                .toList();
    }

    private List<String> ofStatus(Status status) {
        return definition.steps().stream()
                .map(Step::id)
                .filter(id -> state(id).status() == status)
                .toList();
    }

    private String why(String id) {
        Status status = state(id).status();
        return status == Status.FAILED
                ? "Steps behind '" + id + "' went on after its failure: it cannot be retried any more."
                : "Expected a failed step but '" + id + "' is " + status.name().toLowerCase(Locale.ROOT) + ".";
    }

    private Optional<String> unhandledBut(List<String> from) {
        return definition.steps().stream()
                .filter(step -> state(step.id()).status() == Status.FAILED && !from.contains(step.id()))
                .filter(step -> !handling.isDone(step))
                .map(Step::id)
                .findFirst();
    }

    private Set<String> units(List<String> from) {
        var steps = new LinkedHashSet<>(from);
        steps.addAll(ofStatus(Status.CANCELLED));
        behind(steps).stream()
                .filter(id -> state(id).status() == Status.SKIPPED)
                .forEach(steps::add);
        var units = new LinkedHashSet<String>();
        for (String unit : progress.steps().keySet()) {
            boolean back =
                    steps.contains(stepOf(unit)) ? goesBackWithItsStep(unit, steps) : isUnfinishedOnFailure(unit);
            if (back) {
                units.add(unit);
            }
        }
        return units;
    }

    /** Items and handlers that completed stay; deadlines belong to a wait that begins anew. */
    private boolean goesBackWithItsStep(String unit, Set<String> steps) {
        return steps.contains(unit) || unit.contains(".on_timeout[") || isFailedOrCancelled(unit);
    }

    private boolean isUnfinishedOnFailure(String unit) {
        return unit.startsWith("on_failure[") && isFailedOrCancelled(unit);
    }

    private boolean isFailedOrCancelled(String unit) {
        Status status = state(unit).status();
        return status == Status.FAILED || status == Status.CANCELLED;
    }

    /** Everything that depends on one of the steps, directly or not. */
    private Set<String> behind(Set<String> steps) {
        var behind = new LinkedHashSet<String>();
        var open = new ArrayList<>(steps);
        while (!open.isEmpty()) {
            String next = open.removeLast();
            definition.steps().stream()
                    .filter(step -> step.dependsOn().contains(next))
                    .map(Step::id)
                    .filter(behind::add)
                    .forEach(open::add);
        }
        return behind;
    }

    private boolean hasRun(String id) {
        StepState state = state(id);
        return switch (state.status()) {
            case COMPLETED, RUNNING, WAITING, FAILED -> true;
            case PENDING, CANCELLED -> state.attempt() > 0;
            case SKIPPED -> false;
        };
    }

    private static String stepOf(String unit) {
        int end = 0;
        while (end < unit.length() && unit.charAt(end) != '[' && unit.charAt(end) != '.') {
            end++;
        }
        return unit.substring(0, end);
    }

    private StepState state(String id) {
        return progress.steps().getOrDefault(id, StepState.PENDING);
    }
}
