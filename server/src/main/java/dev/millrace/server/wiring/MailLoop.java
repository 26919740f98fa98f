package dev.millrace.server.wiring;

import dev.millrace.erp.NotificationSender;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the mails that are due, every second while the node runs. */
final class MailLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MailLoop.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final NotificationSender sender;
    private final CountDownLatch closed = new CountDownLatch(1);

    MailLoop(NotificationSender sender) {
        this.sender = sender;
    }

    void start() {
        Thread.ofPlatform().name("millrace-mail").daemon().start(this::sendUntilClosed);
    }

    private void sendUntilClosed() {
        do {
            try {
                runOnce();
            } catch (RuntimeException e) {
                log.warn("mails could not be sent; trying again in a second", e);
            }
        } while (!isClosedWithin(EVERY));
    }

    /**
     * @return how many mails were tried
     */
    int runOnce() {
        int tried = 0;
        for (UUID tenant : sender.tenantsWaiting()) {
            tried += sender.runOnce(tenant);
        }
        return tried;
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
