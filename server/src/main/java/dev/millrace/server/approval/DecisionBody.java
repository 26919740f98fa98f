package dev.millrace.server.approval;

import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Request.Ended;
import dev.millrace.engine.approval.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody, or a rule, has decided; or how a request ended otherwise.
 *
 * @param decidedBy the member's id; null when no person did
 * @param decidedByName {@code Asha for Meera} when Asha decided as Meera's deputy
 * @param decidedFor the one whose deputy decided
 * @param automatic by the passing of time
 * @param escalatedTo the request to somebody else that took its place
 * @param replacedBy the request to the same people that took its place
 */
record DecisionBody(
        String status,
        Optional<UUID> decidedBy,
        Optional<String> decidedByName,
        Optional<UUID> decidedFor,
        Optional<Instant> decidedAt,
        Optional<String> comment,
        boolean automatic,
        Optional<UUID> escalatedTo,
        Optional<UUID> replacedBy) {

    /** How the request ended; or that its time is over, though nobody has looked since. */
    static DecisionBody ending(Request request) {
        return new DecisionBody(
                request.isPending() ? "expired" : request.status(),
                request.ended().flatMap(Ended::by),
                request.ended().map(Ended::byName),
                Optional.empty(),
                request.ended().map(Ended::at),
                request.ended().flatMap(Ended::comment),
                request.ended().map(Ended::automatic).orElse(false),
                request.escalatedTo(),
                request.replacedBy());
    }

    static DecisionBody of(Vote vote) {
        return new DecisionBody(
                vote.decision(),
                Optional.of(vote.member()),
                Optional.of(vote.name()),
                vote.forId(),
                Optional.of(vote.at()),
                vote.comment(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    static List<DecisionBody> all(Request request, List<Vote> votes) {
        boolean byRule = request.ended().map(Ended::automatic).orElse(false);
        return byRule
                ? List.of(ending(request))
                : votes.stream().map(DecisionBody::of).toList();
    }
}
