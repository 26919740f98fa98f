package dev.millrace.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same again and again, with a pause between, on a thread of its own while the node runs. Woken, it waits only
 * until the hints of the same moment have come together.
 */
final class RegularLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RegularLoop.class);

    /** How long a stopping node waits for a pass that is under way: its connection is about to go. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Duration pause;
    private final Runnable pass;
    private final Duration gather;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean started;

    RegularLoop(String name, Duration pause, Runnable pass) {
        this(name, pause, Duration.ZERO, pass);
    }

    /** @param gather between a wake and the pass */
    RegularLoop(String name, Duration pause, Duration gather, Runnable pass) {
        this.name = name;
        this.pause = pause;
        this.gather = gather;
        this.pass = pass;
    }

    /** Ends the pause. */
    void wake() {
        wakes.release();
    }

    void start() {
        started = true;
        Thread.ofPlatform().name("millrace-" + name).daemon().start(this::untilClosed);
    }

    private void untilClosed() {
        do {
            try {
                pass.run();
            } catch (RuntimeException e) {
                log.warn("{}: a pass failed; trying again soon", name, e);
            }
        } while (!isClosedAfterPause());
        ended.countDown();
    }

    private boolean isClosedAfterPause() {
        try {
            boolean woken = wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (woken && isWithin(closed, gather)) {
                return true;
            }
            wakes.drainPermits();
            return isWithin(closed, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isWithin(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        wakes.release();
        if (started && !isWithin(ended, PATIENCE)) {
            log.warn("{}: a pass was still under way when the node stopped; the next node goes on", name);
        }
    }
}
