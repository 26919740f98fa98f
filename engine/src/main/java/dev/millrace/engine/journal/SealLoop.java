package dev.millrace.engine.journal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals the journal every second while the node runs. */
public final class SealLoop implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(SealLoop.class);

    private final Sealer sealer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean started;

    public SealLoop(Sealer sealer) {
        this.sealer = sealer;
    }

    public void start() {
        started = true;
        Thread.ofPlatform().name("millrace-sealer").daemon().start(this::sealUntilClosed);
    }

    private void sealUntilClosed() {
        do {
            try {
                sealer.runOnce();
            } catch (RuntimeException e) {
                log.warn("the journal could not be sealed; trying again in a second", e);
            }
        } while (!isWithin(closed, EVERY));
        ended.countDown();
    }

    private static boolean isWithin(CountDownLatch latch, Duration pause) {
        try {
            return latch.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for a pass that is under way: its connection is about to go. */
    @Override
    public void close() {
        closed.countDown();
        if (started && !isWithin(ended, Duration.ofSeconds(5))) {
            log.warn("the journal was still being sealed when the node stopped; the next one goes on with it");
        }
    }
}
