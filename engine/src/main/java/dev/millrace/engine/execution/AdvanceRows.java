package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.StepError;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that moves executions on: their rows, their steps' rows and their journal entries, for any
 * number of executions of one tenant. Locks the executions in the order of their ids.
 */
public final class AdvanceRows {
    private final Supplier<UUID> ids;

    public AdvanceRows(Supplier<UUID> ids) {
        this.ids = ids;
    }

    // Executions and steps by primary key. An execution that is not returned has another fence or signal, or is over.
    private static final String ADVANCE = """
            with move as (
                select * from unnest(?::uuid[], ?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                    as m (id, fence, signal, kind, status, outcome, error, due_at)
            ), step as (
                select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::text[], ?::text[],
                                     ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[])
                    as s (execution_id, step_id, action, status, attempt, interrupted, skip_reason, input,
                          output, error, waiting_since, wake_at, deadline_no, due_at, started_at)
            ), entry as (
                select * from unnest(?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                    as j (id, execution_id, ord, type, actor_kind, actor_id, actor_name, resource_type,
                          resource_id, step_id, before, after, comment)
            ), locked as (
                select e.id
                  from workflow_executions e join move m on m.id = e.id
                 where e.tenant_id = ? and e.fence = m.fence and e.due_at is not null
                   and (m.signal is null or e.signal = m.signal)
                 order by e.tenant_id, e.id
                   for update of e
            ), moved as (
                update workflow_executions e
                   set status = coalesce(m.status, e.status),
                       outcome = coalesce(m.outcome, e.outcome),
                       error = coalesce(m.error::json, e.error),
                       due_at = case m.kind when 'keep' then e.due_at else m.due_at::timestamptz end,
                       lease_owner = case m.kind when 'keep' then e.lease_owner end,
                       lease_until = case m.kind when 'keep' then e.lease_until end,
                       lease_losses = case when exists (select from step s where s.execution_id = e.id) then 0
                                           else e.lease_losses end,
                       completed_at = case m.kind when 'end' then millrace_now() end,
                       active_ms = case m.kind when 'keep' then e.active_ms else e.active_ms + coalesce(
                           1000 * extract(epoch from millrace_now() - e.active_since), 0)::bigint end,
                       active_since = case m.kind when 'keep' then e.active_since end,
                       journal_count = e.journal_count
                           + (select count(*) from entry j where j.execution_id = e.id)::int
                  from move m join locked using (id)
                 where e.tenant_id = ? and e.id = m.id
                returning e.id, e.journal_count, e.definition_id, e.workflow_name, e.version
            ), stepped as (
                insert into workflow_step_results as r (tenant_id, execution_id, step_id, action, status, attempt,
                       interrupted, skip_reason, input, output, error, waiting_since, wake_at, deadline_no, due_at,
                       started_at, completed_at)
                select ?, s.execution_id, s.step_id, s.action, s.status, s.attempt, s.interrupted, s.skip_reason,
                       s.input::json, s.output::json, s.error::json, s.waiting_since::timestamptz,
                       s.wake_at::timestamptz, s.deadline_no, s.due_at::timestamptz, s.started_at::timestamptz,
                       case when s.status in ('skipped', 'completed', 'failed', 'cancelled') then millrace_now() end
                  from step s join moved on moved.id = s.execution_id
                 order by s.execution_id, s.step_id
                    on conflict (tenant_id, execution_id, step_id, item) do update
                   set status = excluded.status, attempt = excluded.attempt, interrupted = excluded.interrupted,
                       skip_reason = excluded.skip_reason, input = excluded.input, output = excluded.output,
                       error = excluded.error, waiting_since = excluded.waiting_since, wake_at = excluded.wake_at,
                       deadline_no = excluded.deadline_no, due_at = excluded.due_at,
                       started_at = excluded.started_at, completed_at = excluded.completed_at
                 where r.status in ('pending', 'running', 'waiting')
                returning r.execution_id
            ), journaled as (
                insert into workflow_journal (tenant_id, id, type, actor_kind, actor_id, actor_name, resource_type,
                       resource_id, execution_id, execution_seq, step_id, definition_id, workflow_name, version,
                       before, after, comment)
                select ?, j.id, j.type, j.actor_kind, j.actor_id, j.actor_name, j.resource_type, j.resource_id,
                       j.execution_id, moved.journal_count - j.ord, j.step_id, moved.definition_id,
                       moved.workflow_name, moved.version, j.before, j.after, j.comment
                  from entry j join moved on moved.id = j.execution_id
                 order by j.execution_id, j.ord desc
            )
            select moved.id, millrace_now() as now,
                   (select count(*) from stepped where stepped.execution_id = moved.id) as steps
              from moved""";

    /**
     * Writes the transitions, all of one tenant and of different executions, in the caller's transaction.
     *
     * @return the database's clock, for each execution whose transition was written; the others were refused
     * @throws IllegalStateException a step that had ended was to be changed: a bug, and the caller rolls back
     */
    public Map<UUID, Instant> advance(Connection connection, UUID tenant, List<Transition> transitions)
            throws SQLException {
        List<Transition> sorted = transitions.stream()
                .sorted(Comparator.comparing(Transition::execution))
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            var parameters = new Parameters(connection, statement);
            bindMoves(parameters, sorted);
            bindSteps(parameters, sorted);
            bindEntries(parameters, sorted);
            for (int i = 0; i < 4; i++) {
                parameters.value(tenant);
            }
            return read(statement, sorted);
        }
    }

    /** As {@link #advance}, as the last statement of a step's transaction. */
    public Map<UUID, Instant> advanceIn(Tx tx, List<Transition> transitions) {
        try {
            return advance(tx.handle().getConnection(), tx.tenant(), transitions);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private static Map<UUID, Instant> read(PreparedStatement statement, List<Transition> transitions)
            throws SQLException {
        var stepsOf = new HashMap<UUID, Integer>();
        transitions.forEach(t -> stepsOf.put(t.execution(), t.steps().size()));
        var written = new HashMap<UUID, Instant>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                UUID id = rows.getObject("id", UUID.class);
                if (rows.getInt("steps") != stepsOf.getOrDefault(id, 0)) {
                    throw new IllegalStateException(
                            "a step of execution " + id + " had ended before it was to be changed");
                }
                written.put(id, rows.getObject("now", OffsetDateTime.class).toInstant());
            }
        }
        return written;
    }

    private static void bindMoves(Parameters p, List<Transition> all) throws SQLException {
        p.array("uuid", all, Transition::execution);
        p.array("bigint", all, Transition::fence);
        p.array("int", all, t -> t.signal().orElse(null));
        p.array("text", all, t -> switch (t.move()) {
            case Transition.Move.Keep() -> "keep";
            case Transition.Move.Park park -> "park";
            case Transition.Move.End end -> "end";
        });
        p.array("text", all, t -> switch (t.move()) {
            case Transition.Move.Keep() -> null;
            case Transition.Move.Park park -> park.status();
            case Transition.Move.End end -> end.status();
        });
        p.array("text", all, t -> t.move() instanceof Transition.Move.End end ? end.outcome() : null);
        p.array("text", all, t -> t.move() instanceof Transition.Move.End end ? json(end.error()) : null);
        p.array("text", all, t -> t.move() instanceof Transition.Move.Park park ? park.dueAt() : null);
    }

    private record OfExecution<T>(UUID execution, int toGo, T value) {}

    private static <T> List<OfExecution<T>> spread(List<Transition> all, Function<Transition, List<T>> parts) {
        var spread = new ArrayList<OfExecution<T>>();
        for (Transition transition : all) {
            List<T> list = parts.apply(transition);
            for (int i = 0; i < list.size(); i++) {
                spread.add(new OfExecution<>(transition.execution(), list.size() - 1 - i, list.get(i)));
            }
        }
        return spread;
    }

    private static void bindSteps(Parameters p, List<Transition> all) throws SQLException {
        List<OfExecution<StepRow>> steps = spread(all, Transition::steps);
        p.array("uuid", steps, OfExecution::execution);
        p.array("text", steps, s -> s.value().id());
        p.array("text", steps, s -> s.value().action());
        p.array("text", steps, s -> s.value().status().name().toLowerCase(Locale.ROOT));
        p.array("int", steps, s -> s.value().attempt());
        p.array("int", steps, s -> s.value().interrupted());
        p.array("text", steps, s -> s.value().skipReason().orElse(null));
        p.array("text", steps, s -> s.value().input().map(Json::write).orElse(null));
        p.array("text", steps, s -> s.value().output().map(Json::write).orElse(null));
        p.array("text", steps, s -> json(s.value().error()));
        p.array("text", steps, s -> s.value().waitingSince().orElse(null));
        p.array("text", steps, s -> s.value().wakeAt().orElse(null));
        p.array("int", steps, s -> s.value().deadlineNo());
        p.array("text", steps, s -> s.value().dueAt().orElse(null));
        p.array("text", steps, s -> s.value().startedAt().orElse(null));
    }

    private void bindEntries(Parameters p, List<Transition> all) throws SQLException {
        List<OfExecution<Entry>> entries = spread(all, Transition::entries);
        p.array("uuid", entries, e -> ids.get());
        p.array("uuid", entries, OfExecution::execution);
        p.array("int", entries, OfExecution::toGo);
        p.array("text", entries, e -> e.value().type());
        p.array("text", entries, e -> e.value().actor().kind());
        p.array("text", entries, e -> e.value().actor().id().orElse(null));
        p.array("text", entries, e -> e.value().actor().name());
        p.array("text", entries, e -> e.value().resourceType());
        p.array("text", entries, e -> e.value().resourceId());
        p.array("text", entries, e -> e.value().step().orElse(null));
        p.array("text", entries, e -> e.value().before().orElse(null));
        p.array("text", entries, e -> e.value().after().orElse(null));
        p.array("text", entries, e -> e.value().comment().orElse(null));
    }

    private static @Nullable String json(Optional<StepError> error) {
        return error.map(e -> Json.write(StepErrors.write(e))).orElse(null);
    }

    /** Binds parameters from left to right. */
    private static final class Parameters {
        private final Connection connection;
        private final PreparedStatement statement;
        private int next = 1;

        Parameters(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T> void array(String type, List<T> rows, Function<T, @Nullable Object> column) throws SQLException {
            var values = new @Nullable Object[rows.size()];
            for (int i = 0; i < values.length; i++) {
                Object value = column.apply(rows.get(i));
                values[i] = value instanceof Instant instant ? instant.toString() : value;
            }
            Array array = connection.createArrayOf(type, values);
            statement.setArray(next++, array);
        }

        void value(Object value) throws SQLException {
            statement.setObject(next++, value);
        }
    }
}
