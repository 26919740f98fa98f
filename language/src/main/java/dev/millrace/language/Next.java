package dev.millrace.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@link Planner} says comes next.
 *
 * @param settled steps that end without running (skipped, or failed because their condition could not be
 *     evaluated), in the order in which they settle
 * @param ready ids of units to run now, or when their {@code dueAt} has come; in the order of the text
 * @param cancel ids of units to cancel because the execution is ending
 * @param ending present when nothing is left to run: what the execution ends as
 */
public record Next(Map<String, StepState> settled, List<String> ready, List<String> cancel, Optional<Ending> ending) {

    /**
     * How an execution ends.
     *
     * @param status {@code completed}, {@code failed} or {@code cancelled}
     * @param outcome {@code succeeded, rejected, expired, stopped, failed, cancelled}
     * @param step the step that decided it, for a failure
     */
    public record Ending(String status, String outcome, Optional<String> step, Optional<StepError> error) {}
}
