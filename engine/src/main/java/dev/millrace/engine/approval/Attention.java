package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Sees to it that for every pending request there is somebody who may decide it, or that it is known that there is not. */
public final class Attention {
    private final Office office;

    public Attention(Office office) {
        this.office = office;
    }

    /** Members, roles or who holds which have changed: every pending request of the tenant is looked at. */
    public void membersChanged(Tx tx) {
        look(tx, office.rows().allPending(tx));
    }

    /** Somebody has approved in an execution, and may not do so again there: perhaps nobody is left for what is asked still. */
    void reexamine(Tx tx, UUID execution) {
        look(tx, office.rows().pendingOfExecution(tx, execution));
    }

    private void look(Tx tx, List<Request> pending) {
        pending.stream()
                .filter(r -> r.nobody() == isThereSomebody(tx, r))
                .sorted(Comparator.comparing(r -> r.executionId().toString()))
                .forEach(r -> change(tx, r));
    }

    private boolean isThereSomebody(Tx tx, Request request) {
        return !office.approvers().members(tx, request).isEmpty();
    }

    private void change(Tx tx, Request found) {
        Request request = office.lock(tx, found).orElseThrow();
        if (!request.isPending() || request.nobody() != isThereSomebody(tx, request)) {
            return;
        }
        boolean nobody = !request.nobody();
        office.rows().setNobody(tx, request.id(), nobody);
        if (nobody) {
            office.passOn(tx, request);
            return;
        }
        List<Member> people = office.approvers().toTell(tx, request);
        Messages.ask(tx, office.directory(), people, request);
        office.settle()
                .note(
                        tx,
                        request.executionId(),
                        office.ids().get(),
                        Office.entry("workflow.approval_unstuck", request, Actor.SYSTEM, "pending")
                                .saying(people.getFirst().name() + " may decide now"));
    }
}
