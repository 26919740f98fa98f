package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.language.Definition;
import dev.millrace.language.StepState.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code workflow_executions} and {@code workflow_step_results}, as those read and claim them who run them. */
public final class ExecutionRows {

    /** An execution's row without its steps. */
    public record Claimed(
            UUID id,
            UUID definitionId,
            int version,
            long fence,
            int signal,
            int leaseLosses,
            int depth,
            Optional<Loaded.Event> event,
            ObjectNode trigger,
            Actor startedBy,
            Instant startedAt,
            Optional<Loaded.Parent> parent,
            Loaded.Active active) {

        /** With what else belongs to it. */
        public Loaded with(TenantInfo tenant, Definition definition, List<StepRow> steps) {
            return new Loaded(
                    tenant,
                    id,
                    definitionId,
                    version,
                    definition,
                    fence,
                    signal,
                    leaseLosses,
                    depth,
                    event,
                    trigger,
                    startedBy,
                    startedAt,
                    parent,
                    active,
                    steps);
        }
    }

    private static final String COLUMNS = """
            e.id, e.definition_id, e.version, e.fence, e.signal, e.lease_losses, e.depth, e.event_id, e.event_name,
            e.event_at, e.trigger, e.started_by, e.started_at, e.parent_execution_id, e.parent_step_id, e.parent_waits,
            e.root_execution_id, e.active_ms, e.active_since""";

    // Walks workflow_executions_due of one tenant, and workflow_executions_apart for those that lost a node before. A
    // row
    // whose lease is good is never taken, whatever its due_at says.
    private static final String CLAIM = """
            with usual as (
                select id from workflow_executions
                 where tenant_id = :tenant and due_at <= millrace_now() and lease_losses = 0
                   and (lease_until is null or lease_until <= millrace_now())
                 order by due_at
                 limit :limit
                   for update skip locked
            ), apart as (
                select id from workflow_executions
                 where tenant_id = :tenant and due_at <= millrace_now() and lease_losses > 0
                   and (lease_until is null or lease_until <= millrace_now())
                 order by due_at
                 limit :apart
                   for update skip locked
            )
            update workflow_executions e
               set lease_owner = :node, lease_until = millrace_now() + :lease::interval,
                   due_at = millrace_now() + :lease::interval, fence = e.fence + 1, status = 'running',
                   lease_losses = e.lease_losses + (e.lease_owner is not null)::int,
                   active_ms = e.active_ms + coalesce(
                       1000 * extract(epoch from least(millrace_now(), e.lease_until) - e.active_since), 0)::bigint,
                   active_since = millrace_now()
              from (select id from usual union all select id from apart) due
             where e.tenant_id = :tenant and e.id = due.id
            returning""" + " " + COLUMNS;

    // By primary key.
    private static final String FIND =
            "select " + COLUMNS + " from workflow_executions e where e.tenant_id = :tenant and e.id = :id";

    /** An execution without its lease: to read, not to write. */
    public Optional<Claimed> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> claimed(row))
                .findOne();
    }

    /**
     * Takes due executions under a lease of {@code node}.
     *
     * @param limit how many of those that give no cause for suspicion
     * @param apart how many of those whose node was lost, more than once in a row, before they got a step done
     */
    public List<Claimed> claim(Tx tx, UUID node, Duration lease, int limit, int apart) {
        return tx.handle()
                .createQuery(CLAIM)
                .bind("node", node)
                .bind("lease", lease.toMillis() + " milliseconds")
                .bind("tenant", tx.tenant())
                .bind("limit", limit)
                .bind("apart", apart)
                .map((row, context) -> claimed(row))
                .list();
    }

    // By primary key.
    private static final String HELD = """
            select id, fence from workflow_executions
             where tenant_id = :tenant and id = any(:ids) and lease_owner = :node""";

    /** Of these executions those that {@code node} holds, with the fence of the lease. */
    public Map<UUID, Long> held(Tx tx, Collection<UUID> executions, UUID node) {
        return tx.handle()
                .createQuery(HELD)
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, executions)
                .bind("node", node)
                .reduceRows(new HashMap<UUID, Long>(), (held, row) -> {
                    held.put(row.getColumn("id", UUID.class), row.getColumn("fence", Long.class));
                    return held;
                });
    }

    // workflow_step_results by the first columns of its primary key; approval_requests_one_pending for the few steps
    // that
    // wait for people.
    private static final String STEPS = """
            select s.execution_id, s.step_id, s.action, s.status, s.attempt, s.interrupted, s.skip_reason, s.input,
                   s.output, s.error, s.waiting_since, s.wake_at, s.deadline_no, s.due_at, s.started_at,
                   case when s.status = 'waiting' and s.action = 'erp.approval.request'
                        then not exists (select from approval_requests r
                                          where r.tenant_id = s.tenant_id and r.execution_id = s.execution_id
                                            and r.step_id = s.step_id and r.status = 'pending')
                        else false end as sent_back
              from workflow_step_results s
             where s.tenant_id = :tenant and s.execution_id = any(:executions)""";

    public Map<UUID, List<StepRow>> steps(Tx tx, Collection<UUID> executions) {
        record OfExecution(UUID execution, StepRow step) {}
        return tx
                .handle()
                .createQuery(STEPS)
                .bind("tenant", tx.tenant())
                .bindArray("executions", UUID.class, executions)
                .map((row, context) -> new OfExecution(row.getObject("execution_id", UUID.class), step(row)))
                .stream()
                .collect(Collectors.groupingBy(
                        OfExecution::execution, Collectors.mapping(OfExecution::step, Collectors.toList())));
    }

    // By primary key.
    private static final String SIGNAL = """
            select signal from workflow_executions
             where tenant_id = :tenant and id = :id and fence = :fence and due_at is not null""";

    /** The signal of an execution, if the lease of that fence still stands. */
    public Optional<Integer> signal(Tx tx, UUID execution, long fence) {
        return tx.handle()
                .createQuery(SIGNAL)
                .bind("tenant", tx.tenant())
                .bind("id", execution)
                .bind("fence", fence)
                .mapTo(Integer.class)
                .findOne();
    }

    // By primary key.
    private static final String ACTIVE_TIME = """
            select active_ms + (1000 * extract(epoch from millrace_now() - active_since))::bigint
              from workflow_executions
             where tenant_id = :tenant and id = :id and fence = :fence and due_at is not null""";

    /** For how long nodes have worked on an execution, if the lease of that fence still stands. */
    public Optional<Duration> activeTime(Tx tx, UUID execution, long fence) {
        return tx.handle()
                .createQuery(ACTIVE_TIME)
                .bind("tenant", tx.tenant())
                .bind("id", execution)
                .bind("fence", fence)
                .mapTo(Long.class)
                .findOne()
                .map(Duration::ofMillis);
    }

    /** Without a lock: good for stopping early, not for writing. */
    public boolean holdsLease(Tx tx, UUID execution, long fence) {
        return signal(tx, execution, fence).isPresent();
    }

    /** Locks the execution if neither fence nor signal has moved on. */
    public boolean lock(Tx tx, UUID execution, long fence, int signal) {
        return tx.handle()
                .createQuery(SIGNAL + " and signal = :signal for update")
                .bind("tenant", tx.tenant())
                .bind("id", execution)
                .bind("fence", fence)
                .bind("signal", signal)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    // Executions by primary key; a row that is being written is skipped.
    private static final String EXTEND = """
            update workflow_executions e
               set lease_until = millrace_now() + :lease::interval, due_at = millrace_now() + :lease::interval
              from (select id from workflow_executions
                     where tenant_id = :tenant and id = any(:ids) and lease_owner = :node
                       and lease_until <= millrace_now() + :lease::interval / 2
                     order by id
                       for update skip locked) mine
             where e.tenant_id = :tenant and e.id = mine.id""";

    /**
     * Lengthens the leases that this node still holds and that are past their half: the others cost no write.
     *
     * @return how many
     */
    public int extend(Tx tx, Collection<UUID> executions, UUID node, Duration lease) {
        return tx.handle()
                .createUpdate(EXTEND)
                .bind("tenant", tx.tenant())
                .bind("ids", executions.toArray(UUID[]::new))
                .bind("node", node)
                .bind("lease", lease.toMillis() + " milliseconds")
                .execute();
    }

    // workflow_executions_due of one tenant.
    private static final String TAKE_BACK = """
            update workflow_executions
               set lease_owner = null, lease_until = null, due_at = millrace_now(),
                   active_ms = active_ms + coalesce(
                       1000 * extract(epoch from least(millrace_now(), lease_until) - active_since), 0)::bigint,
                   active_since = null
             where tenant_id = :tenant and due_at is not null and lease_owner is not null""";

    /** The former server is known to be dead: what it held is due now, and that is no loss of a lease. */
    public int takeBackAll(Tx tx) {
        return tx.handle().createUpdate(TAKE_BACK).bind("tenant", tx.tenant()).execute();
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        Optional<Loaded.Event> event = row.getString("event_id") == null
                ? Optional.empty()
                : Optional.of(new Loaded.Event(
                        row.getString("event_id"),
                        row.getString("event_name"),
                        row.getObject("event_at", OffsetDateTime.class).toInstant()));
        return new Claimed(
                row.getObject("id", UUID.class),
                row.getObject("definition_id", UUID.class),
                row.getInt("version"),
                row.getLong("fence"),
                row.getInt("signal"),
                row.getInt("lease_losses"),
                row.getInt("depth"),
                event,
                Json.readObject(row.getString("trigger")),
                Actors.read(row.getString("started_by")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                parent(row),
                new Loaded.Active(
                        Duration.ofMillis(row.getLong("active_ms")),
                        instant(row, "active_since").orElse(Instant.EPOCH)));
    }

    private static Optional<Loaded.Parent> parent(ResultSet row) throws SQLException {
        return row.getObject("parent_execution_id") == null
                ? Optional.empty()
                : Optional.of(new Loaded.Parent(
                        row.getObject("parent_execution_id", UUID.class),
                        row.getString("parent_step_id"),
                        row.getBoolean("parent_waits"),
                        row.getObject("root_execution_id", UUID.class)));
    }

    private static StepRow step(ResultSet row) throws SQLException {
        return new StepRow(
                row.getString("step_id"),
                row.getString("action"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInt("attempt"),
                row.getInt("interrupted"),
                Optional.ofNullable(row.getString("skip_reason")),
                text(row.getString("input")).map(Json::read),
                text(row.getString("output")).map(Json::read),
                text(row.getString("error")).map(Json::read).map(StepErrors::read),
                instant(row, "waiting_since"),
                instant(row, "wake_at"),
                row.getInt("deadline_no"),
                instant(row, "due_at"),
                instant(row, "started_at"),
                row.getBoolean("sent_back"));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
