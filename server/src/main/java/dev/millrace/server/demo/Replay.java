package dev.millrace.server.demo;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Goods and invoices of all orders as they came: each order's in their order, several orders at a time. */
final class Replay {
    /** Orders whose papers are worked on at once. */
    private static final int LANES = 8;

    private final List<Course> courses;

    Replay(List<Course> courses) {
        this.courses = List.copyOf(courses);
    }

    List<Course> courses() {
        return courses;
    }

    /** Begins all that the log has before {@code end}. */
    Stretch begin(Instant end) {
        ExecutorService lanes = Executors.newFixedThreadPool(
                LANES, Thread.ofVirtual().name("demo-lane-", 0).factory());
        List<? extends Future<?>> all = courses.stream()
                .map(course -> lanes.submit(() -> course.goUntil(end)))
                .toList();
        lanes.shutdown();
        return new Stretch(lanes, all);
    }

    /** A part of the log that is being replayed. */
    record Stretch(ExecutorService lanes, List<? extends Future<?>> courses) implements AutoCloseable {
        /** Whether it came to its end; throws what went wrong in it. */
        boolean isDone() {
            courses.stream().filter(Future::isDone).forEach(Stretch::check);
            return lanes.isTerminated();
        }

        private static void check(Future<?> course) {
            try {
                course.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException known
                        ? known
                        : new DemoFailed("The replay went wrong", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DemoFailed("Interrupted while replaying the log");
            }
        }

        @Override
        public void close() {
            lanes.shutdownNow();
        }
    }
}
