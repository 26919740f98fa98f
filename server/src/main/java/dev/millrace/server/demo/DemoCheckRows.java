package dev.millrace.server.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What the tables themselves say after a run, read past the server and by no code of its. */
final class DemoCheckRows {
    private final Jdbi jdbi;
    private final UUID tenant;

    /** @param jdbi connects as the role that serves, so row-level security holds here too */
    DemoCheckRows(Jdbi jdbi, String slug) {
        this.jdbi = jdbi;
        this.tenant = jdbi.withHandle(h -> h.createQuery("select millrace_tenant_by_slug(:slug)")
                .bind("slug", slug)
                .mapTo(UUID.class)
                .one());
    }

    /**
     * One order and everything that happened to it.
     *
     * @param small up to the limit, so that a rule approves it
     * @param locked approved, with the time of its locking
     * @param live executions that are not finished
     * @param verdict of its last decided request: {@code approved}, {@code rejected}
     */
    record OrderFacts(
            UUID id,
            String number,
            boolean small,
            String status,
            boolean locked,
            int executions,
            int live,
            int requests,
            int pending,
            int decided,
            Optional<String> verdict,
            int approvedEvents,
            int cancelledEvents) {}

    // Indexes: workflow_executions_history by name; events are read whole, which is a few hundred rows.
    private static final String ORDERS = """
            with run as (
                select e.id, e.due_at, e.trigger->>'id' as order_id
                  from workflow_executions e
                 where e.tenant_id = :tenant and e.workflow_name = 'purchase-order-approval'
            ), asked as (
                select a.entity_id, count(*) as requests,
                       count(*) filter (where a.status = 'pending') as pending,
                       count(*) filter (where a.status in ('approved', 'rejected')) as decided,
                       (array_agg(a.status order by a.decided_at desc)
                           filter (where a.status in ('approved', 'rejected')))[1] as verdict
                  from approval_requests a
                 where a.tenant_id = :tenant and a.entity_type = 'purchase_order'
                 group by a.entity_id
            ), told as (
                select v.payload->>'id' as order_id,
                       count(*) filter (where v.name = 'purchase_order.approved') as approved,
                       count(*) filter (where v.name = 'purchase_order.cancelled') as cancelled
                  from workflow_events v
                 where v.tenant_id = :tenant and v.name in ('purchase_order.approved', 'purchase_order.cancelled')
                 group by 1
            )
            select o.id, o.number, o.amount_base <= :limit as small, o.status,
                   o.status in ('approved', 'partially_received', 'received', 'closed') and o.locked_at is not null as locked,
                   (select count(*) from run where run.order_id = o.id::text) as executions,
                   (select count(*) from run where run.order_id = o.id::text and run.due_at is not null) as live,
                   coalesce(asked.requests, 0) as requests, coalesce(asked.pending, 0) as pending,
                   coalesce(asked.decided, 0) as decided, asked.verdict,
                   coalesce(told.approved, 0) as approved_events, coalesce(told.cancelled, 0) as cancelled_events
              from purchase_orders o
              left join asked on asked.entity_id = o.id
              left join told on told.order_id = o.id::text
             where o.tenant_id = :tenant
             order by o.id""";

    List<OrderFacts> orders() {
        return inTenant(h -> h.createQuery(ORDERS)
                .bind("tenant", tenant)
                .bind("limit", OrderBook.LIMIT)
                .map((row, context) -> new OrderFacts(
                        row.getObject("id", UUID.class),
                        row.getString("number"),
                        row.getBoolean("small"),
                        row.getString("status"),
                        row.getBoolean("locked"),
                        row.getInt("executions"),
                        row.getInt("live"),
                        row.getInt("requests"),
                        row.getInt("pending"),
                        row.getInt("decided"),
                        Optional.ofNullable(row.getString("verdict")),
                        row.getInt("approved_events"),
                        row.getInt("cancelled_events")))
                .list());
    }

    /**
     * What the journal tells of steps.
     *
     * @param completed how many steps
     * @param repeated those told of as completed more than once: "step of execution …"
     */
    record Steps(int completed, List<String> repeated) {
        Steps {
            repeated = List.copyOf(repeated);
        }
    }

    // Index: workflow_journal_execution.
    private static final String STEPS = """
            select j.step_id || ' of execution ' || j.execution_id as step, count(*) as times
              from workflow_journal j
             where j.tenant_id = :tenant and j.type in ('workflow.step_completed', 'workflow.approval_granted')
               and j.execution_id is not null
             group by j.execution_id, j.step_id""";

    Steps steps() {
        Map<String, Integer> times = inTenant(h -> counted(h, STEPS, "step", "times"));
        return new Steps(
                times.size(),
                times.entrySet().stream()
                        .filter(step -> step.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Executions that are not finished: a person is awaited, or the engine is at work on them. */
    record Live(Set<UUID> waiting, Set<UUID> working) {
        Set<UUID> all() {
            return Stream.concat(waiting.stream(), working.stream()).collect(Collectors.toUnmodifiableSet());
        }

        int count() {
            return waiting.size() + working.size();
        }
    }

    // Index: workflow_executions_due.
    private static final String LIVE = """
            select e.id from workflow_executions e
             where e.tenant_id = :tenant and e.due_at is not null
               and (e.status = 'awaiting_approval' and e.lease_owner is null) = :waiting""";

    Live live() {
        return inTenant(h -> new Live(liveIds(h, true), liveIds(h, false)));
    }

    private Set<UUID> liveIds(Handle handle, boolean waiting) {
        return Set.copyOf(handle.createQuery(LIVE)
                .bind("tenant", tenant)
                .bind("waiting", waiting)
                .mapTo(UUID.class)
                .list());
    }

    /** How many executions ended how. */
    Map<String, Integer> outcomes() {
        return counts("""
                select coalesce(e.outcome, e.status) as name, count(*) as number from workflow_executions e
                 where e.tenant_id = :tenant group by 1 order by 2 desc""");
    }

    /** How many requests for approval ended how. */
    Map<String, Integer> requests() {
        return counts("""
                select a.status as name, count(*) as number from approval_requests a
                 where a.tenant_id = :tenant group by 1 order by 2 desc""");
    }

    private Map<String, Integer> counts(String sql) {
        return inTenant(h -> counted(h, sql, "name", "number"));
    }

    private Map<String, Integer> counted(Handle handle, String sql, String name, String number) {
        var counts = new LinkedHashMap<String, Integer>();
        handle.createQuery(sql)
                .bind("tenant", tenant)
                .map((row, context) -> Map.entry(row.getString(name), row.getInt(number)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private <T> T inTenant(Function<Handle, T> work) {
        return jdbi.inTransaction(h -> {
            h.execute("select set_config('millrace.tenant', ?, true)", tenant.toString());
            return work.apply(h);
        });
    }
}
