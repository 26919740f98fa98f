package dev.millrace.engine.execution;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.language.Definition;
import dev.millrace.language.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Rows of finished executions that are to live again. */
public final class RetryRows {
    /** @param status as the row has it; {@code over} if that is final */
    public record Ended(String status, boolean over) {}

    // By primary key.
    private static final String LOCK = """
            select status, due_at is null as over from workflow_executions
             where tenant_id = :tenant and id = :id for update""";

    /** Locks the execution; empty if there is none. */
    public Optional<Ended> lock(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(LOCK)
                .bind("tenant", tx.tenant())
                .bind("id", execution)
                .map((row, context) -> new Ended(row.getString("status"), row.getBoolean("over")))
                .findOne();
    }

    /** How far an execution came, as its steps' rows say. */
    public static Progress progress(Definition definition, List<StepRow> steps) {
        return new RunState(Units.lists(definition), steps).progress();
    }

    // By primary key. All attempts so far count as cut short: the step has all of its attempts again, and numbers go
    // on.
    private static final String SET_BACK = """
            update workflow_step_results r
               set status = u.status, action = u.action, interrupted = r.attempt, skip_reason = null, output = null,
                   error = null, waiting_since = null, wake_at = null, deadline_no = 0, due_at = null,
                   started_at = case u.status when 'running' then r.started_at end, completed_at = null
              from unnest(:units::text[], :actions::text[], :statuses::text[]) as u (step_id, action, status)
             where r.tenant_id = :tenant and r.execution_id = :execution and r.step_id = u.step_id and r.item = -1""";

    /**
     * Takes results back. A list whose items are known goes on with them; what {@code definition} has no more stays as
     * it is.
     */
    public void setBack(Tx tx, UUID execution, Definition definition, List<StepRow> rows, Set<String> units) {
        Set<String> lists = Units.lists(definition);
        Units known = Units.of(definition);
        List<StepRow> back = rows.stream()
                .filter(row -> units.contains(row.id()) && known.find(row.id()).isPresent())
                .toList();
        tx.handle()
                .createUpdate(SET_BACK)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .bindArray("units", String.class, back.stream().map(StepRow::id).toList())
                .bindArray(
                        "actions",
                        String.class,
                        back.stream().map(row -> known.get(row.id()).action()).toList())
                .bindArray(
                        "statuses",
                        String.class,
                        back.stream()
                                .map(row -> lists.contains(row.id()) && ItemList.isKnown(row) ? "running" : "pending")
                                .toList())
                .execute();
    }

    // By primary key, locked by the caller.
    private static final String REVIVE = """
            update workflow_executions
               set status = 'running', outcome = null, error = null, completed_at = null, due_at = millrace_now(),
                   fence = fence + 1, lease_losses = 0, active_ms = 0, active_since = null,
                   definition_id = :definition, version = :version
             where tenant_id = :tenant and id = :id and due_at is null""";

    /** Makes it due at once, under a version, with all of its running time before it. */
    public void revive(Tx tx, UUID execution, StoredDefinition definition) {
        tx.handle()
                .createUpdate(REVIVE)
                .bind("definition", definition.id())
                .bind("version", definition.version())
                .bind("tenant", tx.tenant())
                .bind("id", execution)
                .execute();
    }
}
