package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Asks a higher role or another person the same question. */
final class Escalation {
    private final Directory directory;
    private final ApprovalRows rows;

    Escalation(Directory directory, ApprovalRows rows) {
        this.directory = directory;
        this.rows = rows;
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
     */
    Request ask(Tx tx, ActionContext context, Request before, UUID id, Target target, Instant expiresAt) {
        Optional<Member> user = target.user()
                .map(u -> directory
                        .member(tx, u)
                        .orElseThrow(() -> ActionFailure.permanent(
                                "user_unknown", "Expected a member at to_user but got '" + u + "'")));
        Request request =
                Requests.next(before, id, target.role(), user.map(Member::id), target.message(), tx.now(), expiresAt);
        List<Member> eligible = Eligible.members(tx, directory, request);
        Request made = eligible.isEmpty() ? Requests.nobody(request) : request;
        rows.insert(tx, made);
        if (eligible.isEmpty()) {
            context.journal(
                    tx,
                    "workflow.approval_stuck",
                    "approval",
                    made.id(),
                    Optional.empty(),
                    Optional.of("pending"),
                    "Nobody can decide: " + request.asked() + " has no member who may");
        } else {
            Messages.ask(tx, directory, eligible, made);
        }
        return made;
    }
}
