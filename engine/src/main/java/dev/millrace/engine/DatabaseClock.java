package dev.millrace.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The database's clock as this node last saw it, carried on by elapsed time; goes back only when the database finds it to
 * be ahead. Good enough to decide when to look; what has passed its deadline is decided inside the statement, by the database
 * itself.
 */
public final class DatabaseClock implements InstantSource {
    private record Seen(Instant at, long nanos) {}

    private final LongSupplier elapsedNanos;
    private final AtomicReference<Seen> seen;

    /**
     * @param elapsedNanos a monotonic count, {@code System::nanoTime}
     */
    public DatabaseClock(Instant first, LongSupplier elapsedNanos) {
        this.elapsedNanos = elapsedNanos;
        this.seen = new AtomicReference<>(new Seen(first, elapsedNanos.getAsLong()));
    }

    /** A statement answered with this instant: some time ago, so that it sets nothing back. */
    public void observe(Instant now) {
        if (now.isAfter(instant())) {
            correct(now);
        }
    }

    /** The database has just said that it is this moment, whatever this node thought. */
    public void correct(Instant now) {
        seen.set(new Seen(now, elapsedNanos.getAsLong()));
    }

    @Override
    public Instant instant() {
        Seen last = seen.get();
        return last.at().plusNanos(elapsedNanos.getAsLong() - last.nanos());
    }
}
