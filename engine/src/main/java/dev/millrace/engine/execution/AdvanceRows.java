package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.execution.Transition.Move;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.StepError;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The one statement that moves executions on: their rows, their steps' rows and their journal entries, for any
 * number of executions of one tenant. Locks the executions in the order of their ids. What is to be written comes in
 * arrays, one for each column: PostgreSQL reads them much faster than a JSON document.
 */
public final class AdvanceRows {
    private final Supplier<UUID> ids;
    private final Runnable journaled;

    /** @param journaled called after each commit of a caller's transaction; returns at once */
    public AdvanceRows(Supplier<UUID> ids, Runnable journaled) {
        this.ids = ids;
        this.journaled = journaled;
    }

    // Executions and steps by primary key. One row for each execution: not written if it has another fence or signal,
    // or is over. A step that has ended already, and a refusal where none is allowed, end it
    // with an error: a COMMIT sent behind it does not happen. The links of one or two entries are spelt out: the
    // aggregate
    // costs more at its first call than all the rest, and more entries at once are rare.
    private static final String ADVANCE = """
            with batch as (
                select %s as tenant, %s as refusable
            ), move as (
                select m.*
                  from unnest(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) with ordinality
                    as m (id, fence, signal, kind, status, outcome, error, due_at, steps, entries, pos)
            ), step as (
                select s.*
                  from unnest(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
                    as s (move, step_id, action, status, attempt, interrupted, skip_reason, input, output, error,
                          waiting_since, wake_at, deadline_no, due_at, started_at)
            ), entry as (
                select j.*
                  from unnest(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
                    as j (move, id, ord, type, actor_kind, actor_id, actor_name, resource_type, resource_id, step_id,
                          before, after, comment)
            ), locked as (
                select m.pos, e.*
                  from move m
                  left join lateral (
                      select e.id, e.journal_count, e.journal_head, e.definition_id, e.workflow_name, e.version,
                             e.due_at is not null and e.fence = m.fence
                             and (m.signal is null or e.signal = m.signal) as stands
                        from workflow_executions e
                       where e.tenant_id = (select tenant from batch) and e.id = m.id
                         for update) e on true
                 order by m.pos
            ), digested as (
                select j.*, l.id as execution_id, l.journal_count + j.ord as seq, l.definition_id, l.workflow_name,
                       l.version, l.journal_head,
                       millrace_entry_digest(batch.tenant, l.id, l.journal_count + j.ord, j.id, statement_timestamp(),
                           j.type, j.actor_kind, j.actor_id, j.actor_name, j.resource_type, j.resource_id, j.step_id,
                           l.definition_id, l.workflow_name, l.version, j.before, j.after, j.comment) as digest
                  from entry j join locked l on l.pos = j.move cross join batch
                 where l.stands
            ), linked as (
                select d.*,
                       case d.ord
                       when 1 then millrace_link(null, d.journal_head, d.digest)
                       when 2 then sha256(sha256(d.journal_head || lag(d.digest) over same) || d.digest)
                       else (select c.link
                               from (select i.ord, millrace_chain(i.journal_head, i.digest) over (order by i.ord) as link
                                       from digested i where i.move = d.move) c
                              where c.ord = d.ord) end as link
                  from digested d
                window same as (partition by d.move order by d.ord)
            ), ready as (
                select m.*, j.link
                  from move m join locked l on l.pos = m.pos
                  left join linked j on j.move = m.pos and j.ord = m.entries
                 where l.stands
            ), moved as (
                update workflow_executions e
                   set status = coalesce(m.status, e.status),
                       outcome = coalesce(m.outcome, e.outcome),
                       error = coalesce(m.error::json, e.error),
                       due_at = case m.kind when 'keep' then e.due_at else m.due_at end,
                       lease_owner = case m.kind when 'keep' then e.lease_owner end,
                       lease_until = case m.kind when 'keep' then e.lease_until end,
                       lease_losses = case when m.steps > 0 then 0 else e.lease_losses end,
                       completed_at = case m.kind when 'end' then millrace_now() end,
                       active_ms = case m.kind when 'keep' then e.active_ms else e.active_ms + coalesce(
                           1000 * extract(epoch from millrace_now() - e.active_since), 0)::bigint end,
                       active_since = case m.kind when 'keep' then e.active_since end,
                       journal_count = e.journal_count + m.entries,
                       journal_head = coalesce(m.link, e.journal_head)
                  from ready m
                 where e.tenant_id = (select tenant from batch) and e.id = m.id
            ), stepped as (
                insert into workflow_step_results as r (tenant_id, execution_id, step_id, action, status, attempt,
                       interrupted, skip_reason, input, output, error, waiting_since, wake_at, deadline_no, due_at,
                       started_at, completed_at)
                select batch.tenant, m.id, s.step_id, s.action, s.status, s.attempt, s.interrupted, s.skip_reason,
                       s.input::json, s.output::json, s.error::json, s.waiting_since, s.wake_at, s.deadline_no,
                       s.due_at, s.started_at,
                       case when s.status in ('skipped', 'completed', 'failed', 'cancelled') then millrace_now() end
                  from step s join ready m on m.pos = s.move cross join batch
                 order by s.move, s.step_id
                    on conflict (tenant_id, execution_id, step_id, item) do update
                   set status = excluded.status, attempt = excluded.attempt, interrupted = excluded.interrupted,
                       skip_reason = excluded.skip_reason, input = excluded.input, output = excluded.output,
                       error = excluded.error, waiting_since = excluded.waiting_since, wake_at = excluded.wake_at,
                       deadline_no = excluded.deadline_no, due_at = excluded.due_at,
                       started_at = excluded.started_at, completed_at = excluded.completed_at
                 where r.status in ('pending', 'running', 'waiting')
                returning 1
            ), journaled as (
                insert into workflow_journal (tenant_id, id, at, type, actor_kind, actor_id, actor_name, resource_type,
                       resource_id, execution_id, execution_seq, step_id, definition_id, workflow_name, version,
                       before, after, comment, link)
                select batch.tenant, j.id, statement_timestamp(), j.type, j.actor_kind, j.actor_id, j.actor_name,
                       j.resource_type, j.resource_id, j.execution_id, j.seq, j.step_id, j.definition_id,
                       j.workflow_name, j.version, j.before, j.after, j.comment, j.link
                  from batch, linked j
                 order by j.move, j.ord
            )
            select m.id, l.stands is true as written, millrace_now() as now,
                   case when l.stands is not true and not (select refusable from batch)
                        then millrace_refuse('MR001', 'the lease has moved on')
                        when (select count(*) from stepped) <> (select sum(steps) from ready)
                        then millrace_refuse('MR002', 'a step had ended before it was to be changed') end as refused
              from move m join locked l on l.pos = m.pos""";

    static final ArrayRows STATEMENT = new ArrayRows(
            "millrace_advance",
            ADVANCE,
            "uuid boolean"
                    + " uuid[] bigint[] int[] text[] text[] text[] text[] timestamptz[] int[] int[]"
                    + " int[] text[] text[] text[] int[] int[] text[] text[] text[] text[] timestamptz[] timestamptz[]"
                    + " int[] timestamptz[] timestamptz[]"
                    + " int[] uuid[] int[] text[] text[] text[] text[] text[] text[] text[] text[] text[] text[]");

    /** SQLSTATE of a refusal that is not allowed. */
    private static final String LEASE_LOST = "MR001";

    /**
     * The statement of a batch on a connection that has it prepared, with everything in its text: it can be sent among
     * others in one round trip.
     *
     * @param transitions all of one tenant and of different executions
     */
    String execute(UUID tenant, List<Transition> transitions) {
        return STATEMENT.execute(values(tenant, true, transitions));
    }

    /** @return the database's clock, for each execution that was written; the others were refused */
    static Map<UUID, Instant> read(ResultSet rows) throws SQLException {
        var written = new HashMap<UUID, Instant>();
        while (rows.next()) {
            if (rows.getBoolean("written")) {
                written.put(
                        rows.getObject("id", UUID.class),
                        rows.getObject("now", OffsetDateTime.class).toInstant());
            }
        }
        return written;
    }

    /**
     * Writes the transitions, all of one tenant and of different executions, in the caller's transaction.
     *
     * @return the database's clock, for each execution whose transition was written; the others were refused
     */
    public Map<UUID, Instant> advanceIn(Tx tx, List<Transition> transitions) {
        tx.afterCommit(journaled);
        try (PreparedStatement statement =
                STATEMENT.bind(tx.handle().getConnection(), values(tx.tenant(), true, transitions), "")) {
            return answer(statement);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private static Map<UUID, Instant> answer(PreparedStatement statement) throws SQLException {
        statement.execute();
        statement.getMoreResults();
        try (ResultSet rows = statement.getResultSet()) {
            return read(rows);
        }
    }

    /**
     * Writes the transition as the last statement of the caller's transaction, with its COMMIT behind it in the same
     * round trip.
     *
     * @throws LeaseLost refused: nothing of the transaction is committed
     * @throws UnknownCommitException the connection broke before the answer came
     */
    Instant advanceAndCommit(Tx tx, Transition transition) {
        tx.afterCommit(journaled);
        try (PreparedStatement statement = STATEMENT.bind(
                tx.handle().getConnection(), values(tx.tenant(), false, List.of(transition)), "; commit")) {
            return Optional.ofNullable(answer(statement).get(transition.execution()))
                    .orElseThrow(LeaseLost::new);
        } catch (SQLException e) {
            if (LEASE_LOST.equals(e.getSQLState())) {
                throw new LeaseLost();
            }
            if (Transactions.isConnectionLost(e)) {
                throw new UnknownCommitException(e);
            }
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** An id for an entry that is written later. */
    UUID nextEntry() {
        return ids.get();
    }

    /** The arrays are in the order of the executions' ids. */
    private List<String> values(UUID tenant, boolean refusable, List<Transition> transitions) {
        var moves = new ArrayColumns(10);
        var steps = new ArrayColumns(15);
        var entries = new ArrayColumns(13);
        int pos = 0;
        for (Transition t : transitions.stream()
                .sorted(Comparator.comparing(Transition::execution))
                .toList()) {
            pos++;
            add(moves, t);
            for (StepRow step : t.steps()) {
                add(steps, pos, step);
            }
            int ord = 0;
            for (Entry entry : t.entries()) {
                add(entries, pos, ++ord, entry);
            }
        }
        var values = new ArrayList<>(List.of(tenant.toString(), Boolean.toString(refusable)));
        Stream.of(moves, steps, entries).map(ArrayColumns::texts).forEach(values::addAll);
        return values;
    }

    private static void add(ArrayColumns moves, Transition t) {
        moves.plain(t.execution()).plain(t.fence()).plain(t.signal());
        switch (t.move()) {
            case Move.Keep() -> moves.plain("keep").none().none().none().none();
            case Move.Park park ->
                moves.plain("park").plain(park.status()).none().none().quoted(park.dueAt());
            case Move.End end ->
                moves.plain("end")
                        .plain(end.status())
                        .plain(end.outcome())
                        .quoted(end.error().map(AdvanceRows::json))
                        .none();
        }
        moves.plain(t.steps().size()).plain(t.entries().size());
    }

    private static void add(ArrayColumns steps, int move, StepRow step) {
        steps.plain(move)
                .quoted(step.id())
                .quoted(step.action())
                .plain(step.status().name().toLowerCase(Locale.ROOT))
                .plain(step.attempt())
                .plain(step.interrupted())
                .plain(step.skipReason())
                .quoted(step.input().map(Json::write))
                .quoted(step.output().map(Json::write))
                .quoted(step.error().map(AdvanceRows::json))
                .quoted(step.waitingSince())
                .quoted(step.wakeAt())
                .plain(step.deadlineNo())
                .quoted(step.dueAt())
                .quoted(step.startedAt());
    }

    private void add(ArrayColumns entries, int move, int ord, Entry entry) {
        entries.plain(move)
                .plain(entry.id().orElseGet(ids))
                .plain(ord)
                .plain(entry.type())
                .plain(entry.actor().kind())
                .quoted(entry.actor().id())
                .quoted(entry.actor().name())
                .plain(entry.resourceType())
                .quoted(entry.resourceId())
                .quoted(entry.step())
                .quoted(entry.before())
                .quoted(entry.after())
                .quoted(entry.comment());
    }

    private static String json(StepError error) {
        return Json.write(StepErrors.write(error));
    }
}
