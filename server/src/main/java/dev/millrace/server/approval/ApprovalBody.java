package dev.millrace.server.approval;

import dev.millrace.engine.approval.Request;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A request for approval, as it is answered.
 *
 * @param requester the id of the member who asks; never decides it
 * @param amount a text with the currency's digits
 * @param nobody there is no member who may decide
 * @param changedSince null: what changed in the document is not followed yet
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
        List<DecisionBody> decisions,
        Optional<List<String>> changedSince) {

    /**
     * What was decided.
     *
     * @param decidedBy the member's id; null when a rule decided
     * @param automatic by the passing of time
     * @param escalatedTo the request that took its place
     */
    record DecisionBody(
            String status,
            Optional<UUID> decidedBy,
            Optional<String> decidedByName,
            Optional<Instant> decidedAt,
            Optional<String> comment,
            boolean automatic,
            Optional<UUID> escalatedTo) {
        static DecisionBody of(Request request) {
            return new DecisionBody(
                    request.status(),
                    request.decision().flatMap(Request.Decision::by),
                    request.decision().map(Request.Decision::byName),
                    request.decision().map(Request.Decision::at),
                    request.decision().flatMap(Request.Decision::comment),
                    request.decision().map(Request.Decision::automatic).orElse(false),
                    request.escalatedTo());
        }
    }

    static ApprovalBody of(Request request) {
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
                request.decision().isPresent() ? List.of(DecisionBody.of(request)) : List.of(),
                Optional.empty());
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
