package dev.millrace.engine.execution;

import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Executions and their steps, as people read them. */
public final class ViewRows {
    private static final String EXECUTION = """
            select e.id, e.definition_id, e.workflow_name, e.version, e.status, e.outcome, e.event_id, e.event_name,
                   e.trigger, e.started_by, e.started_at, e.completed_at, e.error,
                   e.parent_execution_id, e.parent_step_id, e.parent_waits, e.root_execution_id
              from workflow_executions e
             where e.tenant_id = :tenant
            """;

    public Optional<ExecutionView> find(Tx tx, UUID id) {
        return query(tx, "and e.id = :id")
                .bind("id", id)
                .map((row, context) -> view(row))
                .findOne();
    }

    // workflow_executions_history, newest first; equal times are ordered by id as they come.
    private static final String OF_WORKFLOW = """

            order by e.started_at desc, e.id desc
            limit :limit""";

    private static final String BEHIND_IN_WORKFLOW = " and (e.started_at, e.id) < (:behindAt, :behindId)";

    // The primary key backwards: ids are in the order in which they were made.
    private static final String OF_ALL = """

            order by e.id desc
            limit :limit""";

    private static final String BEHIND = " and e.id < :behindId";

    /**
     * Newest first.
     *
     * @param behind the last one of the page before
     */
    public List<ExecutionView> list(Tx tx, ExecutionFilter filter, Optional<ExecutionView> behind, int limit) {
        boolean ofWorkflow = filter.workflow().isPresent();
        String from = behind.isEmpty() ? "" : ofWorkflow ? BEHIND_IN_WORKFLOW : BEHIND;
        Query query = query(tx, FilterRows.sql(filter) + from + (ofWorkflow ? OF_WORKFLOW : OF_ALL))
                .bind("limit", limit);
        behind.ifPresent(last -> query.bind("behindId", last.id()));
        behind.filter(last -> ofWorkflow)
                .ifPresent(last -> query.bind("behindAt", last.startedAt().atOffset(ZoneOffset.UTC)));
        return FilterRows.bind(query, filter).map((row, context) -> view(row)).list();
    }

    // workflow_executions_children.
    private static final String CHILDREN = "and e.parent_execution_id = :parent order by e.id limit :limit";

    /** Executions that steps of this one started, the oldest first. */
    public List<ExecutionView> children(Tx tx, UUID parent, int limit) {
        return query(tx, CHILDREN)
                .bind("parent", parent)
                .bind("limit", limit)
                .map((row, context) -> view(row))
                .list();
    }

    // workflow_waits_pkey.
    private static final String EVENTS_AWAITED = """
            select step_id, event_name, match from workflow_waits
             where tenant_id = :tenant and execution_id = :execution order by step_id""";

    /** The events that steps of an execution wait for. */
    public List<ExecutionView.EventAwaited> eventsAwaited(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(EVENTS_AWAITED)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .map((row, context) -> new ExecutionView.EventAwaited(
                        row.getString("step_id"), row.getString("event_name"), row.getString("match")))
                .list();
    }

    private static Query query(Tx tx, String rest) {
        return tx.handle().createQuery(EXECUTION + rest).bind("tenant", tx.tenant());
    }

    // By the first columns of the primary key.
    private static final String STEPS = """
            select step_id, action, status, skip_reason, attempt, started_at, completed_at, due_at, input, output, error
              from workflow_step_results
             where tenant_id = :tenant and execution_id = :execution
             order by step_id""";

    /** The steps that have a row, and the entries of handlers. */
    public List<ExecutionView.StepView> steps(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(STEPS)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .map((row, context) -> new ExecutionView.StepView(
                        row.getString("step_id"),
                        row.getString("action"),
                        row.getString("status"),
                        Optional.ofNullable(row.getString("skip_reason")),
                        row.getInt("attempt"),
                        instant(row, "started_at"),
                        instant(row, "completed_at"),
                        instant(row, "due_at"),
                        Optional.ofNullable(row.getString("input")).map(Json::read),
                        Optional.ofNullable(row.getString("output")).map(Json::read),
                        Optional.ofNullable(row.getString("error")).map(Json::read)))
                .list();
    }

    private static ExecutionView view(ResultSet row) throws SQLException {
        return new ExecutionView(
                row.getObject("id", UUID.class),
                row.getObject("definition_id", UUID.class),
                row.getString("workflow_name"),
                row.getInt("version"),
                row.getString("status"),
                Optional.ofNullable(row.getString("outcome")),
                Optional.ofNullable(row.getString("event_id")),
                Optional.ofNullable(row.getString("event_name")),
                Json.readObject(row.getString("trigger")),
                Actors.read(row.getString("started_by")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row, "completed_at"),
                Optional.ofNullable(row.getString("error")).map(Json::read),
                parent(row));
    }

    private static Optional<ExecutionView.Parent> parent(ResultSet row) throws SQLException {
        return row.getObject("parent_execution_id") == null
                ? Optional.empty()
                : Optional.of(new ExecutionView.Parent(
                        row.getObject("parent_execution_id", UUID.class),
                        row.getString("parent_step_id"),
                        row.getBoolean("parent_waits"),
                        row.getObject("root_execution_id", UUID.class)));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
