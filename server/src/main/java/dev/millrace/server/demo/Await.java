package dev.millrace.server.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time: asks again and again until it holds or the limit is reached. */
final class Await {
    private static final Duration STEP = Duration.ofMillis(100);

    private Await() {}

    /**
     * The first answer that is there.
     *
     * @param what is awaited, for the message: {@code "all requests decided"}
     * @throws DemoFailed when {@code limit} has passed
     */
    static <T> T answer(String what, Duration limit, Supplier<Optional<T>> question) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > end) {
                throw new DemoFailed("Waited " + limit.toSeconds() + " s for this, but it did not come: " + what);
            }
            pause(STEP);
        }
    }

    static void that(String what, Duration limit, BooleanSupplier condition) {
        answer(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Between two looks at something; may end early. */
    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
