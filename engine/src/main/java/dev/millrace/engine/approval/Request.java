package dev.millrace.engine.approval;

import dev.millrace.engine.FieldChange;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for approval, as its row says.
 *
 * @param minApprovals distinct people who must approve, 1 to 10
 * @param level 1 for the first that a step asked, one more for each escalation
 * @param replaces the request that was asked before the document was changed, or sent back and submitted again
 * @param requester never decides his own request, unless the company allows it
 * @param exclude further members who may not decide
 * @param nobody there is no member who may decide; an administrator may reassign it
 * @param shown empty where the document is not known
 * @param ended empty while it is pending
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
        int minApprovals,
        int level,
        Optional<UUID> escalatedFrom,
        Optional<UUID> escalatedTo,
        Optional<UUID> replaces,
        Optional<UUID> replacedBy,
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
        Optional<Shown> shown,
        Instant createdAt,
        Instant expiresAt,
        Timing timing,
        Optional<Ended> ended) {
    public Request {
        exclude = List.copyOf(exclude);
    }

    /**
     * What an approval is an approval of.
     *
     * @param snapshot the document's material fields
     * @param hash of the snapshot, SHA-256 in hex
     * @param document what the approver sees of it
     * @param changedSince what differs from the request that this one replaces
     */
    public record Shown(ObjectNode snapshot, String hash, ObjectNode document, List<FieldChange> changedSince) {
        public Shown {
            changedSince = List.copyOf(changedSince);
        }
    }

    /**
     * @param deadlines of each entry of {@code on_timeout}
     * @param remindEvery at least 15 minutes
     * @param remindAt the next reminder
     */
    public record Timing(List<Instant> deadlines, Optional<Duration> remindEvery, Optional<Instant> remindAt) {
        public Timing {
            deadlines = List.copyOf(deadlines);
        }
    }

    /**
     * Who ended it, and when.
     *
     * @param by empty when no person did
     * @param automatic approved by the passing of time, as the definition says
     */
    public record Ended(Optional<UUID> by, String byName, Instant at, Optional<String> comment, boolean automatic) {}

    public boolean isPending() {
        return status.equals("pending");
    }

    /** The amount as people write it: {@code ₹13,00,596.00}. */
    public Optional<String> amountText() {
        return amount.map(a -> Money.written(a, currency.orElse("")));
    }

    /** Who is asked, for people. */
    public String asked() {
        return requiredRole.orElse("the person asked");
    }

    /** What it is about, for people. */
    public String subject() {
        return entityLabel.or(() -> message).orElse(workflowName);
    }
}
