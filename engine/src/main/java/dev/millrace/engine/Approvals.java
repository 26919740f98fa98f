package dev.millrace.engine;

import dev.millrace.engine.approval.ApprovalDesk;
import dev.millrace.engine.approval.ApprovalDesk.Choice;
import dev.millrace.engine.approval.ApprovalRows;
import dev.millrace.engine.approval.Attention;
import dev.millrace.engine.approval.DocumentWatch;
import dev.millrace.engine.approval.HandOver;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.RequestListRows;
import dev.millrace.engine.approval.RequestListRows.After;
import dev.millrace.engine.approval.RequestListRows.Eyes;
import dev.millrace.engine.approval.RequestListRows.History;
import dev.millrace.engine.approval.SendingBack;
import dev.millrace.engine.approval.Vote;
import dev.millrace.engine.approval.VoteRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Requests for approval, as people see and decide them. */
public final class Approvals {
    /** A select that gives the requests of the company {@code :tenant} as queries of definitions see them. */
    public static final String READABLE = RequestListRows.READABLE;

    private final Directory directory;
    private final ApprovalRows rows;
    private final RequestListRows lists;
    private final VoteRows votes;
    private final ApprovalDesk desk;
    private final SendingBack sendingBack;
    private final HandOver handOver;
    private final Attention attention;
    private final DocumentWatch documents;

    Approvals(
            Directory directory,
            ApprovalRows rows,
            RequestListRows lists,
            VoteRows votes,
            ApprovalDesk desk,
            SendingBack sendingBack,
            HandOver handOver,
            Attention attention,
            DocumentWatch documents) {
        this.directory = directory;
        this.rows = rows;
        this.lists = lists;
        this.votes = votes;
        this.desk = desk;
        this.sendingBack = sendingBack;
        this.handOver = handOver;
        this.attention = attention;
        this.documents = documents;
    }

    /** In a transaction of its own; see {@link ApprovalDesk#decide}. */
    public Decided decide(UUID tenant, UUID request, UUID member, Choice choice) {
        return desk.decide(tenant, request, member, choice);
    }

    /** In a transaction of its own; see {@link SendingBack#sendBack}. */
    public Decided sendBack(UUID tenant, UUID request, UUID member, Optional<String> comment) {
        return sendingBack.sendBack(tenant, request, member, comment);
    }

    /** In a transaction of its own; see {@link HandOver#reassign}. */
    public Reassigned reassign(UUID tenant, UUID request, UUID member, boolean administrator, String to) {
        return handOver.reassign(tenant, request, member, administrator, to);
    }

    /** Decides without having been shown the document. */
    public Decided decide(UUID tenant, UUID request, UUID member, boolean approve, Optional<String> comment) {
        return decide(tenant, request, member, new Choice(approve, comment, Optional.empty()));
    }

    public Optional<Request> find(Tx tx, UUID request) {
        return rows.find(tx, request);
    }

    /** What people have decided so far about each of the requests, in order; none for one that nobody has decided. */
    public Map<UUID, List<Vote>> votes(Tx tx, Collection<UUID> requests) {
        return votes.of(tx, requests);
    }

    /** The request that a step waits for: it is pending, or it was sent back and is to be submitted again. */
    public Optional<Request> askedOf(Tx tx, UUID execution, String step) {
        return rows.latestOf(tx, execution, step)
                .filter(request -> request.isPending() || request.status().equals("returned"));
    }

    /** The request that a step waits for. */
    public Optional<Request> pendingOf(Tx tx, UUID execution, String step) {
        return rows.pendingOf(tx, execution, step);
    }

    /**
     * Pending requests that the member may decide, also in place of others, the most urgent first; behind {@code after}
     * if given.
     */
    public List<Request> pendingFor(Tx tx, Member member, Optional<After> after, int limit) {
        return lists.pendingFor(tx, eyes(tx, member), after, limit);
    }

    /** Every pending request of the tenant: what an administrator oversees. */
    public List<Request> allPending(Tx tx, Optional<After> after, int limit) {
        return lists.allPending(tx, after, limit);
    }

    /**
     * Requests of any status, the newest first: what was asked and decided.
     *
     * @param overseer sees all of the tenant's; others what they are asked or were, asked for or have decided
     */
    public List<Request> history(Tx tx, Member member, boolean overseer, History what, int limit) {
        return lists.history(tx, eyes(tx, member), overseer, what, limit);
    }

    /** Whether the member has to do with a request: is asked or was, asks for it, or has decided it. */
    public boolean concerns(Tx tx, Member member, UUID request) {
        return lists.concerns(tx, eyes(tx, member), request);
    }

    /** What differs in the document at this moment from what the request shows; nothing if it is not known any more. */
    public List<FieldChange> differences(Tx tx, Request request) {
        return documents.differences(tx, request);
    }

    private Eyes eyes(Tx tx, Member member) {
        return new Eyes(member, directory.standsInFor(tx, member.id()), directory.policies(tx));
    }

    /**
     * To be called in the transaction in which a member, a role or who holds which role is changed, after the change:
     * requests that nobody can decide any more go to whom their step asks next, or are shown to an administrator; those
     * that somebody can decide again are put before them.
     */
    public void membersChanged(Tx tx) {
        attention.membersChanged(tx);
    }
}
