package dev.millrace.engine;

import java.util.List;
import java.util.UUID;

/**
 * What starting a stored event later did.
 *
 * @param executions started now
 * @param declined definitions that are live now and whose condition says no
 * @param already names of workflows that the event had started before
 */
public record StartedLater(List<UUID> executions, List<Published.Declined> declined, List<String> already) {
    public StartedLater {
        executions = List.copyOf(executions);
        declined = List.copyOf(declined);
        already = List.copyOf(already);
    }
}
