package dev.millrace.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts sign-ins that failed, for each account, in this process's memory. */
final class Throttle {
    private static final int FAILURES_MOST = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ACCOUNTS_MOST = 10_000;

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>();

    Throttle(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts a try as failed until {@link #succeeded} says otherwise, so that many at once do not slip through.
     *
     * @return empty: go on; else how long to wait
     */
    synchronized Optional<Duration> tryNow(String account) {
        Instant now = clock.instant();
        Deque<Instant> recent = failures.computeIfAbsent(account, key -> new ArrayDeque<>());
        while (!recent.isEmpty() && recent.getFirst().plus(WINDOW).isBefore(now)) {
            recent.removeFirst();
        }
        if (recent.size() >= FAILURES_MOST) {
            return Optional.of(
                    Duration.between(now, recent.getFirst().plus(WINDOW)).plusSeconds(1));
        }
        recent.addLast(now);
        forgetOld(now);
        return Optional.empty();
    }

    synchronized void succeeded(String account) {
        failures.remove(account);
    }

    /** Who tries many accounts must not fill the memory. */
    private void forgetOld(Instant now) {
        if (failures.size() > ACCOUNTS_MOST) {
            failures.values()
                    .removeIf(recent ->
                            recent.isEmpty() || recent.getLast().plus(WINDOW).isBefore(now));
        }
        if (failures.size() > ACCOUNTS_MOST) {
            failures.remove(failures.keySet().iterator().next());
        }
    }
}
