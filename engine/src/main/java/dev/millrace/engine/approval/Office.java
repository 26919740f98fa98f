package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Holds;
import dev.millrace.engine.Journal;
import dev.millrace.engine.Member;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.execution.SettleRows;
import dev.millrace.engine.journal.Entry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What everybody needs who changes requests. */
public record Office(
        Transactions transactions,
        Directory directory,
        ApprovalRows rows,
        VoteRows votes,
        Approvers approvers,
        SettleRows settle,
        Supplier<UUID> ids,
        Journal journal,
        Bell bell,
        Holds holds) {

    /** An active member. */
    Optional<Member> member(Tx tx, UUID id) {
        return directory.member(tx, id.toString()).filter(Member::active);
    }

    /** Locks the execution, then the request; empty if there is none. */
    Optional<Request> lock(Tx tx, Request request) {
        settle.lock(tx, request.executionId());
        return rows.lock(tx, request.id());
    }

    /**
     * Puts a new request before those who may decide it. With nobody who may, an administrator sees it, and it goes to
     * whom the step asks next.
     */
    void put(Tx tx, Request request) {
        List<Member> people = approvers.toTell(tx, request);
        rows.insert(tx, people.isEmpty() ? Requests.nobody(request) : request);
        if (people.isEmpty()) {
            passOn(tx, request);
        } else {
            Messages.ask(tx, directory, people, request);
        }
    }

    /** Nobody can decide: the step is due at once, and asks whom it asks next. */
    void passOn(Tx tx, Request request) {
        settle.hasten(tx, request.executionId(), request.stepId(), tx.now());
        settle.signal(tx, request.executionId(), ids.get(), stuck(request));
        bell.ring(tx, request.executionId());
    }

    private static Entry stuck(Request request) {
        return entry("workflow.approval_stuck", request, Actor.SYSTEM, "pending")
                .saying(stuckWhy(request));
    }

    static String stuckWhy(Request request) {
        return "Nobody can decide: " + request.asked() + " has no member who may";
    }

    static Entry entry(String type, Request request, Actor by, String after) {
        return new Entry(
                type,
                by,
                "approval",
                request.id().toString(),
                Optional.of(request.stepId()),
                Optional.of("pending"),
                Optional.of(after),
                Optional.empty());
    }
}
