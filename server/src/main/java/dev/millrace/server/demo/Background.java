package dev.millrace.server.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Something that is done again and again on a virtual thread until closed. What it throws is kept for the main thread. */
final class Background implements AutoCloseable {
    private static final Duration STOPPING_MOST = Duration.ofSeconds(2);

    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());
    private final Thread thread;

    Background(String name, Duration every, Runnable once) {
        this.thread = Thread.ofVirtual().name("demo-" + name).start(() -> loop(every, once));
    }

    private void loop(Duration every, Runnable once) {
        try {
            while (!closed.get()) {
                once.run();
                Await.pause(every);
            }
        } catch (RuntimeException e) {
            failure.set(Optional.of(e));
        }
    }

    /** Throws what the loop threw, if it did. */
    void check() {
        failure.get().ifPresent(e -> {
            throw e;
        });
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            if (!thread.join(STOPPING_MOST)) {
                // It waits for a server that is gone.
                thread.interrupt();
                thread.join(STOPPING_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
