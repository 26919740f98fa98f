package dev.millrace.engine;

import java.time.Duration;
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
    /** An answer is older than its statement took, which is bounded: whoever is further ahead counts time wrongly. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

    /** @param leapt the count when somebody had moved the clock: answers from before that may still come */
    private record Seen(Instant at, long nanos, long leapt) {
        Instant at(long later) {
            return at.plusNanos(later - nanos);
        }
    }

    private final LongSupplier elapsedNanos;
    private final AtomicReference<Seen> seen;

    /**
     * @param elapsedNanos a monotonic count, {@code System::nanoTime}
     */
    public DatabaseClock(Instant first, LongSupplier elapsedNanos) {
        this.elapsedNanos = elapsedNanos;
        long nanos = elapsedNanos.getAsLong();
        this.seen = new AtomicReference<>(new Seen(first, nanos, nanos - ANSWER_MAX.toNanos()));
    }

    /** A statement answered with this instant, a while ago. */
    public void observe(Instant now) {
        Seen last = seen.get();
        long nanos = elapsedNanos.getAsLong();
        Duration later = Duration.between(last.at(nanos), now);
        if (later.compareTo(ANSWER_MAX) > 0) {
            seen.set(new Seen(now, nanos, nanos));
        } else if (later.isPositive() || (isWrong(later) && nanos - last.leapt() > ANSWER_MAX.toNanos())) {
            seen.set(new Seen(now, nanos, last.leapt()));
        }
    }

    private static boolean isWrong(Duration later) {
        return later.negated().compareTo(ANSWER_MAX) > 0;
    }

    /** The database has just said that it is this moment, whatever this node thought. */
    public void correct(Instant now) {
        seen.set(new Seen(now, elapsedNanos.getAsLong(), seen.get().leapt()));
    }

    @Override
    public Instant instant() {
        return seen.get().at(elapsedNanos.getAsLong());
    }
}
