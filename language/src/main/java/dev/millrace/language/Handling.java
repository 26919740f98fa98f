package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** How far the handlers of failed steps have come. */
final class Handling {
    private final Map<String, StepState> states;

    /** @param states of the plan, as it changes */
    Handling(Map<String, StepState> states) {
        this.states = states;
    }

    /** The first entry that has not ended, unless one before it failed. */
    Optional<String> next(Handlers handlers, IntFunction<String> idOf) {
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

    /** Every entry has completed; false without any handler. */
    boolean isDone(Step step) {
        return !step.onError().isNone() && entryStates(step).stream().allMatch(s -> s.status() == Status.COMPLETED);
    }

    /** No entry is left to run: all have completed, or one failed. */
    boolean isOver(Step step) {
        List<StepState> entries = entryStates(step);
        return entries.stream().anyMatch(s -> s.status() == Status.FAILED || s.status() == Status.CANCELLED)
                || entries.stream().allMatch(s -> s.status() == Status.COMPLETED);
    }

    private List<StepState> entryStates(Step step) {
        var entries = new ArrayList<StepState>();
        for (int n = 0; n < step.onError().list().size(); n++) {
            entries.add(state(Planner.onErrorId(step.id(), n)));
        }
        return entries;
    }

    /** A rejection whose handler failed is no longer a plain rejection. */
    StepError errorOf(Step step) {
        StepError error = state(step.id()).error().orElseThrow();
        for (int n = 0; n < step.onError().list().size(); n++) {
            Optional<StepError> handlerError = state(Planner.onErrorId(step.id(), n)).error();
            if (state(Planner.onErrorId(step.id(), n)).status() == Status.FAILED && handlerError.isPresent()) {
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
}
