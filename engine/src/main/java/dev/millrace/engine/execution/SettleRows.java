package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.journal.JournalRows;
import dev.millrace.language.StepError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Changes of executions by those who hold no lease: a person's decision, a cancel. They set the signal, so that an
 * owner looks again before it parks, and never take a live lease away but for a cancel.
 */
public final class SettleRows {
    private final Runnable journaled;

    /** @param journaled called after each commit of an entry; returns at once */
    public SettleRows(Runnable journaled) {
        this.journaled = journaled;
    }

    // By primary key. Waits for a step's commit that is under way, never for its action.
    private static final String LOCK = """
            select due_at is not null as live from workflow_executions
             where tenant_id = :tenant and id = :id for update""";

    /** Locks the execution; empty if there is none, false if it is over. */
    public Optional<Boolean> lock(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(LOCK)
                .bind("tenant", tx.tenant())
                .bind("id", execution)
                .mapTo(Boolean.class)
                .findOne();
    }

    // By primary key; only a waiting step.
    private static final String SETTLE = """
            update workflow_step_results
               set status = :status, output = :output::json, error = :error::json, due_at = null,
                   completed_at = millrace_now()
             where tenant_id = :tenant and execution_id = :execution and step_id = :step and item = -1
               and status = 'waiting'""";

    /** @throws IllegalStateException the step does not wait: the request and the step tell different stories */
    public void complete(Tx tx, UUID execution, String step, JsonNode output) {
        insist(completeIfWaiting(tx, execution, step, output), execution, step);
    }

    /** @throws IllegalStateException the step does not wait: the request and the step tell different stories */
    public void fail(Tx tx, UUID execution, String step, StepError error) {
        insist(failIfWaiting(tx, execution, step, error), execution, step);
    }

    /** False: the step waits no more. */
    public boolean completeIfWaiting(Tx tx, UUID execution, String step, JsonNode output) {
        return settle(tx, execution, step, "completed", Optional.of(Json.write(output)), Optional.empty());
    }

    /** False: the step waits no more. */
    public boolean failIfWaiting(Tx tx, UUID execution, String step, StepError error) {
        return settle(
                tx, execution, step, "failed", Optional.empty(), Optional.of(Json.write(StepErrors.write(error))));
    }

    private static void insist(boolean settled, UUID execution, String step) {
        if (!settled) {
            throw new IllegalStateException("step " + step + " of execution " + execution + " does not wait");
        }
    }

    private static boolean settle(
            Tx tx, UUID execution, String step, String status, Optional<String> output, Optional<String> error) {
        return tx.handle()
                        .createUpdate(SETTLE)
                        .bind("status", status)
                        .bind("output", output.orElse(null))
                        .bind("error", error.orElse(null))
                        .bind("tenant", tx.tenant())
                        .bind("execution", execution)
                        .bind("step", step)
                        .execute()
                == 1;
    }

    // By primary key, locked by the caller.
    private static final String CHANGE = """
            with moved as (
                update workflow_executions
                   set %s journal_count = journal_count + 1,
                       journal_head = millrace_link(null, journal_head, millrace_entry_digest(:tenant, :execution,
                           journal_count + 1, :id, statement_timestamp(), :type, :actorKind, :actorId, :actorName,
                           :resourceType, :resourceId, :step, definition_id, workflow_name, version, :before, :after,
                           :comment))
                 where tenant_id = :tenant and id = :execution
                returning journal_count, journal_head, definition_id, workflow_name, version
            )
            insert into workflow_journal (tenant_id, id, type, actor_kind, actor_id, actor_name, resource_type,
                   resource_id, execution_id, execution_seq, step_id, definition_id, workflow_name, version, before,
                   after, comment, at, link)
            select :tenant, :id, :type, :actorKind, :actorId, :actorName, :resourceType, :resourceId, :execution,
                   moved.journal_count, :step, moved.definition_id, moved.workflow_name, moved.version, :before, :after,
                   :comment, statement_timestamp(), moved.journal_head
              from moved""";

    // A live lease keeps its due_at: its owner sees the signal before it parks.
    private static final String SIGNAL = CHANGE.formatted("""
            status = 'running', signal = signal + 1,
                       due_at = case when lease_until > millrace_now() then due_at else millrace_now() end,""");

    private static final String NOTE = CHANGE.formatted("");

    // The fence makes whoever runs it stop.
    private static final String CANCEL = CHANGE.formatted("""
            status = 'cancelled', outcome = 'cancelled', fence = fence + 1, due_at = null, lease_owner = null,
                       lease_until = null, completed_at = millrace_now(), active_since = null,
                       active_ms = active_ms + coalesce(
                           1000 * extract(epoch from millrace_now() - active_since), 0)::bigint,
                       signal = signal + 1,""");

    // By the first columns of the primary key.
    private static final String CANCEL_STEPS = """
            update workflow_step_results
               set status = 'cancelled', due_at = null, completed_at = millrace_now()
             where tenant_id = :tenant and execution_id = :execution and status in ('pending', 'running', 'waiting')""";

    /** Wakes the execution and journals why. */
    public void signal(Tx tx, UUID execution, UUID id, Entry entry) {
        change(tx, SIGNAL, execution, id, entry);
    }

    /** Journals something about the execution that its owner need not look at. */
    public void note(Tx tx, UUID execution, UUID id, Entry entry) {
        change(tx, NOTE, execution, id, entry);
    }

    // By primary key; only a waiting step.
    private static final String HASTEN = """
            update workflow_step_results set due_at = least(due_at, :at)
             where tenant_id = :tenant and execution_id = :execution and step_id = :step and item = -1
               and status = 'waiting'""";

    /** A waiting step is to be looked at by {@code at}; to be signalled too. False if it does not wait. */
    public boolean hasten(Tx tx, UUID execution, String step, Instant at) {
        return tx.handle()
                        .createUpdate(HASTEN)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .bind("tenant", tx.tenant())
                        .bind("execution", execution)
                        .bind("step", step)
                        .execute()
                == 1;
    }

    /** Ends the execution at once, whoever runs it. Of a call that is under way nobody knows what it did. */
    public void cancel(Tx tx, UUID execution, Supplier<UUID> ids, Entry entry) {
        CallRows.underWay(tx, execution)
                .forEach(step -> note(tx, execution, ids.get(), unknownEffect(execution, step)));
        change(tx, CANCEL, execution, ids.get(), entry);
        tx.handle()
                .createUpdate(CANCEL_STEPS)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .execute();
    }

    private static Entry unknownEffect(UUID execution, String step) {
        return Entry.ofStep("workflow.effect_unknown", execution, step, "running", "cancelled")
                .saying(
                        "its call was under way when the execution was cancelled: it may or may not have had its effect");
    }

    private void change(Tx tx, String sql, UUID execution, UUID id, Entry entry) {
        JournalRows.bind(tx.handle().createUpdate(sql), entry)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .bind("id", id)
                .execute();
        tx.afterCommit(journaled);
    }
}
