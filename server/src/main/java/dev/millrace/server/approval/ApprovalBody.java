package dev.millrace.server.approval;

import dev.millrace.engine.FieldChange;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.engine.approval.Vote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for approval, as it is answered.
 *
 * @param requester the id of the member who asks
 * @param amount a text with the currency's digits
 * @param nobody there is no member who may decide
 * @param minApprovals how many different people must approve
 * @param replaces the request that was asked before the document was changed, or sent back and submitted again
 * @param decisions what people, or a rule, have decided so far
 * @param document what there is to see of the document; null where it is not known
 * @param snapshot the hash of what was shown, to be sent along with the decision; null where the document is not known
 * @param changedSince what differs from the request that this one replaces; null if it replaces none
 */
record ApprovalBody(
        UUID id,
        UUID executionId,
        UUID workflowId,
        String workflowName,
        int workflowVersion,
        String stepId,
        Optional<String> requiredRole,
        Optional<UUID> requiredUser,
        int level,
        Optional<UUID> escalatedFrom,
        Optional<UUID> escalatedTo,
        Optional<UUID> replaces,
        Optional<UUID> replacedBy,
        String status,
        Optional<String> entityType,
        Optional<UUID> entityId,
        Optional<String> entityLabel,
        Optional<String> amount,
        Optional<String> currency,
        Optional<UUID> requester,
        Optional<String> requesterName,
        Optional<String> message,
        boolean nobody,
        Instant createdAt,
        Instant expiresAt,
        int minApprovals,
        List<DecisionBody> decisions,
        Optional<ObjectNode> document,
        Optional<String> snapshot,
        Optional<List<FieldChange>> changedSince) {

    static ApprovalBody of(Request request, List<Vote> votes) {
        return new ApprovalBody(
                request.id(),
                request.executionId(),
                request.definitionId(),
                request.workflowName(),
                request.workflowVersion(),
                request.stepId(),
                request.requiredRole(),
                request.requiredUser(),
                request.level(),
                request.escalatedFrom(),
                request.escalatedTo(),
                request.replaces(),
                request.replacedBy(),
                request.status(),
                request.entityType(),
                request.entityId(),
                request.entityLabel(),
                request.amount().map(amount -> text(amount, request.currency())),
                request.currency(),
                request.requester(),
                request.requesterName(),
                request.message(),
                request.nobody(),
                request.createdAt(),
                request.expiresAt(),
                request.minApprovals(),
                DecisionBody.all(request, votes),
                request.shown().map(Shown::document),
                request.shown().map(Shown::hash),
                request.replaces().flatMap(id -> request.shown()).map(Shown::changedSince));
    }

    /** With the currency's digits, or all there are if they are more. */
    private static String text(BigDecimal amount, Optional<String> currency) {
        int digits = currency.map(code -> Math.max(0, Currency.getInstance(code).getDefaultFractionDigits()))
                .orElse(0);
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.setScale(Math.max(digits, Math.max(0, stripped.scale())), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
