package dev.millrace.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the {@link Planner} says comes next.
 *
 * @param settled steps that end without running (skipped, failed because their condition or list could not be
 *     evaluated, or ended because their items have), in the order in which they settle
 * @param expanded by step id, the items of lists evaluated now, 1 to {@link ForEach#MAX_ITEMS} of them; to be made
 *     durable and counted in {@link Progress#items}: from then on the items are ready
 * @param ready ids of units to run now, or when their {@code dueAt} has come; in the order of the text
 * @param cancel ids of units to cancel because the execution is ending
 * @param ending present when nothing is left to run: what the execution ends as
 */
public record Next(
        Map<String, StepState> settled,
        Map<String, List<JsonNode>> expanded,
        List<String> ready,
        List<String> cancel,
        Optional<Ending> ending) {

    /**
     * How an execution ends.
     *
     * @param status {@code completed}, {@code failed} or {@code cancelled}
     * @param outcome {@code succeeded, rejected, expired, stopped, failed, cancelled}
     * @param step the step that decided it, for a failure
     */
    public record Ending(String status, String outcome, Optional<String> step, Optional<StepError> error) {}
}
