package dev.millrace.engine.execution;

import dev.millrace.language.StepError;
import dev.millrace.language.StepState;
import dev.millrace.language.StepState.Status;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A row of {@code workflow_step_results}.
 *
 * @param interrupted attempts that ended with a lost node and not with an answer; they use up no attempt
 * @param output of a waiting step: what it will complete with, if it waits for an instant
 * @param wakeAt waiting for an instant: that one
 * @param deadlineNo how many entries of {@code on_timeout} are done with
 * @param sentBack it waits for its document to be submitted again, and asks nobody meanwhile; as its requests said when
 *     the row was read
 */
public record StepRow(
        String id,
        String action,
        Status status,
        int attempt,
        int interrupted,
        Optional<String> skipReason,
        Optional<JsonNode> input,
        Optional<JsonNode> output,
        Optional<StepError> error,
        Optional<Instant> waitingSince,
        Optional<Instant> wakeAt,
        int deadlineNo,
        Optional<Instant> dueAt,
        Optional<Instant> startedAt,
        boolean sentBack) {

    /** The row of a unit that has none yet. */
    public static StepRow fresh(String id, String action) {
        return new StepRow(
                id,
                action,
                Status.PENDING,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** A pending step of whose attempts none counts has not begun: a retry set it back. */
    public StepState state() {
        return new StepState(
                status,
                status == Status.PENDING ? attempt - interrupted : attempt,
                skipReason,
                status == Status.COMPLETED ? output.orElse(JsonNodeFactory.instance.nullNode()) : missing(),
                error,
                dueAt);
    }

    private static JsonNode missing() {
        return JsonNodeFactory.instance.missingNode();
    }

    public StepRow running(int attempt, int interrupted, JsonNode input, Instant at) {
        return new StepRow(
                id,
                action,
                Status.RUNNING,
                attempt,
                interrupted,
                skipReason,
                Optional.of(input),
                Optional.empty(),
                Optional.empty(),
                waitingSince,
                wakeAt,
                deadlineNo,
                Optional.empty(),
                Optional.of(at),
                false);
    }

    public StepRow completed(JsonNode result) {
        return new StepRow(
                id,
                action,
                Status.COMPLETED,
                attempt,
                interrupted,
                skipReason,
                input,
                Optional.of(result),
                Optional.empty(),
                waitingSince,
                wakeAt,
                deadlineNo,
                Optional.empty(),
                startedAt,
                false);
    }

    public StepRow failed(StepError why) {
        return new StepRow(
                id,
                action,
                Status.FAILED,
                attempt,
                interrupted,
                skipReason,
                input,
                Optional.empty(),
                Optional.of(why),
                waitingSince,
                wakeAt,
                deadlineNo,
                Optional.empty(),
                startedAt,
                false);
    }

    public StepRow retriedAt(Instant due, StepError why) {
        return new StepRow(
                id,
                action,
                Status.PENDING,
                attempt,
                interrupted,
                skipReason,
                input,
                Optional.empty(),
                Optional.of(why),
                waitingSince,
                wakeAt,
                deadlineNo,
                Optional.of(due),
                startedAt,
                false);
    }

    public StepRow waiting(Instant since, Optional<Instant> wake, Optional<JsonNode> result, Instant due) {
        return new StepRow(
                id,
                action,
                Status.WAITING,
                attempt,
                interrupted,
                skipReason,
                input,
                result,
                Optional.empty(),
                Optional.of(since),
                wake,
                deadlineNo,
                Optional.of(due),
                startedAt,
                false);
    }

    public StepRow pastDeadline(int done, Instant due) {
        return new StepRow(
                id,
                action,
                status,
                attempt,
                interrupted,
                skipReason,
                input,
                output,
                error,
                waitingSince,
                wakeAt,
                done,
                Optional.of(due),
                startedAt,
                sentBack);
    }

    public StepRow cancelled() {
        return new StepRow(
                id,
                action,
                Status.CANCELLED,
                attempt,
                interrupted,
                skipReason,
                input,
                Optional.empty(),
                error,
                waitingSince,
                wakeAt,
                deadlineNo,
                Optional.empty(),
                startedAt,
                false);
    }

    /** A step that the planner settled: it is over without running itself. */
    public StepRow settled(StepState state) {
        return new StepRow(
                id,
                action,
                state.status(),
                state.attempt(),
                interrupted,
                state.skipReason(),
                input,
                state.status() == Status.COMPLETED ? Optional.of(state.output()) : Optional.empty(),
                state.error(),
                waitingSince,
                wakeAt,
                deadlineNo,
                Optional.empty(),
                startedAt,
                false);
    }
}
