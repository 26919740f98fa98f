package dev.millrace.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What took how long, for the log. */
final class Watch {
    private final List<String> laps = new ArrayList<>();
    private long last = System.nanoTime();

    /** What was done since the lap before. */
    void lap(String what) {
        long now = System.nanoTime();
        laps.add(what + " " + Duration.ofNanos(now - last).toMillis());
        last = now;
    }

    @Override
    public String toString() {
        return String.join(", ", laps);
    }
}
