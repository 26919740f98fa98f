package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.WaitContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Asks a higher role or another person the same question. */
final class Escalation {
    private final Directory directory;
    private final ApprovalRows rows;
    private final Approvers approvers;

    Escalation(Directory directory, ApprovalRows rows, Approvers approvers) {
        this.directory = directory;
        this.rows = rows;
        this.approvers = approvers;
    }

    /** Whom to ask; one of the two. */
    record Target(Optional<String> role, Optional<String> user, Optional<String> message) {
        static Target of(ObjectNode config) {
            return new Target(
                    config.path("to_role").asStringOpt(),
                    config.path("to_user").asStringOpt(),
                    config.path("message").asStringOpt());
        }
    }

    /**
     * Makes the new request and tells those who may decide it. With nobody who may, it is made all the same, and an
     * administrator sees it. The request before must not be pending any more: a step has one at a time.
     *
     * @param id of the new request
     * @param fromEntry the first entry of {@code on_timeout} that is to come
     */
    Request ask(Tx tx, WaitContext context, Request before, UUID id, Target target, int fromEntry) {
        Optional<Member> user = target.user()
                .map(u -> directory
                        .member(tx, u)
                        .orElseThrow(() -> ActionFailure.permanent(
                                "user_unknown", "Expected a member at to_user but got '" + u + "'")));
        Instant now = tx.now();
        Instant expiresAt = DeadlineTimes.expiry(context.step(), before.timing().deadlines(), fromEntry, now);
        Request request = Requests.next(before, id, target, user.map(Member::id), now, expiresAt);
        List<Member> people = approvers.toTell(tx, request);
        if (people.isEmpty()) {
            Request stuck = Requests.nobody(request);
            rows.insert(tx, stuck);
            journalStuck(tx, context, stuck);
            return stuck;
        }
        rows.insert(tx, request);
        Messages.ask(tx, directory, people, request);
        return request;
    }

    static void journalStuck(Tx tx, ActionContext context, Request stuck) {
        context.journal(
                tx,
                "workflow.approval_stuck",
                "approval",
                stuck.id(),
                Optional.empty(),
                Optional.of("pending"),
                Office.stuckWhy(stuck));
    }
}
