package dev.millrace.engine;

import dev.millrace.engine.execution.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Moves the engine's idea of now forward: for the demo and for tests, on a database whose clock was made movable. Leases
 * move along, so that nobody loses one by it; tokens, sessions and the journal's times do not.
 */
public final class Clock {
    private final Jdbi jdbi;
    private final Transactions transactions;
    private final DatabaseClock clock;
    private volatile Host host = Host.NONE;

    Clock(Jdbi jdbi, Transactions transactions, DatabaseClock clock) {
        this.jdbi = jdbi;
        this.transactions = transactions;
        this.clock = clock;
    }

    void wake(Host newHost) {
        this.host = newHost;
    }

    // workflow_executions_due of one tenant.
    private static final String MOVE_LEASES = """
            update workflow_executions
               set due_at = due_at + :by::interval, lease_until = lease_until + :by::interval,
                   active_since = active_since + :by::interval
             where tenant_id = :tenant and due_at is not null and lease_until is not null""";

    /** @return the engine's new now */
    public synchronized Instant advance(Duration by) {
        String interval = by.toMillis() + " milliseconds";
        List<UUID> tenants = jdbi.withHandle(h -> h.createQuery("select millrace_live_tenants()")
                .mapTo(UUID.class)
                .list());
        // Leases first: a lease that ends too late harms nobody, one that ends too early would be taken over.
        tenants.forEach(tenant -> transactions.run(
                tenant,
                tx -> tx.handle()
                        .createUpdate(MOVE_LEASES)
                        .bind("by", interval)
                        .bind("tenant", tenant)
                        .execute()));
        Instant now = jdbi.inTransaction(h -> {
            h.createUpdate("update millrace_clock set ahead = ahead + :by::interval")
                    .bind("by", interval)
                    .execute();
            return h.createQuery("select millrace_now()").mapTo(Instant.class).one();
        });
        clock.observe(now);
        host.lookAround();
        return now;
    }

    public Instant now() {
        return jdbi.withHandle(
                h -> h.createQuery("select millrace_now()").mapTo(Instant.class).one());
    }
}
