package dev.millrace.engine.approval;

import dev.millrace.engine.Decided;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.ApprovalRows.End;
import dev.millrace.engine.approval.Approvers.Right;
import dev.millrace.engine.approval.VoteRows.Ballot;
import dev.millrace.engine.journal.Entry;
import java.util.Optional;
import java.util.UUID;

/** Sends a document back for change: it becomes editable, and the step waits until it is submitted again. */
public final class SendingBack {
    private final Office office;

    public SendingBack(Office office) {
        this.office = office;
    }

    /** Undoes what was done to the document: somebody else was first. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Decided instead;

        Undone(Decided instead) {
            super("the document is not sent back", null, false, false);
            this.instead = instead;
        }
    }

    /**
     * Returns the request as a member who may decide it, in one transaction: changes the document, locks the execution,
     * then the request. The deadline goes on running.
     *
     * @param comment what is to be changed
     */
    public Decided sendBack(UUID tenant, UUID requestId, UUID memberId, Optional<String> comment) {
        try {
            return office.transactions()
                    .run(tenant, tx -> sendBack(tx, requestId, memberId, comment.filter(c -> !c.isBlank())));
        } catch (Undone undone) {
            return undone.instead;
        }
    }

    private Decided sendBack(Tx tx, UUID requestId, UUID memberId, Optional<String> comment) {
        Optional<Request> found = office.rows().find(tx, requestId);
        Optional<Member> member = office.member(tx, memberId);
        if (found.isEmpty() || member.isEmpty()) {
            return new Decided.NotFound();
        }
        return switch (office.approvers().rightOf(tx, found.get(), member.get())) {
            case Right.None none -> ApprovalDesk.refuse(tx, office, found.get(), member.get(), none);
            case Right.Own own ->
                sendBack(tx, found.get(), Ballot.own(member.get(), own.standsFor(), "returned", comment));
            case Right.Deputy deputy ->
                sendBack(tx, found.get(), Ballot.deputy(member.get(), deputy.of(), "returned", comment));
        };
    }

    private Decided sendBack(Tx tx, Request found, Ballot ballot) {
        if (!found.isPending()) {
            return new Decided.TooLate(found);
        }
        if (found.entityType().isEmpty() || found.entityId().isEmpty()) {
            return new Decided.NothingToReturn();
        }
        if (ballot.comment().isEmpty()) {
            return new Decided.CommentRequired();
        }
        // Documents are locked before executions, so the document is changed before it is sure that this one wins.
        Optional<Member> requester =
                found.requester().flatMap(id -> office.directory().member(tx, id.toString()));
        String comment = ballot.comment().get();
        office.directory()
                .sentBack(tx, found.entityType().get(), found.entityId().get(), requester, comment);
        office.holds().at("return.before_lock");
        Request request = office.lock(tx, found).orElseThrow();
        if (!request.isPending()) {
            throw new Undone(new Decided.TooLate(request));
        }
        if (office.approvers().rightOf(tx, request, ballot.member()) instanceof Right.None none) {
            throw new Undone(new Decided.Forbidden(none.code(), none.message()));
        }
        if (office.votes().insert(tx, request, ballot).isEmpty()) {
            throw new Undone(ApprovalDesk.notCounted(tx, office, request, ballot));
        }
        End end = End.of("returned", ballot.actor()).saying(ballot.comment());
        office.rows().end(tx, request.id(), end);
        Entry entry = Office.entry("workflow.approval_returned", request, ballot.actor(), "returned")
                .saying(comment);
        // Nobody is asked any more, and that is how the execution is shown: its owner looks again before it parks.
        office.settle().signal(tx, request.executionId(), office.ids().get(), entry);
        office.bell().ring(tx, request.executionId());
        office.holds().at("return.before_commit");
        return new Decided.Done(office.rows().find(tx, request.id()).orElseThrow());
    }
}
