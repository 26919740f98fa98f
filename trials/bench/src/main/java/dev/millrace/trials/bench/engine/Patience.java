package dev.millrace.trials.bench.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something of which nobody tells. */
final class Patience {
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final Duration MOST = Duration.ofMinutes(5);

    private Patience() {}

    /**
     * @throws IllegalStateException it has not come after five minutes
     */
    static void until(String what, BooleanSupplier there) {
        long deadline = System.nanoTime() + MOST.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + MOST.toMinutes() + " minutes in vain until " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
