package dev.millrace.engine.approval;

import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.engine.approval.Request.Timing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests made out of requests. */
final class Requests {
    private Requests() {}

    /** Whom a request made out of another asks, and why it is there. */
    private record Asks(
            UUID id,
            Optional<String> role,
            Optional<UUID> user,
            int level,
            Optional<UUID> escalatedFrom,
            Optional<UUID> replaces) {
        static Asks same(Request r) {
            return new Asks(r.id(), r.requiredRole(), r.requiredUser(), r.level(), r.escalatedFrom(), r.replaces());
        }
    }

    static Request nobody(Request r) {
        return copy(
                r, Asks.same(r), r.amount(), r.message(), true, r.shown(), r.createdAt(), r.expiresAt(), r.timing());
    }

    /** The same request, put to others. */
    static Request to(Request r, Optional<String> role, Optional<UUID> user) {
        var asks = new Asks(r.id(), role, user, r.level(), r.escalatedFrom(), r.replaces());
        return copy(r, asks, r.amount(), r.message(), false, r.shown(), r.createdAt(), r.expiresAt(), r.timing());
    }

    static Request reminding(Request r, Optional<Instant> at) {
        var timing = new Timing(r.timing().deadlines(), r.timing().remindEvery(), at);
        return copy(
                r, Asks.same(r), r.amount(), r.message(), r.nobody(), r.shown(), r.createdAt(), r.expiresAt(), timing);
    }

    /** The next level of a request: the same question to somebody else. */
    static Request next(
            Request r, UUID id, Escalation.Target target, Optional<UUID> user, Instant now, Instant expiresAt) {
        var asks = new Asks(id, target.role(), user, r.level() + 1, Optional.of(r.id()), Optional.empty());
        var timing = new Timing(
                r.timing().deadlines(),
                r.timing().remindEvery(),
                r.timing().remindEvery().map(now::plus));
        return copy(r, asks, r.amount(), join(target.message(), r.message()), false, r.shown(), now, expiresAt, timing);
    }

    /** The same question to the same people, about the document as it is now. */
    static Request again(Request r, UUID id, Shown shown, Instant now) {
        var asks = new Asks(id, r.requiredRole(), r.requiredUser(), r.level(), r.escalatedFrom(), Optional.of(r.id()));
        Optional<BigDecimal> amount = isTotal(r) ? total(shown.document()).or(r::amount) : r.amount();
        return copy(r, asks, amount, r.message(), false, Optional.of(shown), now, r.expiresAt(), r.timing());
    }

    /** Whether the amount that is asked for is the document's total, and so changes with it. */
    private static boolean isTotal(Request r) {
        Optional<BigDecimal> before = r.shown().flatMap(shown -> total(shown.document()));
        return before.isPresent()
                && r.amount().filter(a -> a.compareTo(before.get()) == 0).isPresent();
    }

    private static Optional<BigDecimal> total(ObjectNode document) {
        JsonNode total = document.path("total");
        return Differences.number(total);
    }

    private static Optional<String> join(Optional<String> reason, Optional<String> message) {
        List<String> parts =
                Stream.of(message, reason).flatMap(Optional::stream).toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", parts));
    }

    private static Request copy(
            Request r,
            Asks asks,
            Optional<BigDecimal> amount,
            Optional<String> message,
            boolean nobody,
            Optional<Shown> shown,
            Instant createdAt,
            Instant expiresAt,
            Timing timing) {
        return new Request(
                asks.id(),
                r.executionId(),
                r.stepId(),
                r.definitionId(),
                r.workflowName(),
                r.workflowVersion(),
                asks.role(),
                asks.user(),
                r.minApprovals(),
                asks.level(),
                asks.escalatedFrom(),
                Optional.empty(),
                asks.replaces(),
                Optional.empty(),
                "pending",
                r.entityType(),
                r.entityId(),
                r.entityLabel(),
                amount,
                r.currency(),
                r.requester(),
                r.requesterName(),
                r.exclude(),
                message,
                nobody,
                shown,
                createdAt,
                expiresAt,
                timing,
                Optional.empty());
    }
}
