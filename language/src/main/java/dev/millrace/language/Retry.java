package dev.millrace.language;

import java.time.Duration;

/**
 * How failed attempts are repeated.
 *
 * @param maxAttempts in all, from 1
 * @param multiplier the delay grows by this factor, from 1
 */
public record Retry(int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay) {
    public static final Retry DEFAULT = new Retry(3, Duration.ofSeconds(1), 2, Duration.ofMinutes(5));

    /** The longest delay before attempt {@code next}; the engine draws uniformly below it (full jitter). */
    public Duration ceilingBefore(int next) {
        double millis = initialDelay.toMillis() * Math.pow(multiplier, Math.max(0, next - 2));
        return millis >= maxDelay.toMillis() ? maxDelay : Duration.ofMillis((long) millis);
    }
}
