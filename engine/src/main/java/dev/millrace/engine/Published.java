package dev.millrace.engine;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What publishing an event did.
 *
 * @param executions started, at most 100; {@code started} counts all
 * @param declined enabled definitions on the event whose condition was false or failed
 * @param repeated an event with this id and payload had come before: this is the first answer again
 */
public record Published(String eventId, List<UUID> executions, int started, List<Declined> declined, boolean repeated) {
    public Published {
        executions = List.copyOf(executions);
        declined = List.copyOf(declined);
    }

    /**
     * @param failed the condition could not be evaluated, with {@code reason} as the error; else it was false
     * @param values what the condition read
     */
    public record Declined(
            UUID definition, String workflow, int version, boolean failed, String reason, ObjectNode values) {}

    /** Nobody said no for a reason, and nothing started: no enabled definition, or a broken condition. */
    public boolean isUnrouted() {
        return started == 0 && (declined.isEmpty() || declined.stream().anyMatch(Declined::failed));
    }
}
