package dev.millrace.server.workflow;

import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.ExecutionView.EventAwaited;
import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.approval.Request;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a step of an execution waits for.
 *
 * @param kind "approval", "resubmission" of a document that was sent back, "event", "execution" or
 *     "time"
 * @param role whose decision, or {@code user} whose; of an approval
 * @param event the name of the event, for which {@code match} must hold
 * @param executionId the execution for whose end it waits, of {@code workflowName}
 * @param until when the deadline passes, or the time has come
 */
record WaitingFor(
        String kind,
        String stepId,
        Optional<String> role,
        Optional<UUID> user,
        Optional<UUID> approvalId,
        Optional<String> event,
        Optional<String> match,
        Optional<UUID> executionId,
        Optional<String> workflowName,
        Optional<Instant> since,
        Optional<Instant> until) {

    /**
     * @param requestOf the request of a step that is pending, or was sent back
     * @param events that steps of the execution wait for
     * @param children what steps of the execution started
     */
    static List<WaitingFor> all(
            List<StepView> steps,
            Function<String, Optional<Request>> requestOf,
            List<EventAwaited> events,
            List<ExecutionView> children) {
        return steps.stream()
                .filter(step -> step.status().equals("waiting"))
                .map(step -> requestOf
                        .apply(step.id())
                        .map(request -> approval(step, request))
                        .or(() -> find(events, step).map(event -> event(step, event)))
                        .or(() -> awaited(children, step).map(child -> execution(step, child)))
                        .orElseGet(() -> time(step)))
                .sorted(Comparator.comparing((WaitingFor wait) -> wait.until().orElse(Instant.MAX))
                        .thenComparing(WaitingFor::stepId))
                .toList();
    }

    private static Optional<EventAwaited> find(List<EventAwaited> events, StepView step) {
        return events.stream().filter(event -> event.step().equals(step.id())).findFirst();
    }

    private static Optional<ExecutionView> awaited(List<ExecutionView> children, StepView step) {
        return children.stream()
                .filter(child -> child.parent()
                        .filter(parent -> parent.waits() && parent.step().equals(step.id()))
                        .isPresent())
                .findFirst();
    }

    private static WaitingFor approval(StepView step, Request request) {
        return new WaitingFor(
                request.isPending() ? "approval" : "resubmission",
                step.id(),
                request.requiredRole(),
                request.requiredUser(),
                Optional.of(request.id()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(request.createdAt()),
                Optional.of(request.expiresAt()));
    }

    private static WaitingFor event(StepView step, EventAwaited event) {
        return new WaitingFor(
                "event",
                step.id(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(event.event()),
                Optional.of(event.match()),
                Optional.empty(),
                Optional.empty(),
                step.startedAt(),
                step.dueAt());
    }

    private static WaitingFor execution(StepView step, ExecutionView child) {
        return new WaitingFor(
                "execution",
                step.id(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(child.id()),
                Optional.of(child.workflowName()),
                step.startedAt(),
                step.dueAt());
    }

    private static WaitingFor time(StepView step) {
        return new WaitingFor(
                "time",
                step.id(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                step.startedAt(),
                step.dueAt());
    }
}
