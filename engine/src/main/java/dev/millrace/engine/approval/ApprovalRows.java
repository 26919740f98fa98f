package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code approval_requests}, one at a time and those of an execution or a document. */
public final class ApprovalRows {
    private static final String SELECT = "select " + RequestColumnRows.COLUMNS + " from approval_requests ";

    public void insert(Tx tx, Request request) {
        RequestColumnRows.insert(tx, request);
    }

    public Optional<Request> find(Tx tx, UUID id) {
        return one(tx, SELECT + "where tenant_id = :tenant and id = :id", id);
    }

    /** As it is, and stays so until the transaction ends. The execution is locked before. */
    public Optional<Request> lock(Tx tx, UUID id) {
        return one(tx, SELECT + "where tenant_id = :tenant and id = :id for update", id);
    }

    private static Optional<Request> one(Tx tx, String sql, UUID id) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> RequestColumnRows.read(row))
                .findOne();
    }

    // approval_requests_one_pending: at most one row.
    private static final String PENDING_OF = SELECT
            + "where tenant_id = :tenant and execution_id = :execution and step_id = :step and status = 'pending'";

    public Optional<Request> pendingOf(Tx tx, UUID execution, String step) {
        return ofStep(tx, PENDING_OF, execution, step);
    }

    // approval_requests_execution; ids are given in the order of time.
    private static final String LATEST_OF = SELECT + """
            where tenant_id = :tenant and execution_id = :execution and step_id = :step
            order by created_at desc, id desc limit 1""";

    /** The request that a step waits for, or waited for last. */
    public Optional<Request> latestOf(Tx tx, UUID execution, String step) {
        return ofStep(tx, LATEST_OF, execution, step);
    }

    private static Optional<Request> ofStep(Tx tx, String sql, UUID execution, String step) {
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .bind("step", step)
                .map((row, context) -> RequestColumnRows.read(row))
                .findOne();
    }

    // approval_requests_document.
    private static final String ABOUT = SELECT + """
            where tenant_id = :tenant and entity_id = :entity and entity_type = :type and status = :status
            order by execution_id, step_id""";

    /** Requests about a document, in the order in which their executions are locked. */
    public List<Request> about(Tx tx, String entityType, UUID entity, String status) {
        return tx.handle()
                .createQuery(ABOUT)
                .bind("tenant", tx.tenant())
                .bind("entity", entity)
                .bind("type", entityType)
                .bind("status", status)
                .map((row, context) -> RequestColumnRows.read(row))
                .list();
    }

    // approval_requests_execution.
    private static final String SHOWN_EARLIER = SELECT + """
            where tenant_id = :tenant and execution_id = :execution and step_id = :step and snapshot_hash = :hash
            limit 1""";

    /** What an earlier request of the same step showed, by its hash. */
    Optional<Request.Shown> shownEarlier(Tx tx, Request request, String hash) {
        return tx.handle()
                .createQuery(SHOWN_EARLIER)
                .bind("tenant", tx.tenant())
                .bind("execution", request.executionId())
                .bind("step", request.stepId())
                .bind("hash", hash)
                .map((row, context) -> RequestColumnRows.read(row))
                .findOne()
                .flatMap(Request::shown);
    }

    // approval_requests_pending.
    private static final String ALL_PENDING = SELECT + "where tenant_id = :tenant and status = 'pending'";

    List<Request> allPending(Tx tx) {
        return tx.handle()
                .createQuery(ALL_PENDING)
                .bind("tenant", tx.tenant())
                .map((row, context) -> RequestColumnRows.read(row))
                .list();
    }

    // approval_requests_execution.
    private static final String PENDING_OF_EXECUTION =
            SELECT + "where tenant_id = :tenant and execution_id = :execution and status = 'pending'";

    List<Request> pendingOfExecution(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(PENDING_OF_EXECUTION)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .map((row, context) -> RequestColumnRows.read(row))
                .list();
    }

    // By primary key.
    void setNobody(Tx tx, UUID id, boolean nobody) {
        tx.handle()
                .createUpdate("update approval_requests set nobody = :nobody where tenant_id = :tenant and id = :id")
                .bind("nobody", nobody)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }

    /**
     * Lets a request about a document and a change of that document come one after the other: else the request could be
     * made of what the document was before the change, and the change could miss the request. Comes before every other
     * lock but those of documents.
     */
    void takeTurns(Tx tx, String entityType, UUID entityId) {
        tx.handle()
                .createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:document, 0))")
                .bind("document", tx.tenant() + "/" + entityType + "/" + entityId)
                .mapTo(Integer.class)
                .one();
    }

    /**
     * How a request ends.
     *
     * @param automatic approved by the passing of time
     * @param escalatedTo the request to somebody else that takes its place
     * @param replacedBy the request to the same people that takes its place
     */
    public record End(
            String status,
            Actor by,
            Optional<String> comment,
            boolean automatic,
            Optional<UUID> escalatedTo,
            Optional<UUID> replacedBy) {
        public static End of(String status, Actor by) {
            return new End(status, by, Optional.empty(), false, Optional.empty(), Optional.empty());
        }

        public End saying(Optional<String> remark) {
            return new End(status, by, remark, automatic, escalatedTo, replacedBy);
        }

        End escalatedTo(UUID to) {
            return new End(status, by, comment, automatic, Optional.of(to), replacedBy);
        }

        End replacedBy(UUID to) {
            return new End(status, by, comment, automatic, escalatedTo, Optional.of(to));
        }

        End byRule(String rule) {
            return new End(status, by, Optional.of(rule), true, escalatedTo, replacedBy);
        }
    }

    private static final String END = """
            update approval_requests
               set status = :status, decided_by_id = :by::uuid, decided_by_name = :byName, decided_at = millrace_now(),
                   comment = :comment, automatic = :automatic, escalated_to = :escalatedTo::uuid,
                   replaced_by = :replacedBy::uuid
             where tenant_id = :tenant and id = :id and status = 'pending'""";

    // By primary key. The guards make one of two decisions, or of a decision and the deadline, the winner.
    private static final String END_AFTER = END + " and (expires_at <= millrace_now() or nobody) returning decided_at";

    private static final String END_AT_ANY_TIME = END + " returning decided_at";

    /** By the passing of time, or because there is nobody who could; empty if somebody was first, or it is not time. */
    public Optional<Instant> endAfterTime(Tx tx, UUID id, End end) {
        return end(tx, END_AFTER, id, end);
    }

    /** Empty if it was over already. */
    public Optional<Instant> end(Tx tx, UUID id, End end) {
        return end(tx, END_AT_ANY_TIME, id, end);
    }

    private static Optional<Instant> end(Tx tx, String sql, UUID id, End end) {
        return tx.handle()
                .createQuery(sql)
                .bind("status", end.status())
                .bindByType(
                        "by",
                        end.by()
                                .id()
                                .filter(i -> end.by().isPerson())
                                .map(UUID::fromString)
                                .orElse(null),
                        UUID.class)
                .bind("byName", end.by().name())
                .bind("comment", end.comment().orElse(null))
                .bind("automatic", end.automatic())
                .bindByType("escalatedTo", end.escalatedTo().orElse(null), UUID.class)
                .bindByType("replacedBy", end.replacedBy().orElse(null), UUID.class)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> RequestColumnRows.instant(row, "decided_at"))
                .findOne();
    }

    /** Says of a request that was sent back which one was made when it was submitted again. */
    void markReplaced(Tx tx, UUID id, UUID by) {
        tx.handle()
                .createUpdate("update approval_requests set replaced_by = :by where tenant_id = :tenant and id = :id")
                .bind("by", by)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }

    // approval_requests_execution.
    private static final String CANCEL = """
            update approval_requests
               set status = 'cancelled', decided_by_id = :by::uuid, decided_by_name = :byName, decided_at = millrace_now()
             where tenant_id = :tenant and execution_id = :execution and status = 'pending'""";

    /** Nobody need decide any more. */
    void cancelPending(Tx tx, UUID execution, Actor by) {
        tx.handle()
                .createUpdate(CANCEL)
                .bindByType(
                        "by",
                        by.id().filter(i -> by.isPerson()).map(UUID::fromString).orElse(null),
                        UUID.class)
                .bind("byName", by.name())
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .execute();
    }

    // By primary key.
    private static final String REMIND_AT = """
            update approval_requests set remind_at = :next::timestamptz where tenant_id = :tenant and id = :id""";

    void remindAt(Tx tx, UUID id, Instant next) {
        tx.handle()
                .createUpdate(REMIND_AT)
                .bind("next", next.atOffset(ZoneOffset.UTC))
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }

    // By primary key.
    private static final String HAND_OVER = """
            update approval_requests set required_role = :role, required_user = :user::uuid, nobody = false
             where tenant_id = :tenant and id = :id and status = 'pending'""";

    /** Others are asked instead. */
    void handOver(Tx tx, UUID id, Optional<String> role, Optional<UUID> user) {
        tx.handle()
                .createUpdate(HAND_OVER)
                .bind("role", role.orElse(null))
                .bindByType("user", user.orElse(null), UUID.class)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }
}
