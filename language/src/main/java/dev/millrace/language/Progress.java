package dev.millrace.language;

import java.util.Map;
import java.util.Optional;

/**
 * How far an execution has come: all that the {@link Planner} looks at.
 *
 * @param steps by unit id: step ids, items {@code <step>[i]}, and {@code <step>.on_error[n]},
 *     {@code on_failure[n]}; a unit without an entry is pending
 * @param items by step id, how many items its {@code for_each} gave when {@link Next#expanded} told of them; such a
 *     step counts as running until it is settled, whatever {@code steps} says of it before
 * @param stop set when a {@code core.stop} step completed
 */
public record Progress(Map<String, StepState> steps, Map<String, Integer> items, Optional<Stop> stop) {
    public Progress {
        steps = Map.copyOf(steps);
        items = Map.copyOf(items);
    }

    /** The execution ends on purpose. {@code cancelled}: with that status, else completed. */
    public record Stop(boolean cancelled, String reason) {}
}
