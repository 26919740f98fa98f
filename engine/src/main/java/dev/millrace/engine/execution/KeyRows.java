package dev.millrace.engine.execution;

import dev.millrace.engine.Tx;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rows of {@code workflow_keys} and {@code workflow_key_queue}: who runs for a key, and who waits to. */
public final class KeyRows {
    /** A key of one definition. */
    public record Key(String workflow, String key) {}

    // workflow_keys_pkey decides between two that come at once.
    private static final String TAKE = """
            insert into workflow_keys (tenant_id, workflow_name, key, execution_id)
            values (:tenant, :workflow, :key, :execution)
                on conflict do nothing""";

    // Locked, so that the holder does not end between this look and a place in the queue.
    private static final String HOLDER = """
            select execution_id from workflow_keys
             where tenant_id = :tenant and workflow_name = :workflow and key = :key
               for update""";

    /** Takes a free key. @return who holds it now, locked until the end of the transaction */
    public UUID take(Tx tx, Key key, UUID execution) {
        while (true) {
            bind(tx.handle().createUpdate(TAKE), tx, key, execution).execute();
            Optional<UUID> holder = bind(tx.handle().createQuery(HOLDER), tx, key)
                    .mapTo(UUID.class)
                    .findOne();
            if (holder.isPresent()) {
                return holder.get();
            }
        }
    }

    private static final String QUEUE = """
            insert into workflow_key_queue (tenant_id, workflow_name, key, execution_id)
            values (:tenant, :workflow, :key, :execution)
                on conflict do nothing""";

    /** Under the lock of {@link #take}. */
    void queue(Tx tx, Key key, UUID execution) {
        bind(tx.handle().createUpdate(QUEUE), tx, key, execution).execute();
    }

    // workflow_key_queue_execution.
    private static final String LEAVE = """
            delete from workflow_key_queue where tenant_id = :tenant and execution_id = :execution""";

    // workflow_keys_execution.
    private static final String HELD_WITHOUT_LOCK = """
            select workflow_name, key from workflow_keys
             where tenant_id = :tenant and execution_id = :execution""";

    private static final String HELD = HELD_WITHOUT_LOCK + " for update";

    /** Without a lock: nobody but the execution's own end takes it away. */
    boolean holds(Tx tx, UUID execution) {
        return tx.handle()
                .createQuery("select exists (" + HELD_WITHOUT_LOCK + ")")
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .mapTo(Boolean.class)
                .one();
    }

    /** The execution is over: its key goes to whoever has waited longest, who is due at once. */
    public void release(Tx tx, UUID execution) {
        tx.handle()
                .createUpdate(LEAVE)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .execute();
        tx.handle()
                .createQuery(HELD)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .map((row, context) -> new Key(row.getString("workflow_name"), row.getString("key")))
                .findOne()
                .ifPresent(key -> handOn(tx, key));
    }

    // workflow_key_queue_pkey. Who is being cancelled at this moment is passed over. Materialized: a join would look
    // for
    // the first again for each row, and find another one.
    private static final String NEXT = """
            with first as materialized (
                select execution_id from workflow_key_queue
                 where tenant_id = :tenant and workflow_name = :workflow and key = :key
                 order by queued_at, execution_id
                 limit 1
                   for update skip locked
            )
            delete from workflow_key_queue q
             using first
             where q.tenant_id = :tenant and q.workflow_name = :workflow and q.key = :key
               and q.execution_id = first.execution_id
            returning q.execution_id""";

    private static final String HAND_ON = """
            update workflow_keys set execution_id = :execution
             where tenant_id = :tenant and workflow_name = :workflow and key = :key""";

    private static final String FREE = """
            delete from workflow_keys where tenant_id = :tenant and workflow_name = :workflow and key = :key""";

    // By primary key.
    private static final String WAKE = """
            update workflow_executions
               set signal = signal + 1,
                   due_at = case when lease_until > millrace_now() then due_at else millrace_now() end
             where tenant_id = :tenant and id = :execution and due_at is not null""";

    private static void handOn(Tx tx, Key key) {
        Optional<UUID> next =
                bind(tx.handle().createQuery(NEXT), tx, key).mapTo(UUID.class).findOne();
        if (next.isEmpty()) {
            bind(tx.handle().createUpdate(FREE), tx, key).execute();
            return;
        }
        bind(tx.handle().createUpdate(HAND_ON), tx, key, next.get()).execute();
        tx.handle()
                .createUpdate(WAKE)
                .bind("tenant", tx.tenant())
                .bind("execution", next.get())
                .execute();
    }

    private static <T extends SqlStatement<T>> T bind(T statement, Tx tx, Key key, UUID execution) {
        return bind(statement, tx, key).bind("execution", execution);
    }

    private static <T extends SqlStatement<T>> T bind(T statement, Tx tx, Key key) {
        return statement
                .bind("tenant", tx.tenant())
                .bind("workflow", key.workflow())
                .bind("key", key.key());
    }
}
