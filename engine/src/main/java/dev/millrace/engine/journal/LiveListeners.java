package dev.millrace.engine.journal;

import dev.millrace.engine.LifecycleEvent;
import dev.millrace.engine.LifecycleListener;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.journal.FollowerRows.Page;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those of this process what happens now; their place is kept in memory only. */
public final class LiveListeners {
    private static final Logger log = LoggerFactory.getLogger(LiveListeners.class);

    private final Transactions transactions;
    private final FollowerRows rows;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    public LiveListeners(Transactions transactions, FollowerRows rows) {
        this.rows = rows;
        this.transactions = transactions;
    }

    private final class Subscription implements AutoCloseable {
        private final UUID tenant;
        private final LifecycleListener listener;
        private long cursor;
        private volatile boolean closed;

        Subscription(UUID tenant, long cursor, LifecycleListener listener) {
            this.tenant = tenant;
            this.cursor = cursor;
            this.listener = listener;
        }

        int tell() {
            int told = 0;
            Told page = read();
            while (!closed && page.upTo() > cursor) {
                for (LifecycleEvent event : page.events()) {
                    listener.on(tenant, event);
                    cursor = event.seq();
                    told++;
                }
                cursor = page.upTo();
                page = read();
            }
            return told;
        }

        private Told read() {
            return transactions.run(tenant, tx -> {
                Page page = rows.read(tx, cursor, LifecycleEvent.TYPES);
                return new Told(page.upTo(), LifecycleRows.events(tx, page.entries()));
            });
        }

        @Override
        public void close() {
            closed = true;
            subscriptions.remove(this);
        }
    }

    private record Told(long upTo, List<LifecycleEvent> events) {}

    /**
     * Tells {@code listener} of the tenant's events until the answer is closed.
     *
     * @param after begins behind this number; empty: with what is sealed from now on
     */
    public AutoCloseable listen(UUID tenant, OptionalLong after, LifecycleListener listener) {
        long cursor = after.orElseGet(
                () -> transactions.run(tenant, tx -> JournalRows.head(tx).seq()));
        var subscription = new Subscription(tenant, cursor, listener);
        subscriptions.add(subscription);
        return subscription;
    }

    /** @return how many events were told */
    public int runOnce() {
        int told = 0;
        for (Subscription subscription : subscriptions) {
            try {
                told += subscription.tell();
            } catch (RuntimeException e) {
                log.warn("a listener of tenant {} was not told all; it is tried again", subscription.tenant, e);
            }
        }
        return told;
    }
}
