package dev.millrace.engine;

import dev.millrace.engine.approval.ApprovalDesk;
import dev.millrace.engine.approval.ApprovalRows;
import dev.millrace.engine.approval.ApprovalRows.After;
import dev.millrace.engine.approval.Request;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Requests for approval, as people see and decide them. */
public final class Approvals {
    private final ApprovalRows rows;
    private final ApprovalDesk desk;

    Approvals(ApprovalRows rows, ApprovalDesk desk) {
        this.rows = rows;
        this.desk = desk;
    }

    /** In a transaction of its own; see {@link ApprovalDesk#decide}. */
    public Decided decide(UUID tenant, UUID request, UUID member, boolean approve, Optional<String> comment) {
        return desk.decide(tenant, request, member, approve, comment);
    }

    public Optional<Request> find(Tx tx, UUID request) {
        return rows.find(tx, request);
    }

    /** The request that a step waits for. */
    public Optional<Request> pendingOf(Tx tx, UUID execution, String step) {
        return rows.pendingOf(tx, execution, step);
    }

    /** Pending requests that the member may decide, the most urgent first; behind {@code after} if given. */
    public List<Request> pendingFor(Tx tx, Member member, Optional<After> after, int limit) {
        return rows.pendingFor(tx, new ApprovalRows.For(member.roles(), member.id()), after, limit);
    }

    /** Every pending request of the tenant: what an administrator oversees. */
    public List<Request> allPending(Tx tx, Optional<After> after, int limit) {
        return rows.allPending(tx, after, limit);
    }
}
