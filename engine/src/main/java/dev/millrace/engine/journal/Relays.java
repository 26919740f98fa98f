package dev.millrace.engine.journal;

import dev.millrace.engine.LifecycleEvent;
import dev.millrace.engine.LifecycleListener;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.journal.FollowerRows.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes lifecycle events on to what lies outside the database. The cursor moves after the call, so each event is told
 * at least once. Of many nodes one tells a tenant's events at a time: it holds the cursor by a lease, since no lock is
 * held during a call.
 */
public final class Relays {
    /** Longer than a page may take: a relay bounds its calls well below. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Relays.class);

    private final Transactions transactions;
    private final FollowerRows rows;
    private final FirstSight firstSight;
    private final UUID node;
    private final Map<String, LifecycleListener> relays = new ConcurrentHashMap<>();

    public Relays(Transactions transactions, FollowerRows rows, UUID node) {
        this.transactions = transactions;
        this.rows = rows;
        this.firstSight = new FirstSight(transactions, rows);
        this.node = node;
    }

    /** @throws IllegalArgumentException the name is taken */
    public void add(String name, LifecycleListener listener) {
        if (relays.putIfAbsent(name, listener) != null) {
            throw new IllegalArgumentException("two relays are named " + name);
        }
    }

    /**
     * Tells what has not been told.
     *
     * @return how many events
     */
    public int runOnce() {
        if (relays.isEmpty()) {
            return 0;
        }
        relays.keySet().forEach(firstSight::of);
        Map<String, List<UUID>> unread = rows.unread(relays.keySet());
        int told = 0;
        for (Map.Entry<String, LifecycleListener> relay : relays.entrySet()) {
            told += relay(relay.getKey(), relay.getValue(), unread.getOrDefault(relay.getKey(), List.of()));
        }
        return told;
    }

    private int relay(String name, LifecycleListener listener, List<UUID> tenants) {
        int told = 0;
        for (UUID tenant : tenants) {
            Told ofTenant = tell(name, listener, tenant);
            told += ofTenant.count();
            if (ofTenant.failed()) {
                // Who cannot be reached for one tenant cannot be reached for the next: the next pass tries again.
                return told;
            }
        }
        return told;
    }

    private record Told(int count, boolean failed) {}

    private Told tell(String name, LifecycleListener listener, UUID tenant) {
        int count = 0;
        while (true) {
            Optional<Leased> leased = transactions.run(
                    tenant,
                    tx -> rows.lease(tx, name, node, LEASE).map(cursor -> {
                        Page page = rows.read(tx, cursor, LifecycleEvent.TYPES);
                        return new Leased(cursor, page.upTo(), LifecycleRows.events(tx, page.entries()));
                    }));
            if (leased.isEmpty()) {
                return new Told(count, false);
            }
            long reached = tell(name, listener, tenant, leased.get());
            transactions.run(tenant, tx -> {
                rows.giveBack(tx, name, node, reached);
                return reached;
            });
            boolean failed = reached < leased.get().upTo();
            count += (int) leased.get().events().stream()
                    .filter(e -> e.seq() <= reached)
                    .count();
            if (failed || leased.get().upTo() == leased.get().cursor()) {
                return new Told(count, failed);
            }
        }
    }

    private record Leased(long cursor, long upTo, List<LifecycleEvent> events) {}

    /** @return the number up to which all was told */
    private long tell(String name, LifecycleListener listener, UUID tenant, Leased page) {
        long reached = page.cursor();
        for (LifecycleEvent event : page.events()) {
            try {
                listener.on(tenant, event);
                reached = event.seq();
            } catch (RuntimeException e) {
                log.warn(
                        "{} was not told of event {} of tenant {} and what follows; it is tried again",
                        name,
                        event.seq(),
                        tenant,
                        e);
                return reached;
            }
        }
        return page.upTo();
    }
}
