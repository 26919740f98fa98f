package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Json;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.ApprovalRows.End;
import dev.millrace.engine.approval.Approvers.Right;
import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.engine.approval.VoteRows.Ballot;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.StepError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Where people decide. */
public final class ApprovalDesk {
    /** Of a rejection's message, in characters: handlers give it to documents as a reason, which takes 500, words of theirs before it. */
    private static final int REASON_MOST = 450;

    private final Office office;
    private final Attention attention;

    public ApprovalDesk(Office office, Attention attention) {
        this.office = office;
        this.attention = attention;
    }

    /**
     * What somebody decides.
     *
     * @param comment required where the company's policies say so
     * @param snapshot the hash of what was shown; empty: not checked
     */
    public record Choice(boolean approve, Optional<String> comment, Optional<String> snapshot) {
        public Choice {
            comment = comment.filter(c -> !c.isBlank());
        }

        String verb() {
            return approve ? "approve" : "reject";
        }

        String outcome() {
            return approve ? "approved" : "rejected";
        }
    }

    /**
     * Decides a request as a member, in one transaction: locks the execution, then the request; writes the decision, and
     * if it settles the request the step's result and the journal entry, and wakes the execution. Of two decisions, or a
     * decision and the deadline, exactly one wins. A member who tries to decide his own request is refused, and that is
     * journaled.
     */
    public Decided decide(UUID tenant, UUID requestId, UUID memberId, Choice choice) {
        return office.transactions().run(tenant, tx -> {
            Optional<Request> found = office.rows().find(tx, requestId);
            Optional<Member> member = office.member(tx, memberId);
            if (found.isEmpty() || member.isEmpty()) {
                return new Decided.NotFound();
            }
            office.holds().at("decide.before_lock");
            Request request = office.lock(tx, found.get()).orElseThrow();
            return switch (office.approvers().rightOf(tx, request, member.get())) {
                case Right.None none -> refuse(tx, office, request, member.get(), none);
                case Right.Own own -> {
                    var ballot = Ballot.own(member.get(), own.standsFor(), choice.outcome(), choice.comment());
                    yield decide(tx, request, ballot, choice);
                }
                case Right.Deputy deputy -> {
                    var ballot = Ballot.deputy(member.get(), deputy.of(), choice.outcome(), choice.comment());
                    yield decide(tx, request, ballot, choice);
                }
            };
        });
    }

    static Decided refuse(Tx tx, Office office, Request request, Member member, Right.None none) {
        if (none.code().equals("own_request")) {
            Entry entry = Office.entry("workflow.decision_refused", request, Actor.user(member), request.status())
                    .saying("own_request: nobody decides his own request");
            office.journal().write(tx, entry);
        }
        return new Decided.Forbidden(none.code(), none.message());
    }

    private Decided decide(Tx tx, Request request, Ballot ballot, Choice choice) {
        if (!request.isPending()) {
            return new Decided.TooLate(request);
        }
        boolean mustSayWhy = office.directory().policies(tx).commentRequired().contains(choice.verb());
        if (mustSayWhy && choice.comment().isEmpty()) {
            return new Decided.CommentRequired();
        }
        Optional<List<FieldChange>> changed = choice.snapshot().flatMap(hash -> changed(tx, request, hash));
        if (changed.isPresent()) {
            return new Decided.DocumentChanged(request, changed.get());
        }
        if (office.votes().insert(tx, request, ballot).isEmpty()) {
            return notCounted(tx, office, request, ballot);
        }
        Decided decided = choice.approve() ? approve(tx, request, ballot) : reject(tx, request, ballot);
        office.holds().at("decide.before_commit");
        return decided;
    }

    /** How the document differs from what the decider was shown, an earlier request's or this one's; empty if it does not. */
    private Optional<List<FieldChange>> changed(Tx tx, Request request, String hash) {
        if (request.shown().isEmpty()) {
            return Optional.empty();
        }
        Shown shown = request.shown().get();
        if (!hash.equals(shown.hash())) {
            // Of a snapshot that no request of this step ever showed it can only be said what it would have to be.
            ObjectNode before = office.rows()
                    .shownEarlier(tx, request, hash)
                    .map(Shown::snapshot)
                    .orElseGet(Json::object);
            return Optional.of(Differences.between(before, shown.snapshot()));
        }
        return request.entityType()
                .flatMap(type ->
                        request.entityId().flatMap(id -> office.directory().card(tx, type, id)))
                .map(card -> Snapshots.changes(tx, office.directory(), shown, card))
                .filter(changes -> !changes.isEmpty());
    }

    /** Why a ballot was not taken. */
    static Decided notCounted(Tx tx, Office office, Request request, Ballot ballot) {
        return office.votes().of(tx, request.id()).stream()
                .filter(v -> v.member().equals(ballot.member().id()) || v.seat().equals(ballot.seat()))
                .findFirst()
                .<Decided>map(vote -> new Decided.AlreadyVoted(request, vote))
                .orElseGet(() -> new Decided.TooLate(request));
    }

    private Decided approve(Tx tx, Request request, Ballot ballot) {
        int approvals = request.minApprovals() == 1
                ? 1
                : office.votes().of(tx, request.id()).size();
        if (approvals < request.minApprovals()) {
            Entry entry = Office.entry("workflow.approval_counted", request, ballot.actor(), "pending")
                    .saying(approvals + " of " + request.minApprovals()
                            + ballot.comment().map(c -> ": " + c).orElse(""));
            office.settle().note(tx, request.executionId(), office.ids().get(), entry);
            attention.reexamine(tx, request.executionId());
            return new Decided.Counted(request, approvals);
        }
        Instant at = end(tx, request, ballot);
        office.settle()
                .complete(
                        tx,
                        request.executionId(),
                        request.stepId(),
                        Json.tree(output(request, ballot.member(), at, ballot.comment())));
        Decided done = settled(tx, "workflow.approval_granted", request, ballot);
        attention.reexamine(tx, request.executionId());
        return done;
    }

    private Decided reject(Tx tx, Request request, Ballot ballot) {
        Instant at = end(tx, request, ballot);
        office.settle().fail(tx, request.executionId(), request.stepId(), rejection(request, ballot, at));
        return settled(tx, "workflow.approval_rejected", request, ballot);
    }

    /** The row is locked and its time was not over when the vote was counted. */
    private Instant end(Tx tx, Request request, Ballot ballot) {
        return office.rows()
                .end(tx, request.id(), End.of(ballot.decision(), ballot.actor()).saying(ballot.comment()))
                .orElseThrow();
    }

    private Decided settled(Tx tx, String type, Request request, Ballot ballot) {
        Entry entry = Office.entry(type, request, ballot.actor(), ballot.decision());
        office.settle()
                .signal(
                        tx,
                        request.executionId(),
                        office.ids().get(),
                        ballot.comment().map(entry::saying).orElse(entry));
        office.bell().ring(tx, request.executionId());
        return new Decided.Done(office.rows().find(tx, request.id()).orElseThrow());
    }

    private static RequestApproval.Output output(Request request, Member member, Instant at, Optional<String> comment) {
        return new RequestApproval.Output(
                request.id(),
                "approved",
                member.id().toString(),
                at,
                comment,
                false,
                request.level() > 1,
                request.level());
    }

    private static StepError rejection(Request request, Ballot ballot, Instant at) {
        var details = Json.object();
        details.put("decided_by", ballot.member().id().toString());
        details.put("decided_at", Json.text(at));
        details.put("comment", ballot.comment().orElse(null));
        details.put("approval_id", request.id().toString());
        String message = "Rejected by " + ballot.name()
                + ballot.comment().map(c -> ": " + c).orElse("");
        return new StepError("approval_rejected", shortened(message), 1, details);
    }

    /** The comment is whole in the decision and in the error's details. */
    private static String shortened(String message) {
        return message.codePointCount(0, message.length()) <= REASON_MOST
                ? message
                : message.substring(0, message.offsetByCodePoints(0, REASON_MOST - 1)) + "…";
    }
}
