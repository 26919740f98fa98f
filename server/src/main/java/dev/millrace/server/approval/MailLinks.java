package dev.millrace.server.approval;

import dev.millrace.engine.Approvals;
import dev.millrace.engine.Engine;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.approval.ApprovalDesk.Choice;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.engine.approval.Vote;
import dev.millrace.erp.DecisionLinks;
import dev.millrace.erp.DecisionLinks.Opened;
import dev.millrace.erp.Erp;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Callers;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Decisions by the link in a mail, which is all that its reader shows of himself. What he may is asked when he decides, as
 * of everybody: the link only says who he is, and which request it is.
 */
@Component
class MailLinks {
    private final Engine engine;
    private final Approvals approvals;
    private final DecisionLinks links;
    private final Callers callers;

    MailLinks(Engine engine, Erp erp, Callers callers) {
        this.engine = engine;
        this.approvals = engine.approvals();
        this.links = erp.decisionLinks();
        this.callers = callers;
    }

    /**
     * What a link is about, as it is at this moment.
     *
     * @param over why it cannot be decided any more; empty while it can
     * @param changes of the document since the mail
     */
    record Seen(
            Opened link,
            Caller caller,
            Request request,
            List<Vote> votes,
            Optional<Refusal> over,
            List<FieldChange> changes) {}

    /**
     * Looks and decides nothing: programs that read mails follow links.
     *
     * @throws Refusal 404 it is no link, or its member is none any more
     */
    Seen see(String token) {
        Opened link = links.open(token).orElseThrow(Refusal::notFound);
        Caller caller = callers.find(link.tenant(), link.member()).orElseThrow(Refusal::notFound);
        return engine.run(link.tenant(), tx -> {
            Request request = approvals.find(tx, link.request()).orElseThrow(Refusal::notFound);
            List<Vote> votes = approvals.votes(tx, List.of(request.id())).getOrDefault(request.id(), List.of());
            boolean late = !request.isPending() || !request.expiresAt().isAfter(tx.now());
            Optional<Refusal> over = link.usedAt()
                    .map(at -> used(link, request, votes))
                    .or(() -> late ? Optional.of(Outcome.tooLate(request)) : Optional.empty());
            List<FieldChange> changes = over.isEmpty() ? approvals.differences(tx, request) : List.of();
            return new Seen(link, caller, request, votes, over, changes);
        });
    }

    /**
     * Decides what the mail showed: the document as it is now must still be that.
     *
     * @throws Refusal it did not count, for the same reasons as any other decision, or the link has decided before
     */
    Outcome decide(String token, boolean approve, Optional<String> comment) {
        Seen seen = see(token);
        seen.caller().require("approval:decide");
        if (seen.link().usedAt().isPresent()) {
            throw used(seen.link(), seen.request(), seen.votes());
        }
        var choice = new Choice(
                approve,
                comment.map(String::strip).filter(text -> !text.isEmpty()),
                seen.request().shown().map(Shown::hash));
        Outcome outcome = Outcome.of(approvals.decide(
                seen.link().tenant(), seen.request().id(), seen.link().member(), choice));
        // After the decision, which is safe without: a second one finds the request decided, or this member's voice given.
        links.used(seen.link(), token);
        return outcome;
    }

    private static Refusal used(Opened link, Request request, List<Vote> votes) {
        DecisionBody decision = votes.stream()
                .filter(vote -> vote.member().equals(link.member()))
                .findFirst()
                .map(DecisionBody::of)
                .orElseGet(() -> DecisionBody.ending(request));
        return Refusal.conflict("link_used", "This link has decided already, and does so once.")
                .with("decision", decision);
    }
}
