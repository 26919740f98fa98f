package dev.millrace.engine.policy;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What each company allows, as the database said at most five seconds ago: one small transaction for each company and
 * node in that time, however many steps run. A node that changes the rules itself asks again at once.
 */
public final class RulesInForce {
    static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int REMEMBERED_MOST = 10_000;

    private final Transactions transactions;
    private final Directory directory;
    private final LongSupplier nanoTime;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(Rules rules, long at) {}

    public RulesInForce(Transactions transactions, Directory directory, LongSupplier nanoTime) {
        this.transactions = transactions;
        this.directory = directory;
        this.nanoTime = nanoTime;
    }

    Rules of(UUID tenant) {
        long now = nanoTime.getAsLong();
        Seen last = seen.get(tenant);
        if (last != null && now - last.at() < REMEMBERED.toNanos()) {
            return last.rules();
        }
        // Taken before the read: what is committed during it may be missing from it, and counts as read before.
        Rules rules = transactions.run(tenant, this::read);
        if (seen.size() >= REMEMBERED_MOST) {
            seen.clear();
        }
        seen.put(tenant, new Seen(rules, now));
        return rules;
    }

    private Rules read(Tx tx) {
        return new Rules(
                directory.policies(tx),
                directory.modules(tx),
                directory.tenant(tx).currency());
    }

    /** They were changed: they are read again after the commit. */
    public void changed(Tx tx) {
        tx.afterCommit(() -> seen.remove(tx.tenant()));
    }
}
