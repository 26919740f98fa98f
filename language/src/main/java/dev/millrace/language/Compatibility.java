package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an execution may go on under another version of its definition: what has run must mean the same there. Pure,
 * as the {@link Planner} is.
 */
public final class Compatibility {
    private final Definition before;
    private final Definition after;
    private final Map<String, StepState> states;
    private final Set<String> setBack;
    private final List<Misfit> misfits = new ArrayList<>();

    /**
     * What does not fit.
     *
     * @param code {@code step_missing, action_changed, for_each_changed, runs_too_late, failure_not_handled}
     */
    public record Misfit(String step, String code, String message) {}

    private Compatibility(Definition before, Definition after, Map<String, StepState> states, Set<String> setBack) {
        this.before = before;
        this.after = after;
        this.states = states;
        this.setBack = setBack;
    }

    /**
     * @param states of the execution under {@code before}
     * @param setBack units that run again
     * @return what does not fit, in the order of {@code before}; empty if it may go on under {@code after}
     */
    public static List<Misfit> misfits(
            Definition before, Definition after, Map<String, StepState> states, Set<String> setBack) {
        return new Compatibility(before, after, states, setBack).check();
    }

    private List<Misfit> check() {
        for (Step step : before.steps()) {
            if (isKept(step.id())) {
                after.step(step.id())
                        .ifPresentOrElse(
                                now -> compare(step, now),
                                () -> add(step, "step_missing", "has run, but the newer version has no such step"));
            } else if (hasCompletedItems(step)) {
                after.step(step.id()).ifPresent(now -> compareLists(step, now));
            }
        }
        return List.copyOf(misfits);
    }

    private void compare(Step was, Step now) {
        if (!was.action().equals(now.action())) {
            add(
                    was,
                    "action_changed",
                    "has run as " + was.action() + ", but is " + now.action() + " in the newer version");
            return;
        }
        compareLists(was, now);
        now.dependsOn().stream()
                .filter(id -> !isOver(id))
                .findFirst()
                .ifPresent(id ->
                        add(was, "runs_too_late", "has run, but would come behind '" + id + "' in the newer version"));
        if (status(was.id()) == Status.FAILED && !isHandledAlike(was.onError(), now.onError())) {
            add(was, "failure_not_handled", "has failed and was dealt with otherwise than the newer version says");
        }
    }

    private static boolean isHandledAlike(Handlers was, Handlers now) {
        return was.thenContinue() == now.thenContinue()
                && was.list().size() == now.list().size();
    }

    private void compareLists(Step was, Step now) {
        if (was.forEach().isPresent() != now.forEach().isPresent()) {
            add(
                    was,
                    "for_each_changed",
                    "has run " + shape(was) + ", but runs " + shape(now) + " in the newer version");
        }
    }

    private static String shape(Step step) {
        return step.forEach().isPresent() ? "once for each item of a list" : "once";
    }

    /** It has a result that stays; what was skipped means the same whatever the step would have done. */
    private boolean isKept(String id) {
        Status status = status(id);
        return (status == Status.COMPLETED || status == Status.FAILED) && !setBack.contains(id);
    }

    private boolean hasCompletedItems(Step step) {
        return step.forEach().isPresent()
                && states.entrySet().stream()
                        .anyMatch(e -> e.getKey().startsWith(step.id() + "[")
                                && e.getValue().status() == Status.COMPLETED);
    }

    private boolean isOver(String id) {
        return Optional.ofNullable(states.get(id))
                .filter(state -> state.status().isFinal() && !setBack.contains(id))
                .isPresent();
    }

    private Status status(String id) {
        return states.getOrDefault(id, StepState.PENDING).status();
    }

    private void add(Step step, String code, String message) {
        misfits.add(new Misfit(step.id(), code, "'" + step.id() + "' " + message + "."));
    }
}
