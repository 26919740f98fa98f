package dev.millrace.server.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.language.Definition;
import dev.millrace.language.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * An execution, as it is answered.
 *
 * @param triggerEvent the event's name; null when started by hand
 * @param waitingFor everything that it waits for, what is due first before the rest
 * @param parentExecutionId the execution of which a step started it; null when none did
 * @param rootExecutionId the first of the chain; null when it is this one
 * @param children executions that its steps started, the oldest first, at most 200
 * @param steps every step of the definition in its order, each followed by the entries of its handlers that ran;
 *     the items of a list are in the step that runs them
 */
record ExecutionBody(
        UUID id,
        UUID workflowId,
        String workflowName,
        int version,
        String status,
        Optional<String> outcome,
        Optional<String> triggerEvent,
        JsonNode trigger,
        StartedBy startedBy,
        Instant startedAt,
        Optional<Instant> completedAt,
        Optional<Long> durationMs,
        List<WaitingFor> waitingFor,
        Optional<JsonNode> error,
        Optional<UUID> parentExecutionId,
        Optional<String> parentStepId,
        Optional<UUID> rootExecutionId,
        List<Child> children,
        List<StepBody> steps) {

    record StartedBy(String kind, Optional<String> id, String name) {}

    /** An execution that a step started. */
    record Child(UUID id, String stepId, String workflowName, int version, String status, Optional<String> outcome) {
        static Child of(ExecutionView view) {
            return new Child(
                    view.id(),
                    view.parent().orElseThrow().step(),
                    view.workflowName(),
                    view.version(),
                    view.status(),
                    view.outcome());
        }
    }

    record StepBody(
            String stepId,
            String action,
            String status,
            Optional<String> skipReason,
            int attempt,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt,
            Optional<Long> durationMs,
            Optional<JsonNode> input,
            Optional<JsonNode> output,
            Optional<JsonNode> error,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StepBody> items) {

        static StepBody of(StepView step) {
            return of(step, List.of());
        }

        static StepBody of(StepView step, List<StepBody> items) {
            return new StepBody(
                    step.id(),
                    step.action(),
                    step.status(),
                    step.skipReason(),
                    step.attempt(),
                    step.startedAt(),
                    step.completedAt(),
                    millis(step.startedAt(), step.completedAt()),
                    step.input(),
                    step.output(),
                    step.error(),
                    items);
        }

        /** A step without a row: the execution has not come to it, or never will. */
        static StepBody notReached(Step step, boolean over) {
            return new StepBody(
                    step.id(),
                    step.action(),
                    over ? "cancelled" : "pending",
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }
    }

    static ExecutionBody of(
            ExecutionView view,
            Definition definition,
            List<StepView> rows,
            List<WaitingFor> waitingFor,
            List<ExecutionView> children) {
        return new ExecutionBody(
                view.id(),
                view.definitionId(),
                view.workflowName(),
                view.version(),
                view.status(),
                view.outcome(),
                view.eventName(),
                view.trigger(),
                new StartedBy(
                        view.startedBy().kind(),
                        view.startedBy().id(),
                        view.startedBy().name()),
                view.startedAt(),
                view.completedAt(),
                millis(Optional.of(view.startedAt()), view.completedAt()),
                waitingFor,
                view.error(),
                view.parent().map(ExecutionView.Parent::execution),
                view.parent().map(ExecutionView.Parent::step),
                view.parent().map(ExecutionView.Parent::root),
                children.stream().map(Child::of).toList(),
                steps(definition, rows, view.completedAt().isPresent()));
    }

    private static List<StepBody> steps(Definition definition, List<StepView> rows, boolean over) {
        var steps = new ArrayList<StepBody>();
        for (Step step : definition.steps()) {
            List<StepBody> items = items(step, rows);
            rows.stream()
                    .filter(row -> row.id().equals(step.id()))
                    .findFirst()
                    .ifPresentOrElse(
                            row -> steps.add(StepBody.of(row, items)),
                            () -> steps.add(StepBody.notReached(step, over)));
            rows.stream()
                    .filter(row -> row.id().startsWith(step.id() + "."))
                    .map(StepBody::of)
                    .forEach(steps::add);
        }
        rows.stream()
                .filter(row -> row.id().startsWith("on_failure["))
                .map(StepBody::of)
                .forEach(steps::add);
        return steps;
    }

    /** In the order of the list, each followed by the entries of its deadlines that ran. */
    private static List<StepBody> items(Step step, List<StepView> rows) {
        return rows.stream()
                .filter(row -> row.id().startsWith(step.id() + "["))
                .sorted(Comparator.comparingInt((StepView row) -> item(step, row))
                        .thenComparing(StepView::id))
                .map(StepBody::of)
                .toList();
    }

    private static int item(Step step, StepView row) {
        String from = row.id().substring(step.id().length() + 1);
        return Integer.parseInt(from, 0, from.indexOf(']'), 10);
    }

    static Optional<Long> millis(Optional<Instant> from, Optional<Instant> to) {
        return from.flatMap(start -> to.map(end -> Duration.between(start, end).toMillis()));
    }
}
