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

    public SealLoop(Sealer sealer) {
        this.sealer = sealer;
    }

    public void start() {
        Thread.ofPlatform().name("millrace-sealer").daemon().start(this::sealUntilClosed);
    }

    private void sealUntilClosed() {
        do {
            try {
                sealer.runOnce();
            } catch (RuntimeException e) {
                log.warn("the journal could not be sealed; trying again in a second", e);
            }
        } while (!isClosedWithin(EVERY));
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
