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
        Optional<JsonNode> error) {

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
