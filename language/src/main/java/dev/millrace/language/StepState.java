package dev.millrace.language;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How a step (or one entry of an {@code on_error} list) of an execution stands.
 *
 * @param attempt the last attempt begun, 0 before the first
 * @param skipReason {@code condition}, {@code dead_path} or {@code blocked}, when skipped
 * @param output missing until completed
 * @param dueAt pending: not before; waiting: the next deadline
 */
public record StepState(
        Status status,
        int attempt,
        Optional<String> skipReason,
        JsonNode output,
        Optional<StepError> error,
        Optional<Instant> dueAt) {

    /** Not begun. */
    public static final StepState PENDING = new StepState(
            Status.PENDING,
            0,
            Optional.empty(),
            JsonNodeFactory.instance.missingNode(),
            Optional.empty(),
            Optional.empty());

    public enum Status {
        PENDING,
        RUNNING,
        WAITING,
        SKIPPED,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** Nothing will change it any more, but a retry asked for by a person. */
        public boolean isFinal() {
            return this == SKIPPED || this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }
}
