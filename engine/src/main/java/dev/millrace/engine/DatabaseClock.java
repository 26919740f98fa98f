package dev.millrace.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The database's clock as this node last saw it, carried on by elapsed time; goes back only when it was wrong. Good enough
 * to decide when to look; what has passed its deadline is decided inside the statement, by the database itself.
 */
public final class DatabaseClock implements InstantSource {
    /** An answer is older than its statement took, which is bounded: whoever is further ahead counts time wrongly. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

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

    /** A statement answered with this instant. */
    public void observe(Instant now) {
        Instant believed = instant();
        if (now.isAfter(believed) || now.plus(ANSWER_MAX).isBefore(believed)) {
            correct(now);
        }
    }

    /** The database says that it is this moment now, whatever this node thought. */
    public void correct(Instant now) {
        seen.set(new Seen(now, elapsedNanos.getAsLong()));
    }

    @Override
    public Instant instant() {
        Seen last = seen.get();
        return last.at().plusNanos(elapsedNanos.getAsLong() - last.nanos());
    }
}
