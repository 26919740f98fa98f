package dev.millrace.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Something happened to an execution or an approval.
 *
 * @param seq its seal's number: whoever has seen it, or a higher one of the tenant, has seen this event
 * @param type one of {@link #TYPES}
 * @param status that of the execution, step or approval afterwards
 * @param document what the approval is about
 */
public record LifecycleEvent(
        long seq,
        String type,
        Instant at,
        Optional<UUID> executionId,
        Optional<String> workflowName,
        Optional<String> stepId,
        Optional<UUID> approvalId,
        Optional<String> status,
        Optional<Document> document) {

    /** Everything that is published, by the types of the journal. */
    public static final Set<String> TYPES = Set.of(
            "workflow.started",
            "workflow.step_completed",
            "workflow.awaiting_approval",
            "workflow.approval_granted",
            "workflow.approval_rejected",
            "workflow.approval_returned",
            "workflow.approval_superseded",
            "workflow.approval_reassigned",
            "workflow.escalated",
            "workflow.completed",
            "workflow.failed",
            "workflow.cancelled",
            "workflow.retried");

    /** @param label for people */
    public record Document(String type, UUID id, String label) {}
}
