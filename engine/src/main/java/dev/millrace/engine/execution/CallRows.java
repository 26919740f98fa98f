package dev.millrace.engine.execution;

import dev.millrace.engine.Tx;
import java.util.List;
import java.util.UUID;

/** Calls to the outside that were under way when their execution was cancelled. */
final class CallRows {
    // By the first columns of workflow_step_results_pkey, and workflow_journal_execution. A row is durable as running
    // before its call begins. So is that of a list while its items are at work, whose entry says how many they are.
    private static final String UNDER_WAY = """
            select s.step_id from workflow_step_results s
             where s.tenant_id = :tenant and s.execution_id = :execution and s.status = 'running'
               and exists (select from workflow_journal j
                            where j.tenant_id = :tenant and j.execution_id = :execution and j.step_id = s.step_id
                              and j.type = 'workflow.step_started' and j.comment is null)
             order by s.step_id""";

    /** Steps whose call was begun and has not answered. */
    static List<String> underWay(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery(UNDER_WAY)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .mapTo(String.class)
                .list();
    }

    // Both by primary key.
    private static final String LOCK_CANCELLED = """
            select true
              from workflow_executions e
              join workflow_step_results s
                on s.tenant_id = e.tenant_id and s.execution_id = e.id and s.step_id = :step and s.item = -1
             where e.tenant_id = :tenant and e.id = :execution and e.status = 'cancelled'
               and s.status = 'cancelled' and s.attempt = :attempt
               for update of e""";

    /** Whether the execution was cancelled during this attempt; if so, its row is locked. */
    static boolean lockCancelled(Tx tx, UUID execution, StepRow attempt) {
        return tx.handle()
                .createQuery(LOCK_CANCELLED)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .bind("step", attempt.id())
                .bind("attempt", attempt.attempt())
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    private CallRows() {}
}
