package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.BulkAction;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.Tx;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Rows of {@code bulk_actions} and {@code bulk_items}. */
public final class BulkRows {
    private final Jdbi jdbi;

    /** @param jdbi for the one look across tenants */
    public BulkRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    // As the list of executions walks, stopping behind the most that count.
    private static String matched(ExecutionFilter filter) {
        return "select e.id from workflow_executions e where e.tenant_id = :tenant" + FilterRows.sql(filter)
                + " limit :most + 1";
    }

    /** How many executions the filter finds; {@code most} + 1 if there are more. */
    public int count(Tx tx, ExecutionFilter filter, int most) {
        String sql = "select count(*) from (" + matched(filter) + ") matched";
        Query query = tx.handle().createQuery(sql).bind("tenant", tx.tenant()).bind("most", most);
        return FilterRows.bind(query, filter).mapTo(Integer.class).one();
    }

    // One statement, so that what is counted is what is stored.
    private static final String START = """
            ), counted as (
                select count(*)::int as found from matched
            ), started as (
                insert into bulk_actions (tenant_id, id, action, latest, comment, actor, total)
                select :tenant, :id, :action, :latest, :comment, :actor::json, found
                  from counted where found = :expected and found between 1 and :most
                returning id
            ), stored as (
                insert into bulk_items (tenant_id, bulk_id, execution_id)
                select :tenant, started.id, matched.id from started cross join matched
            )
            select found from counted""";

    /**
     * Stores the action with an item for each execution that the filter finds, if there are as many as expected.
     *
     * @return how many there are; {@code most} + 1 if there are more
     */
    public int start(Tx tx, UUID id, BulkAction.Order order, Actor by, int most) {
        Query query = tx.handle()
                .createQuery("with matched as materialized (" + matched(order.filter()) + START)
                .bind("tenant", tx.tenant())
                .bind("most", most)
                .bind("id", id)
                .bind("action", word(order.kind()))
                .bind("latest", order.latest())
                .bind("comment", order.comment().orElse(null))
                .bind("actor", Actors.write(by))
                .bind("expected", order.expected());
        return FilterRows.bind(query, order.filter()).mapTo(Integer.class).one();
    }

    private static String word(BulkAction.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    // bulk_actions_pkey; its items by the first columns of bulk_items_pkey.
    private static final String FIND = """
            select b.action, b.total, b.created_at, b.finished_at,
                   count(*) filter (where i.state = 'done') as done,
                   count(*) filter (where i.state = 'refused') as refused
              from bulk_actions b join bulk_items i on i.tenant_id = b.tenant_id and i.bulk_id = b.id
             where b.tenant_id = :tenant and b.id = :id
             group by b.tenant_id, b.id""";

    // bulk_items_refused.
    private static final String REFUSALS = """
            select execution_id, code, message from bulk_items
             where tenant_id = :tenant and bulk_id = :id and state = 'refused'
             order by execution_id
             limit :limit""";

    /** @param refusals at most so many, the oldest execution first */
    public Optional<BulkAction> find(Tx tx, UUID id, int refusals) {
        List<BulkAction.Refusal> refused = tx.handle()
                .createQuery(REFUSALS)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("limit", refusals)
                .map((row, context) -> new BulkAction.Refusal(
                        row.getObject("execution_id", UUID.class), row.getString("code"), row.getString("message")))
                .list();
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> new BulkAction(
                        id,
                        BulkAction.Kind.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                        row.getInt("total"),
                        row.getInt("done"),
                        row.getInt("refused"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        refused))
                .findOne();
    }

    /** Tenants with a slice to be done now. */
    public List<UUID> tenants() {
        return jdbi.withHandle(h -> h.createQuery("select millrace_bulk_tenants()")
                .mapTo(UUID.class)
                .list());
    }

    /**
     * What is to be done to each item.
     *
     * @param latest of a retry: under the newest live version
     */
    public record Task(UUID id, BulkAction.Kind kind, boolean latest, Optional<String> comment, Actor by) {}

    // bulk_actions_open. Who takes a slice puts off the next one; another node that is at it is passed over.
    private static final String TAKE_SLICES = """
            update bulk_actions b
               set next_at = statement_timestamp() + :pauseMs * interval '1 ms'
              from (select id from bulk_actions
                     where tenant_id = :tenant and finished_at is null and next_at <= statement_timestamp()
                     order by next_at
                       for update skip locked) due
             where b.tenant_id = :tenant and b.id = due.id
            returning b.id, b.action, b.latest, b.comment, b.actor""";

    /**
     * Actions of which the caller is to do a slice now.
     *
     * @param pause until the next one
     */
    public List<Task> takeSlices(Tx tx, Duration pause) {
        return tx.handle()
                .createQuery(TAKE_SLICES)
                .bind("tenant", tx.tenant())
                .bind("pauseMs", pause.toMillis())
                .map((row, context) -> new Task(
                        row.getObject("id", UUID.class),
                        BulkAction.Kind.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                        row.getBoolean("latest"),
                        Optional.ofNullable(row.getString("comment")),
                        Actors.read(row.getString("actor"))))
                .list();
    }

    // bulk_items_pending.
    private static final String PENDING = """
            select execution_id from bulk_items
             where tenant_id = :tenant and bulk_id = :bulk and state = 'pending'
             order by execution_id
             limit :limit""";

    /** Executions that are still to be done, the oldest first. */
    public List<UUID> pending(Tx tx, UUID bulk, int limit) {
        return tx.handle()
                .createQuery(PENDING)
                .bind("tenant", tx.tenant())
                .bind("bulk", bulk)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    // bulk_items_pkey. Locked before the execution, by nobody else.
    private static final String LOCK = """
            select true from bulk_items
             where tenant_id = :tenant and bulk_id = :bulk and execution_id = :execution and state = 'pending'
               for update skip locked""";

    /** False if it is done, or another node is at it. */
    public boolean lock(Tx tx, UUID bulk, UUID execution) {
        return tx.handle()
                .createQuery(LOCK)
                .bind("tenant", tx.tenant())
                .bind("bulk", bulk)
                .bind("execution", execution)
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    // bulk_items_pkey.
    private static final String SETTLE = """
            update bulk_items set state = :state, code = :code, message = :message
             where tenant_id = :tenant and bulk_id = :bulk and execution_id = :execution and state = 'pending'""";

    public void done(Tx tx, UUID bulk, UUID execution) {
        settle(tx, bulk, execution, "done", Optional.empty(), Optional.empty());
    }

    public void refused(Tx tx, UUID bulk, UUID execution, String code, String message) {
        settle(tx, bulk, execution, "refused", Optional.of(code), Optional.of(message));
    }

    private static void settle(
            Tx tx, UUID bulk, UUID execution, String state, Optional<String> code, Optional<String> message) {
        tx.handle()
                .createUpdate(SETTLE)
                .bind("state", state)
                .bind("code", code.orElse(null))
                .bind("message", message.orElse(null))
                .bind("tenant", tx.tenant())
                .bind("bulk", bulk)
                .bind("execution", execution)
                .execute();
    }

    // bulk_actions_pkey, bulk_items_pending.
    private static final String FINISH = """
            update bulk_actions set finished_at = statement_timestamp()
             where tenant_id = :tenant and id = :bulk and finished_at is null
               and not exists (select from bulk_items
                                where tenant_id = :tenant and bulk_id = :bulk and state = 'pending')""";

    /** The action is over if nothing of it is pending. */
    public void finishIfDone(Tx tx, UUID bulk) {
        tx.handle()
                .createUpdate(FINISH)
                .bind("tenant", tx.tenant())
                .bind("bulk", bulk)
                .execute();
    }
}
