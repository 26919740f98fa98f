package dev.millrace.engine.approval;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A request for approval, as its row says.
 *
 * @param level 1 for the first that a step asked, one more for each escalation
 * @param requester never decides his own request
 * @param exclude further members who may not decide
 * @param nobody there is no member who may decide; an administrator may reassign it
 * @param decision empty while nobody has decided
 */
public record Request(
        UUID id,
        UUID executionId,
        String stepId,
        UUID definitionId,
        String workflowName,
        int workflowVersion,
        Optional<String> requiredRole,
        Optional<UUID> requiredUser,
        int level,
        Optional<UUID> escalatedFrom,
        Optional<UUID> escalatedTo,
        String status,
        Optional<String> entityType,
        Optional<UUID> entityId,
        Optional<String> entityLabel,
        Optional<BigDecimal> amount,
        Optional<String> currency,
        Optional<UUID> requester,
        Optional<String> requesterName,
        List<UUID> exclude,
        Optional<String> message,
        boolean nobody,
        Instant createdAt,
        Instant expiresAt,
        Optional<Decision> decision) {
    public Request {
        exclude = List.copyOf(exclude);
    }

    /**
     * @param by empty when a rule decided
     * @param automatic approved by the passing of time, as the definition says
     */
    public record Decision(Optional<UUID> by, String byName, Instant at, Optional<String> comment, boolean automatic) {}

    public boolean isPending() {
        return status.equals("pending");
    }

    /** Who is asked, for people. */
    public String asked() {
        return requiredRole.orElse("the person asked");
    }
}
