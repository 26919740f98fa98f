package dev.millrace.engine.approval;

import dev.millrace.engine.Tx;
import dev.millrace.engine.execution.PendingRequests;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code approval_requests}. */
public final class ApprovalRows implements PendingRequests {
    private static final String COLUMNS = """
            id, execution_id, step_id, definition_id, workflow_name, workflow_version, required_role, required_user,
            level, escalated_from, escalated_to, status, entity_type, entity_id, entity_label, amount, currency,
            requester_id, requester_name, exclude_users, message, nobody, created_at, expires_at, decided_by_id,
            decided_by_name, decided_at, comment, automatic""";

    private static final String INSERT = """
            insert into approval_requests (tenant_id, id, execution_id, step_id, definition_id, workflow_name,
                   workflow_version, required_role, required_user, level, escalated_from, status, entity_type, entity_id,
                   entity_label, amount, currency, requester_id, requester_name, exclude_users, message, nobody,
                   created_at, expires_at)
            values (:tenant, :id, :executionId, :stepId, :definitionId, :workflowName, :workflowVersion, :requiredRole,
                   :requiredUser::uuid, :level, :escalatedFrom::uuid, :status, :entityType, :entityId::uuid, :entityLabel,
                   :amount, :currency, :requester::uuid, :requesterName, :exclude, :message, :nobody, :createdAt, :expiresAt)""";

    public void insert(Tx tx, Request r) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", r.id())
                .bind("executionId", r.executionId())
                .bind("stepId", r.stepId())
                .bind("definitionId", r.definitionId())
                .bind("workflowName", r.workflowName())
                .bind("workflowVersion", r.workflowVersion())
                .bind("requiredRole", r.requiredRole().orElse(null))
                .bindByType("requiredUser", r.requiredUser().orElse(null), UUID.class)
                .bind("level", r.level())
                .bindByType("escalatedFrom", r.escalatedFrom().orElse(null), UUID.class)
                .bind("status", r.status())
                .bind("entityType", r.entityType().orElse(null))
                .bindByType("entityId", r.entityId().orElse(null), UUID.class)
                .bind("entityLabel", r.entityLabel().orElse(null))
                .bind("amount", r.amount().orElse(null))
                .bind("currency", r.currency().orElse(null))
                .bindByType("requester", r.requester().orElse(null), UUID.class)
                .bind("requesterName", r.requesterName().orElse(null))
                .bindArray("exclude", UUID.class, r.exclude())
                .bind("message", r.message().orElse(null))
                .bind("nobody", r.nobody())
                .bind("createdAt", r.createdAt().atOffset(ZoneOffset.UTC))
                .bind("expiresAt", r.expiresAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    public Optional<Request> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery("select " + COLUMNS + " from approval_requests where tenant_id = :tenant and id = :id")
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    // approval_requests_one_pending: at most one row.
    private static final String PENDING_OF = "select " + COLUMNS + """
             from approval_requests
            where tenant_id = :tenant and execution_id = :execution and step_id = :step and status = 'pending'""";

    public Optional<Request> pendingOf(Tx tx, UUID execution, String step) {
        return tx.handle()
                .createQuery(PENDING_OF)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .bind("step", step)
                .map((row, context) -> request(row))
                .findOne();
    }

    /** Whom to list requests for. */
    public record For(Collection<String> roles, UUID member) {}

    /** Where a page begins: behind this request. */
    public record After(Instant expiresAt, UUID id) {}

    // approval_requests_pending, in its own order.
    private static final String PENDING_FOR = "select " + COLUMNS + """
             from approval_requests
            where tenant_id = :tenant and status = 'pending'
              and (required_role = any(:roles) or required_user = :member)
              and requester_id is distinct from :member and not (:member = any(exclude_users))
              and (:afterAt::timestamptz is null or (expires_at, id) > (:afterAt::timestamptz, :afterId::uuid))
            order by expires_at, id
            limit :limit""";

    /** Pending requests that the member may decide, the most urgent first. */
    public List<Request> pendingFor(Tx tx, For whom, Optional<After> after, int limit) {
        return tx.handle()
                .createQuery(PENDING_FOR)
                .bind("tenant", tx.tenant())
                .bindArray("roles", String.class, whom.roles())
                .bind("member", whom.member())
                .bind("afterAt", after.map(a -> a.expiresAt().toString()).orElse(null))
                .bind("afterId", after.map(a -> a.id().toString()).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> request(row))
                .list();
    }

    // approval_requests_pending.
    private static final String ALL_PENDING = "select " + COLUMNS + """
             from approval_requests
            where tenant_id = :tenant and status = 'pending'
              and (:afterAt::timestamptz is null or (expires_at, id) > (:afterAt::timestamptz, :afterId::uuid))
            order by expires_at, id
            limit :limit""";

    /** Every pending request of the tenant: what an administrator oversees. */
    public List<Request> allPending(Tx tx, Optional<After> after, int limit) {
        return tx.handle()
                .createQuery(ALL_PENDING)
                .bind("tenant", tx.tenant())
                .bind("afterAt", after.map(a -> a.expiresAt().toString()).orElse(null))
                .bind("afterId", after.map(a -> a.id().toString()).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> request(row))
                .list();
    }

    // By primary key; the guard makes one of two decisions, or of a decision and the deadline, the winner.
    private static final String DECIDE = """
            update approval_requests
               set status = :status, decided_by_id = :by::uuid, decided_by_name = :byName, decided_at = millrace_now(),
                   comment = :comment, automatic = :automatic
             where tenant_id = :tenant and id = :id and status = 'pending'
               and (:automatic or expires_at > millrace_now())
            returning decided_at""";

    /** Empty if somebody or the deadline was first. */
    public Optional<Instant> decide(
            Tx tx,
            UUID id,
            boolean approved,
            Optional<UUID> by,
            String byName,
            Optional<String> comment,
            boolean automatic) {
        return tx.handle()
                .createQuery(DECIDE)
                .bind("status", approved ? "approved" : "rejected")
                .bindByType("by", by.orElse(null), UUID.class)
                .bind("byName", byName)
                .bind("comment", comment.orElse(null))
                .bind("automatic", automatic)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> instant(row, "decided_at"))
                .findOne();
    }

    @Override
    public Optional<UUID> pendingRequest(Tx tx, UUID execution, String step) {
        return pendingOf(tx, execution, step).map(Request::id);
    }

    // By primary key.
    private static final String EXPIRE = """
            update approval_requests set status = 'expired', escalated_to = :to::uuid
             where tenant_id = :tenant and id = :id and status = 'pending' and expires_at <= millrace_now()""";

    @Override
    public boolean expire(Tx tx, UUID id, Optional<UUID> escalatedTo) {
        return tx.handle()
                        .createUpdate(EXPIRE)
                        .bindByType("to", escalatedTo.orElse(null), UUID.class)
                        .bind("tenant", tx.tenant())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Says of a request that had no one to decide it where it went instead. */
    public void markEscalated(Tx tx, UUID id, UUID to) {
        tx.handle()
                .createUpdate("update approval_requests set escalated_to = :to where tenant_id = :tenant and id = :id")
                .bind("to", to)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }

    // approval_requests_execution.
    private static final String CANCEL = """
            update approval_requests set status = 'cancelled'
             where tenant_id = :tenant and execution_id = :execution and status = 'pending'""";

    @Override
    public void cancelPending(Tx tx, UUID execution) {
        tx.handle()
                .createUpdate(CANCEL)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .execute();
    }

    private static Request request(ResultSet row) throws SQLException {
        return new Request(
                row.getObject("id", UUID.class),
                row.getObject("execution_id", UUID.class),
                row.getString("step_id"),
                row.getObject("definition_id", UUID.class),
                row.getString("workflow_name"),
                row.getInt("workflow_version"),
                text(row.getString("required_role")),
                uuid(row, "required_user"),
                row.getInt("level"),
                uuid(row, "escalated_from"),
                uuid(row, "escalated_to"),
                row.getString("status"),
                text(row.getString("entity_type")),
                uuid(row, "entity_id"),
                text(row.getString("entity_label")),
                Optional.<BigDecimal>ofNullable(row.getBigDecimal("amount")),
                text(row.getString("currency")),
                uuid(row, "requester_id"),
                text(row.getString("requester_name")),
                uuids(row.getArray("exclude_users")),
                text(row.getString("message")),
                row.getBoolean("nobody"),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                decision(row));
    }

    private static Optional<Request.Decision> decision(ResultSet row) throws SQLException {
        if (row.getObject("decided_at") == null) {
            return Optional.empty();
        }
        return Optional.of(new Request.Decision(
                uuid(row, "decided_by_id"),
                row.getString("decided_by_name"),
                instant(row, "decided_at"),
                text(row.getString("comment")),
                row.getBoolean("automatic")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Optional<UUID> uuid(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    private static List<UUID> uuids(Array array) throws SQLException {
        return Arrays.asList((UUID[]) array.getArray());
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value);
    }
}
