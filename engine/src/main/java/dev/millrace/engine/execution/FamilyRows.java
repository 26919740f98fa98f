package dev.millrace.engine.execution;

import dev.millrace.engine.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Executions that steps of other executions started, and those that wait for their end. */
final class FamilyRows {
    // workflow_executions_children, from level to level, as long as they live.
    private static final String LIVE_BELOW = """
            with recursive below as (
                select e.id from workflow_executions e
                 where e.tenant_id = :tenant and e.parent_execution_id = :execution and e.due_at is not null
                   and (e.parent_waits or not :awaited) and (:step::text is null or e.parent_step_id = :step)
                union all
                select e.id from workflow_executions e join below b on e.parent_execution_id = b.id
                 where e.tenant_id = :tenant and e.due_at is not null
            )
            select id from below order by id""";

    List<UUID> liveBelow(Tx tx, UUID execution, Family.Below below) {
        return tx.handle()
                .createQuery(LIVE_BELOW)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .bind("awaited", below.awaited())
                .bind("step", below.step().orElse(null))
                .mapTo(UUID.class)
                .list();
    }

    // By primary key.
    private static final String AWAITING = """
            select parent_execution_id from workflow_executions
             where tenant_id = :tenant and id = :execution and parent_waits""";

    /** The execution of which a step waits for the end of this one. */
    Optional<UUID> awaiting(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(AWAITING)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .mapTo(UUID.class)
                .findOne();
    }

    // By primary key, in the order in which everybody locks.
    private static final String LOCK = """
            select id from workflow_executions
             where tenant_id = :tenant and id = any(:ids)
             order by id
               for update""";

    void lock(Tx tx, Collection<UUID> ids) {
        tx.handle()
                .createQuery(LOCK)
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, ids)
                .mapTo(UUID.class)
                .list();
    }

    /** The step that waited, and whom it waited for. */
    record Awaited(UUID parent, String step, String workflow) {}

    // By primary key, locked by the caller.
    private static final String LET_GO = """
            update workflow_executions set parent_waits = false
             where tenant_id = :tenant and id = :execution and parent_waits
            returning parent_execution_id, parent_step_id, workflow_name""";

    /** Nobody waits for the execution any more; the one who did until now, once. */
    Optional<Awaited> letGo(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(LET_GO)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .map((row, context) -> new Awaited(
                        row.getObject("parent_execution_id", UUID.class),
                        row.getString("parent_step_id"),
                        row.getString("workflow_name")))
                .findOne();
    }
}
