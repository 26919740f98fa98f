package dev.millrace.server.workflow;

import dev.millrace.engine.ExecutionView;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An execution in a list. */
record ExecutionItem(
        UUID id,
        UUID workflowId,
        String workflowName,
        int version,
        String status,
        Optional<String> outcome,
        Optional<String> triggerEvent,
        String triggerSummary,
        Instant startedAt,
        Optional<Instant> completedAt,
        Optional<Long> durationMs,
        Optional<JsonNode> error) {

    static ExecutionItem of(ExecutionView view) {
        return new ExecutionItem(
                view.id(),
                view.definitionId(),
                view.workflowName(),
                view.version(),
                view.status(),
                view.outcome(),
                view.eventName(),
                summary(view),
                view.startedAt(),
                view.completedAt(),
                ExecutionBody.millis(Optional.of(view.startedAt()), view.completedAt()),
                view.error());
    }

    private static String summary(ExecutionView view) {
        String how = view.parent().isPresent()
                ? "started by a workflow, for "
                : view.eventName().orElse("started by hand") + " by ";
        return how + view.startedBy().name();
    }
}
