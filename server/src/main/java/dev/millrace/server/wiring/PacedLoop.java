package dev.millrace.server.wiring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same again and again while the node runs, on a thread of its own, whatever becomes of one pass. */
final class PacedLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PacedLoop.class);

    private final String name;
    private final Duration every;
    private final Runnable pass;
    private final CountDownLatch closed = new CountDownLatch(1);

    PacedLoop(String name, Duration every, Runnable pass) {
        this.name = name;
        this.every = every;
        this.pass = pass;
    }

    void start() {
        Thread.ofPlatform().name("millrace-" + name).daemon().start(this::untilClosed);
    }

    private void untilClosed() {
        do {
            try {
                pass.run();
            } catch (RuntimeException e) {
                log.warn("{}: a pass failed; trying again in {} s", name, every.toSeconds(), e);
            }
        } while (!isClosedWithin(every));
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
