package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.ApprovalRows.End;
import dev.millrace.engine.execution.PendingRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The requests for approval as the steps see them that wait for them. */
public final class ApprovalWaits implements PendingRequests {
    private final Directory directory;
    private final ApprovalRows rows;
    private final Approvers approvers;

    public ApprovalWaits(Directory directory, ApprovalRows rows, Approvers approvers) {
        this.directory = directory;
        this.rows = rows;
        this.approvers = approvers;
    }

    @Override
    public Optional<Asked> asked(Tx tx, UUID execution, String step) {
        return rows.latestOf(tx, execution, step)
                .map(r -> new Asked(
                        r.id(),
                        state(r),
                        r.nobody(),
                        r.expiresAt(),
                        r.timing().deadlines(),
                        r.timing().remindAt()));
    }

    private static State state(Request request) {
        return switch (request.status()) {
            case "pending" -> State.PENDING;
            case "returned" -> State.RETURNED;
            default -> State.OVER;
        };
    }

    @Override
    public boolean expire(Tx tx, UUID id) {
        return rows.endAfterTime(tx, id, End.of("expired", Actor.SYSTEM)).isPresent();
    }

    @Override
    public Reminded remind(Tx tx, UUID id) {
        Request request = rows.lock(tx, id).orElseThrow();
        Duration every = request.timing().remindEvery().orElseThrow();
        Instant next = next(request.timing().remindAt().orElseThrow(), every, tx.now());
        rows.remindAt(tx, id, next);
        List<Member> people = approvers.toTell(tx, request);
        Messages.remind(tx, directory, people, request);
        return new Reminded(
                next,
                people.isEmpty() ? "nobody" : people.stream().map(Member::name).collect(Collectors.joining(", ")));
    }

    /** Of the instants at which reminders were planned, the first that is still to come. */
    private static Instant next(Instant due, Duration every, Instant now) {
        long missed = Math.max(0, Duration.between(due, now).dividedBy(every));
        return due.plus(every.multipliedBy(missed + 1));
    }

    @Override
    public void cancelPending(Tx tx, UUID execution, Actor by) {
        rows.cancelPending(tx, execution, by);
    }
}
