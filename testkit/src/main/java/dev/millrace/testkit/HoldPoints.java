package dev.millrace.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Forces a schedule that would be rare: parks whoever next passes a named point until the test lets it go, or makes it
 * fail there. What is not armed passes through.
 */
public final class HoldPoints {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Hold> armed = new ConcurrentHashMap<>();

    /** Passed by the code under test. */
    public void at(String point) {
        Hold hold = armed.remove(point);
        if (hold != null) {
            hold.arrive();
        }
    }

    /** Parks the next one to pass the point. */
    public Hold hold(String point) {
        var hold = new Hold(point, false);
        armed.put(point, hold);
        return hold;
    }

    /** Makes the next one to pass the point fail with an unexpected exception. */
    public Hold failAt(String point) {
        var hold = new Hold(point, true);
        armed.put(point, hold);
        return hold;
    }

    /** Forgets what is armed and was not reached. */
    public void clear() {
        armed.clear();
    }

    /** One arrival at a point. */
    public static final class Hold implements AutoCloseable {
        private final String point;
        private final boolean fails;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        Hold(String point, boolean fails) {
            this.point = point;
            this.fails = fails;
        }

        private void arrive() {
            reached.countDown();
            if (fails) {
                throw new InjectedFault(point);
            }
            await(released, "nobody released " + point);
        }

        /** Waits until somebody has come to the point. */
        public Hold awaitReached() {
            await(reached, "nobody came to " + point);
            return this;
        }

        /** Lets it go on. */
        public void release() {
            released.countDown();
        }

        @Override
        public void close() {
            release();
        }

        private static void await(CountDownLatch latch, String otherwise) {
            try {
                if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError(otherwise + " within " + PATIENCE.toSeconds() + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted at a hold point", e);
            }
        }
    }

    /** The fault that {@link #failAt} injects. */
    public static final class InjectedFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InjectedFault(String point) {
            super("injected at " + point);
        }
    }
}
