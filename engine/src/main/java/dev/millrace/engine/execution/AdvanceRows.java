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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one statement that moves executions on: their rows, their steps' rows and their journal entries, for any
 * number of executions of one tenant. Locks the executions in the order of their ids. What is to be written comes as
 * one JSON document.
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
    // or is over. A step that has ended already, and a refusal where the document says that none is allowed, end it
    // with an error: a COMMIT sent behind it does not happen.
    private static final String ADVANCE = """
            with batch as (
                select %s::uuid as tenant, %s::json as doc
            ), move as (
                select m.*
                  from batch, json_to_recordset(batch.doc -> 'moves')
                    as m (id uuid, fence bigint, signal int, kind text, status text, outcome text, error json,
                          due_at timestamptz, steps int, entries int)
            ), step as (
                select s.*
                  from batch, json_to_recordset(batch.doc -> 'steps')
                    as s (execution_id uuid, step_id text, action text, status text, attempt int, interrupted int,
                          skip_reason text, input json, output json, error json, waiting_since timestamptz,
                          wake_at timestamptz, deadline_no int, due_at timestamptz, started_at timestamptz)
            ), entry as (
                select j.*
                  from batch, json_to_recordset(batch.doc -> 'entries')
                    as j (id uuid, execution_id uuid, ord int, type text, actor_kind text, actor_id text,
                          actor_name text, resource_type text, resource_id text, step_id text, before text, after text,
                          comment text)
            ), locked as (
                select e.id, e.journal_count, e.journal_head, e.definition_id, e.workflow_name, e.version
                  from workflow_executions e join move m on m.id = e.id
                 where e.tenant_id = (select tenant from batch) and e.fence = m.fence and e.due_at is not null
                   and (m.signal is null or e.signal = m.signal)
                 order by e.tenant_id, e.id
                   for update of e
            ), linked as (
                select j.*, e.journal_count + j.ord as seq, e.definition_id, e.workflow_name, e.version,
                       millrace_chain(e.journal_head, millrace_entry_digest(batch.tenant, j.execution_id,
                           e.journal_count + j.ord, j.id, statement_timestamp(), j.type, j.actor_kind, j.actor_id,
                           j.actor_name, j.resource_type, j.resource_id, j.step_id, e.definition_id, e.workflow_name,
                           e.version, j.before, j.after, j.comment))
                           over (partition by j.execution_id order by j.ord) as link
                  from batch, entry j join locked e on e.id = j.execution_id
            ), moved as (
                update workflow_executions e
                   set status = coalesce(m.status, e.status),
                       outcome = coalesce(m.outcome, e.outcome),
                       error = coalesce(m.error, e.error),
                       due_at = case m.kind when 'keep' then e.due_at else m.due_at end,
                       lease_owner = case m.kind when 'keep' then e.lease_owner end,
                       lease_until = case m.kind when 'keep' then e.lease_until end,
                       lease_losses = case when m.steps > 0 then 0 else e.lease_losses end,
                       completed_at = case m.kind when 'end' then millrace_now() end,
                       active_ms = case m.kind when 'keep' then e.active_ms else e.active_ms + coalesce(
                           1000 * extract(epoch from millrace_now() - e.active_since), 0)::bigint end,
                       active_since = case m.kind when 'keep' then e.active_since end,
                       journal_count = e.journal_count + m.entries,
                       journal_head = coalesce(l.link, e.journal_head)
                  from move m join locked using (id)
                  left join linked l on l.execution_id = m.id and l.ord = m.entries
                 where e.tenant_id = (select tenant from batch) and e.id = m.id
                returning e.id
            ), stepped as (
                insert into workflow_step_results as r (tenant_id, execution_id, step_id, action, status, attempt,
                       interrupted, skip_reason, input, output, error, waiting_since, wake_at, deadline_no, due_at,
                       started_at, completed_at)
                select batch.tenant, s.execution_id, s.step_id, s.action, s.status, s.attempt, s.interrupted,
                       s.skip_reason, s.input, s.output, s.error, s.waiting_since, s.wake_at, s.deadline_no, s.due_at,
                       s.started_at,
                       case when s.status in ('skipped', 'completed', 'failed', 'cancelled') then millrace_now() end
                  from batch, step s join moved on moved.id = s.execution_id
                 order by s.execution_id, s.step_id
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
                 order by j.execution_id, j.ord
            )
            select m.id, moved.id is not null as written, millrace_now() as now,
                   case when moved.id is null and batch.doc ->> 'refusable' = 'false'
                        then millrace_refuse('MR001', 'the lease has moved on')
                        when (select count(*) from stepped) <> (select sum(steps) from move join moved using (id))
                        then millrace_refuse('MR002', 'a step had ended before it was to be changed') end as refused
              from batch, move m left join moved using (id)""";

    private static final String PREPARED = ADVANCE.formatted("?", "?");

    private static final String AND_COMMIT = PREPARED + "; commit";

    /** What {@link #execute} runs: once for each connection. */
    static final String PREPARE = "prepare millrace_advance (uuid, text) as " + ADVANCE.formatted("$1", "$2");

    /** SQLSTATE of a refusal that is not allowed. */
    private static final String LEASE_LOST = "MR001";

    /**
     * The statement of a batch on a connection that has it prepared, with everything in its text: it can be sent among
     * others in one round trip.
     *
     * @param transitions all of one tenant and of different executions
     */
    String execute(UUID tenant, List<Transition> transitions) {
        // Standard-conforming strings: a quote is the only character that means something.
        return "execute millrace_advance ('" + tenant + "', '"
                + Json.write(document(transitions, true)).replace("'", "''") + "')";
    }

    /** @return the database's clock, for each execution whose transition was written; the others were refused */
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
        try (PreparedStatement statement = tx.handle().getConnection().prepareStatement(PREPARED)) {
            bind(statement, tx, document(transitions, true));
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
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
        try (PreparedStatement statement = tx.handle().getConnection().prepareStatement(AND_COMMIT)) {
            bind(statement, tx, document(List.of(transition), false));
            statement.execute();
            try (ResultSet rows = statement.getResultSet()) {
                return Optional.ofNullable(read(rows).get(transition.execution()))
                        .orElseThrow(LeaseLost::new);
            }
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

    private static void bind(PreparedStatement statement, Tx tx, ObjectNode document) throws SQLException {
        statement.setObject(1, tx.tenant());
        statement.setString(2, Json.write(document));
    }

    private ObjectNode document(List<Transition> transitions, boolean refusable) {
        ObjectNode document = Json.object();
        document.put("refusable", refusable);
        ArrayNode moves = document.putArray("moves");
        ArrayNode steps = document.putArray("steps");
        ArrayNode entries = document.putArray("entries");
        transitions.stream().sorted(Comparator.comparing(Transition::execution)).forEach(t -> {
            writeMove(moves.addObject(), t);
            t.steps().forEach(step -> writeStep(steps.addObject(), t.execution(), step));
            int ord = 0;
            for (Entry entry : t.entries()) {
                writeEntry(entries.addObject(), t.execution(), ++ord, entry);
            }
        });
        return document;
    }

    private static void writeMove(ObjectNode json, Transition t) {
        json.put("id", t.execution().toString());
        json.put("fence", t.fence());
        t.signal().ifPresent(signal -> json.put("signal", signal));
        json.put("steps", t.steps().size());
        json.put("entries", t.entries().size());
        switch (t.move()) {
            case Move.Keep() -> json.put("kind", "keep");
            case Move.Park park ->
                json.put("kind", "park")
                        .put("status", park.status())
                        .put("due_at", park.dueAt().toString());
            case Move.End end -> {
                json.put("kind", "end").put("status", end.status()).put("outcome", end.outcome());
                writeError(json, end.error());
            }
        }
    }

    private static void writeStep(ObjectNode json, UUID execution, StepRow step) {
        json.put("execution_id", execution.toString());
        json.put("step_id", step.id());
        json.put("action", step.action());
        json.put("status", step.status().name().toLowerCase(Locale.ROOT));
        json.put("attempt", step.attempt());
        json.put("interrupted", step.interrupted());
        step.skipReason().ifPresent(reason -> json.put("skip_reason", reason));
        step.input().ifPresent(input -> json.set("input", input));
        step.output().ifPresent(output -> json.set("output", output));
        writeError(json, step.error());
        step.waitingSince().ifPresent(at -> json.put("waiting_since", at.toString()));
        step.wakeAt().ifPresent(at -> json.put("wake_at", at.toString()));
        json.put("deadline_no", step.deadlineNo());
        step.dueAt().ifPresent(at -> json.put("due_at", at.toString()));
        step.startedAt().ifPresent(at -> json.put("started_at", at.toString()));
    }

    private void writeEntry(ObjectNode json, UUID execution, int ord, Entry entry) {
        json.put("id", ids.get().toString());
        json.put("execution_id", execution.toString());
        json.put("ord", ord);
        json.put("type", entry.type());
        json.put("actor_kind", entry.actor().kind());
        entry.actor().id().ifPresent(id -> json.put("actor_id", id));
        json.put("actor_name", entry.actor().name());
        json.put("resource_type", entry.resourceType());
        json.put("resource_id", entry.resourceId());
        entry.step().ifPresent(step -> json.put("step_id", step));
        entry.before().ifPresent(before -> json.put("before", before));
        entry.after().ifPresent(after -> json.put("after", after));
        entry.comment().ifPresent(comment -> json.put("comment", comment));
    }

    private static void writeError(ObjectNode json, Optional<StepError> error) {
        error.ifPresent(e -> json.set("error", StepErrors.write(e)));
    }
}
