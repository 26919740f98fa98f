package dev.millrace.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same again and again, with a pause between, on a thread of its own while the node runs. */
final class RegularLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RegularLoop.class);

    /** How long a stopping node waits for a pass that is under way: its connection is about to go. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Duration pause;
    private final Runnable pass;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean started;

    RegularLoop(String name, Duration pause, Runnable pass) {
        this.name = name;
        this.pause = pause;
        this.pass = pass;
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
        } while (!isWithin(closed, pause));
        ended.countDown();
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
        if (started && !isWithin(ended, PATIENCE)) {
            log.warn("{}: a pass was still under way when the node stopped; the next node goes on", name);
        }
    }
}
