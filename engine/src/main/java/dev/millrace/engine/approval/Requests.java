package dev.millrace.engine.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Requests made out of requests. */
final class Requests {
    private Requests() {}

    static Request withStatus(Request r, String status) {
        return copy(r, status, r.nobody());
    }

    static Request nobody(Request r) {
        return copy(r, r.status(), true);
    }

    /** The next level of a request: the same question to somebody else. */
    static Request next(
            Request r,
            UUID id,
            Optional<String> role,
            Optional<UUID> user,
            Optional<String> message,
            Instant now,
            Instant expiresAt) {
        return new Request(
                id,
                r.executionId(),
                r.stepId(),
                r.definitionId(),
                r.workflowName(),
                r.workflowVersion(),
                role,
                user,
                r.level() + 1,
                Optional.of(r.id()),
                Optional.empty(),
                "pending",
                r.entityType(),
                r.entityId(),
                r.entityLabel(),
                r.amount(),
                r.currency(),
                r.requester(),
                r.requesterName(),
                r.exclude(),
                join(message, r.message()),
                false,
                now,
                expiresAt,
                Optional.empty());
    }

    private static Optional<String> join(Optional<String> reason, Optional<String> message) {
        List<String> parts =
                Stream.of(message, reason).flatMap(Optional::stream).toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", parts));
    }

    private static Request copy(Request r, String status, boolean nobody) {
        return new Request(
                r.id(),
                r.executionId(),
                r.stepId(),
                r.definitionId(),
                r.workflowName(),
                r.workflowVersion(),
                r.requiredRole(),
                r.requiredUser(),
                r.level(),
                r.escalatedFrom(),
                r.escalatedTo(),
                status,
                r.entityType(),
                r.entityId(),
                r.entityLabel(),
                r.amount(),
                r.currency(),
                r.requester(),
                r.requesterName(),
                r.exclude(),
                r.message(),
                nobody,
                r.createdAt(),
                r.expiresAt(),
                r.decision());
    }
}
