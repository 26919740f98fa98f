package dev.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What happens to bytes of one direction: they pass, come late, are held back, or are lost. */
final class Valve {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration delay = Duration.ZERO;
    private boolean stalled;
    private boolean losing;

    void delay(Duration by) {
        change(() -> delay = by);
    }

    void stall() {
        change(() -> stalled = true);
    }

    void resume() {
        change(() -> stalled = false);
    }

    void lose(boolean lose) {
        change(() -> losing = lose);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits as long as it takes; false if what came is to be lost. */
    boolean passes() throws InterruptedException {
        lock.lock();
        try {
            long nanos = delay.toNanos();
            while (stalled || nanos > 0) {
                if (stalled) {
                    changed.await();
                } else {
                    nanos = changed.awaitNanos(nanos);
                }
            }
            return !losing;
        } finally {
            lock.unlock();
        }
    }
}
