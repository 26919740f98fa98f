package dev.millrace.server.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.approval.Request;
import dev.millrace.language.Definition;
import dev.millrace.language.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * An execution, as it is answered.
 *
 * @param triggerEvent the event's name; null when started by hand
 * @param waitingFor the first thing that it waits for
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
        Optional<WaitingFor> waitingFor,
        Optional<JsonNode> error,
        List<StepBody> steps) {

    record StartedBy(String kind, Optional<String> id, String name) {}

    /**
     * @param kind an approval or a time
     * @param until when the deadline passes, or the time has come
     */
    record WaitingFor(
            String kind,
            String stepId,
            Optional<String> role,
            Optional<UUID> user,
            Optional<UUID> approvalId,
            Optional<Instant> since,
            Optional<Instant> until) {}

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

    /**
     * @param requestOf the pending request of a step
     */
    static ExecutionBody of(
            ExecutionView view,
            Definition definition,
            List<StepView> rows,
            Function<String, Optional<Request>> requestOf) {
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
                rows.stream()
                        .flatMap(row -> waitingFor(row, requestOf).stream())
                        .findFirst(),
                view.error(),
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

    private static Optional<WaitingFor> waitingFor(StepView step, Function<String, Optional<Request>> requestOf) {
        if (!step.status().equals("waiting")) {
            return Optional.empty();
        }
        return Optional.of(requestOf
                .apply(step.id())
                .map(request -> new WaitingFor(
                        "approval",
                        step.id(),
                        request.requiredRole(),
                        request.requiredUser(),
                        Optional.of(request.id()),
                        Optional.of(request.createdAt()),
                        Optional.of(request.expiresAt())))
                .orElseGet(() -> new WaitingFor(
                        "time",
                        step.id(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        step.startedAt(),
                        step.dueAt())));
    }

    static Optional<Long> millis(Optional<Instant> from, Optional<Instant> to) {
        return from.flatMap(start -> to.map(end -> Duration.between(start, end).toMillis()));
    }
}
