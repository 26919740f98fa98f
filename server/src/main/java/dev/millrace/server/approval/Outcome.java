package dev.millrace.server.approval;

import dev.millrace.engine.Decided;
import dev.millrace.engine.Reassigned;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Request.Ended;
import dev.millrace.server.problem.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a decision did.
 *
 * @param status of the request; pending while others must approve as well
 * @param approvals how many have approved; null once it is over
 * @param required how many must; null once it is over
 */
record Outcome(
        UUID id,
        String status,
        Optional<UUID> decidedBy,
        Optional<String> decidedByName,
        Optional<Instant> decidedAt,
        Optional<Integer> approvals,
        Optional<Integer> required) {

    /** The code of a refusal that a comment would mend. */
    static final String COMMENT_REQUIRED = "comment_required";

    /**
     * @throws Refusal it did not count
     */
    static Outcome of(Decided decided) {
        return switch (decided) {
            case Decided.Done done -> of(done.request());
            case Decided.Counted counted ->
                new Outcome(
                        counted.request().id(),
                        "pending",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(counted.approvals()),
                        Optional.of(counted.request().minApprovals()));
            case Decided.TooLate late -> throw tooLate(late.request());
            case Decided.AlreadyVoted voted ->
                throw Refusal.conflict(
                                "already_voted",
                                voted.vote().name() + " has decided this already: it is "
                                        + voted.vote().decision() + " there, and others must decide as well.")
                        .with("decision", DecisionBody.of(voted.vote()));
            case Decided.DocumentChanged changed ->
                throw Refusal.conflict(
                                "document_changed",
                                "The document is not the one that you were shown: look at what has changed, and decide"
                                        + " again.")
                        .with("changes", changed.changes());
            case Decided.Forbidden forbidden -> throw Refusal.forbidden(forbidden.code(), forbidden.message() + ".");
            case Decided.CommentRequired none ->
                throw Refusal.invalid(
                        COMMENT_REQUIRED, "comment", "This decision must say why: add a comment for the requester.");
            case Decided.NothingToReturn none ->
                throw Refusal.conflict(
                        "nothing_to_return", "The request is about no document, so there is nothing to send back.");
            case Decided.NotFound none -> throw Refusal.notFound();
        };
    }

    /**
     * @throws Refusal it was not handed over
     */
    static Outcome of(Reassigned reassigned) {
        return switch (reassigned) {
            case Reassigned.Done done -> of(done.request());
            case Reassigned.Refused refused -> of(refused.why());
            case Reassigned.UnknownTarget unknown ->
                throw Refusal.invalid(
                        "unknown_target",
                        "to",
                        "Expected a role, or the id or e-mail of an active member, but got '" + unknown.to() + "'.");
            case Reassigned.NobodyThere nobody ->
                throw Refusal.invalid(
                        "nobody_can_decide",
                        "to",
                        "Expected somebody who may decide this, but '" + nobody.to()
                                + "' is nobody who may: the one who asks for it, those who are left out and those who have"
                                + " decided may not.");
        };
    }

    private static Outcome of(Request request) {
        return new Outcome(
                request.id(),
                request.status(),
                request.ended().flatMap(Ended::by),
                request.ended().map(Ended::byName),
                request.ended().map(Ended::at),
                Optional.empty(),
                Optional.empty());
    }

    static Refusal tooLate(Request request) {
        DecisionBody ending = DecisionBody.ending(request);
        String who = ending.decidedByName().orElse("Somebody");
        Refusal refusal = switch (ending.status()) {
            case "approved", "rejected" ->
                Refusal.conflict("already_decided", who + " was first: it is " + request.status() + ".");
            case "cancelled" ->
                Refusal.conflict(
                        "cancelled",
                        ending.comment()
                                .map(why -> "There is nothing to decide any more: " + why)
                                .orElse("The workflow was cancelled; there is nothing to decide."));
            case "returned" ->
                Refusal.conflict("returned", who + " has sent it back for change; it is asked again when it comes.");
            case "superseded" ->
                Refusal.conflict(
                        "superseded", who + " has changed the document; a new request asks about it as it is now.");
            default ->
                ending.escalatedTo().isPresent()
                        ? Refusal.conflict("escalated", "The time to decide was over; somebody else is asked now.")
                        : Refusal.conflict("expired", "The time to decide is over.");
        };
        return refusal.with("decision", ending);
    }
}
