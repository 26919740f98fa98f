package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.language.StepError;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an execution ended, as the step learns it that waits for its end.
 *
 * @param outputs of the steps that nothing depends on, by their ids
 */
record ChildEnd(String status, String outcome, Optional<StepError> error, ObjectNode outputs) {

    static ChildEnd without(String status, String outcome, Optional<StepError> error) {
        return new ChildEnd(status, outcome, error, Json.object());
    }

    /** A refusal by a person is not what the parent asked for, whatever colour it has. */
    boolean isSuccess() {
        return status.equals("completed") && !outcome.equals("rejected");
    }
}
