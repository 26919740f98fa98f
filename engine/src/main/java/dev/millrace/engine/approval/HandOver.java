package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.Member;
import dev.millrace.engine.Reassigned;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Approvers.Right;
import dev.millrace.engine.journal.Entry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Hands a pending request over to others. */
public final class HandOver {
    private final Office office;

    public HandOver(Office office) {
        this.office = office;
    }

    /**
     * Asks others instead, in one transaction: whoever may decide a request may hand it over, and an administrator may
     * hand over one that nobody can decide. The request stays the same one, with its deadline and the approvals it has.
     *
     * @param to a role, or a member's id or e-mail; never one who asks for it
     * @param administrator whether the member administers the company
     */
    public Reassigned reassign(UUID tenant, UUID requestId, UUID memberId, boolean administrator, String to) {
        return office.transactions().run(tenant, tx -> {
            Optional<Request> found = office.rows().find(tx, requestId);
            Optional<Member> member = office.member(tx, memberId);
            if (found.isEmpty() || member.isEmpty()) {
                return new Reassigned.Refused(new Decided.NotFound());
            }
            Request request = office.lock(tx, found.get()).orElseThrow();
            Right right = office.approvers().rightOf(tx, request, member.get());
            if (right instanceof Right.None none && !(administrator && request.nobody())) {
                return new Reassigned.Refused(ApprovalDesk.refuse(tx, office, request, member.get(), none));
            }
            if (!request.isPending() || !request.expiresAt().isAfter(tx.now())) {
                return new Reassigned.Refused(new Decided.TooLate(request));
            }
            return handOver(tx, request, member.get(), to);
        });
    }

    private Reassigned handOver(Tx tx, Request request, Member by, String to) {
        Optional<String> role = Optional.of(to).filter(office.directory().roles(tx)::containsKey);
        Optional<Member> person = role.isPresent()
                ? Optional.empty()
                : office.directory().member(tx, to).filter(Member::active);
        if (role.isEmpty() && person.isEmpty()) {
            return new Reassigned.UnknownTarget(to);
        }
        Request asked = Requests.to(request, role, person.map(Member::id));
        List<Member> people = office.approvers().toTell(tx, asked);
        if (people.isEmpty()) {
            return new Reassigned.NobodyThere(to);
        }
        office.rows().handOver(tx, request.id(), role, person.map(Member::id));
        String name = role.or(() -> person.map(Member::name)).orElseThrow();
        Entry entry = Office.entry("workflow.approval_reassigned", request, Actor.user(by), "pending")
                .saying("From " + request.asked() + " to " + name);
        office.settle().note(tx, request.executionId(), office.ids().get(), entry);
        Messages.handedOver(tx, office.directory(), people, asked);
        return new Reassigned.Done(office.rows().find(tx, request.id()).orElseThrow());
    }
}
