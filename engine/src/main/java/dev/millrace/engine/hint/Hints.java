package dev.millrace.engine.hint;

import dev.millrace.engine.HintChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this node's hints, from a thread of its own and never from a transaction: the first at once, then at most ten a
 * second, each with all that came up meanwhile. Passes on to {@link Reactions} what the others say.
 */
public final class Hints implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Logger log = LoggerFactory.getLogger(Hints.class);

    private final UUID node;
    private final HintChannel channel;
    private final boolean alone;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<UUID> executions = new HashSet<>();
    private final Semaphore pending = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean everything;
    private boolean seals;

    public Hints(UUID node, HintChannel channel) {
        this.node = node;
        this.channel = channel;
        this.alone = channel.equals(HintChannel.NONE);
    }

    /** What a node does about the hints of others. */
    public interface Reactions {
        void lookAt(UUID execution);

        void lookAround();

        void readSeals();
    }

    public void start(Reactions reactions) {
        if (alone) {
            return;
        }
        Thread.ofPlatform().name("millrace-hints").daemon().start(this::sendUntilClosed);
        channel.listen(new HintChannel.Ear() {
            @Override
            public void heard(String hint) {
                Hint.read(hint).filter(h -> !h.node().equals(node)).ifPresent(h -> react(h, reactions));
            }

            @Override
            public void missed() {
                reactions.lookAround();
                reactions.readSeals();
            }
        });
    }

    private static void react(Hint hint, Reactions reactions) {
        if (hint.everything()) {
            reactions.lookAround();
        } else {
            hint.executions().forEach(reactions::lookAt);
        }
        if (hint.seals()) {
            reactions.readSeals();
        }
    }

    /** Something was decided for the execution, or it is due, and whoever can should look. */
    public void lookAt(UUID execution) {
        add(() -> {
            if (executions.size() < Hint.EXECUTIONS_MAX) {
                executions.add(execution);
            } else {
                everything = true;
            }
        });
    }

    /** Anything may have fallen due. */
    public void lookAround() {
        add(() -> everything = true);
    }

    /** The journal has new seals. */
    public void seals() {
        add(() -> seals = true);
    }

    private void add(Runnable what) {
        if (alone) {
            return;
        }
        lock.lock();
        try {
            what.run();
        } finally {
            lock.unlock();
        }
        pending.release();
    }

    private Hint take() {
        lock.lock();
        try {
            var hint = new Hint(node, everything, executions, seals);
            everything = false;
            seals = false;
            executions.clear();
            return hint;
        } finally {
            lock.unlock();
        }
    }

    private void sendUntilClosed() {
        try {
            do {
                pending.acquire();
                pending.drainPermits();
                send(take());
            } while (!closed.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Hint hint) {
        try {
            channel.send(hint.write());
        } catch (RuntimeException e) {
            log.warn("a hint was lost; the other nodes find out at their next poll", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        pending.release();
        channel.close();
    }
}
