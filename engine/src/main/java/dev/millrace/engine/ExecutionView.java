package dev.millrace.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An execution, for people and programs that look at it. */
public record ExecutionView(
        UUID id,
        UUID definitionId,
        String workflowName,
        int version,
        String status,
        Optional<String> outcome,
        Optional<String> eventId,
        Optional<String> eventName,
        ObjectNode trigger,
        Actor startedBy,
        Instant startedAt,
        Optional<Instant> completedAt,
        Optional<JsonNode> error,
        Optional<Parent> parent) {

    /**
     * The step of another execution that started it.
     *
     * @param waits it waits for the end
     * @param root the first of the chain
     */
    public record Parent(UUID execution, String step, boolean waits, UUID root) {}

    /** A step waits for an event of a name for which the condition holds. */
    public record EventAwaited(String step, String event, String match) {}

    /** A step of it, or an entry of a handler's list. */
    public record StepView(
            String id,
            String action,
            String status,
            Optional<String> skipReason,
            int attempt,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt,
            Optional<Instant> dueAt,
            Optional<JsonNode> input,
            Optional<JsonNode> output,
            Optional<JsonNode> error) {}
}
