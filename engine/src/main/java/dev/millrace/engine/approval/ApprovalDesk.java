package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Holds;
import dev.millrace.engine.Json;
import dev.millrace.engine.Member;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.SettleRows;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.journal.JournalRows;
import dev.millrace.language.StepError;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Where people decide. */
public final class ApprovalDesk {
    private final Transactions transactions;
    private final Directory directory;
    private final ApprovalRows rows;
    private final SettleRows settle;
    private final Supplier<UUID> ids;
    private final Holds holds;
    private volatile Host host = Host.NONE;

    public ApprovalDesk(
            Transactions transactions,
            Directory directory,
            ApprovalRows rows,
            SettleRows settle,
            Supplier<UUID> ids,
            Holds holds) {
        this.transactions = transactions;
        this.directory = directory;
        this.rows = rows;
        this.settle = settle;
        this.ids = ids;
        this.holds = holds;
    }

    /** Who goes on with what was decided here. */
    public void wake(Host newHost) {
        this.host = newHost;
    }

    /**
     * Decides a request as a member, in one transaction: locks the execution, then the request; writes the decision, the
     * step's result and the journal entry, and wakes the execution. Of two decisions, or a decision and the deadline,
     * exactly one wins. A member who tries to decide his own request is refused, and that is journaled.
     *
     * @param comment required to reject
     */
    public Decided decide(UUID tenant, UUID requestId, UUID memberId, boolean approve, Optional<String> comment) {
        return transactions.run(tenant, tx -> {
            Optional<Request> request = rows.find(tx, requestId);
            Optional<Member> member = directory.member(tx, memberId.toString()).filter(Member::active);
            if (request.isEmpty() || member.isEmpty()) {
                return new Decided.NotFound();
            }
            Optional<Decided> refused = refuse(tx, request.get(), member.get(), approve, comment);
            return refused.orElseGet(() -> decide(tx, request.get(), member.get(), approve, comment));
        });
    }

    private Optional<Decided> refuse(Tx tx, Request request, Member member, boolean approve, Optional<String> comment) {
        if (Eligible.isRequester(request, member)) {
            JournalRows.insert(
                    tx,
                    ids.get(),
                    entry("workflow.decision_refused", request, member, request.status())
                            .saying("own_request: nobody decides his own request"));
            return Optional.of(
                    new Decided.Forbidden("own_request", "You asked for this yourself; somebody else must decide it"));
        }
        if (!Eligible.isAsked(request, member)) {
            return Optional.of(new Decided.Forbidden(
                    "not_asked", "Expected a decision by " + request.asked() + ", which you are not"));
        }
        if (request.exclude().contains(member.id())) {
            return Optional.of(new Decided.Forbidden("excluded", "The workflow leaves you out of this decision"));
        }
        if (!request.isPending()) {
            return Optional.of(new Decided.TooLate(request));
        }
        if (!approve && comment.filter(c -> !c.isBlank()).isEmpty()) {
            return Optional.of(new Decided.CommentRequired());
        }
        return Optional.empty();
    }

    private Decided decide(Tx tx, Request request, Member member, boolean approve, Optional<String> comment) {
        holds.at("decide.before_lock");
        settle.lock(tx, request.executionId());
        Optional<Instant> at =
                rows.decide(tx, request.id(), approve, Optional.of(member.id()), member.name(), comment, false);
        if (at.isEmpty()) {
            return new Decided.TooLate(rows.find(tx, request.id()).orElseThrow());
        }
        if (approve) {
            settle.complete(
                    tx, request.executionId(), request.stepId(), Json.tree(output(request, member, at.get(), comment)));
        } else {
            settle.fail(tx, request.executionId(), request.stepId(), rejection(request, member, at.get(), comment));
        }
        String status = approve ? "approved" : "rejected";
        Entry entry =
                entry(approve ? "workflow.approval_granted" : "workflow.approval_rejected", request, member, status);
        settle.signal(
                tx, request.executionId(), ids.get(), comment.map(entry::saying).orElse(entry));
        holds.at("decide.before_commit");
        tx.afterCommit(() -> host.lookAt(request.executionId()));
        return new Decided.Done(rows.find(tx, request.id()).orElseThrow());
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

    private static StepError rejection(Request request, Member member, Instant at, Optional<String> comment) {
        var details = Json.object();
        details.put("decided_by", member.id().toString());
        details.put("decided_at", Json.text(at));
        details.put("comment", comment.orElse(null));
        details.put("approval_id", request.id().toString());
        String message =
                "Rejected by " + member.name() + comment.map(c -> ": " + c).orElse("");
        return new StepError("approval_rejected", message, 1, details);
    }

    private static Entry entry(String type, Request request, Member member, String after) {
        return new Entry(
                type,
                Actor.user(member),
                "approval",
                request.id().toString(),
                Optional.of(request.stepId()),
                Optional.of("pending"),
                Optional.of(after),
                Optional.empty());
    }
}
