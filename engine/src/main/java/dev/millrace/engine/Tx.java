package dev.millrace.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * One open transaction of one tenant. Got from {@link Transactions#run}; ends with the lambda; used by one
 * thread at a time. Row-level security lets it see that tenant's rows only.
 */
public final class Tx {
    private final Handle handle;
    private final UUID tenant;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Instant now;

    Tx(Handle handle, UUID tenant, Instant now) {
        this.handle = handle;
        this.tenant = tenant;
        this.now = now;
    }

    /** For queries and updates. Never committed, rolled back or closed by its user. */
    public Handle handle() {
        return handle;
    }

    public UUID tenant() {
        return tenant;
    }

    /** The engine's idea of now, by the database's clock; the same throughout the transaction. */
    public Instant now() {
        return now;
    }

    /** Runs {@code what} after the commit, and not at all after a rollback. */
    public void afterCommit(Runnable what) {
        afterCommit.add(what);
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }
}
