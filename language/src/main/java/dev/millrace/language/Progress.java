package dev.millrace.language;

import java.util.Map;
import java.util.Optional;

/**
 * How far an execution has come: all that the {@link Planner} looks at.
 *
 * @param steps by unit id: step ids, and {@code <step>.on_error[n]}, {@code on_failure[n]}; a unit without an
 *     entry is pending
 * @param stop set when a {@code core.stop} step completed
 */
public record Progress(Map<String, StepState> steps, Optional<Stop> stop) {
    public Progress {
        steps = Map.copyOf(steps);
    }

    /** The execution ends on purpose. {@code cancelled}: with that status, else completed. */
    public record Stop(boolean cancelled, String reason) {}
}
