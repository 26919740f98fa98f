package dev.millrace.engine.approval;

import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.approval.Request.Timing;
import dev.millrace.language.Step;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** When something is to be done about a request. */
final class DeadlineTimes {
    private DeadlineTimes() {}

    /**
     * When a request expires: at the first entry, from the given one on, that ends the wait; else after the tenant's
     * default expiry.
     */
    static Instant expiry(Step step, List<Instant> deadlines, int fromEntry, Instant asked) {
        for (int n = fromEntry; n < deadlines.size(); n++) {
            if (!step.onTimeout().get(n).thenContinue()) {
                return deadlines.get(n);
            }
        }
        return asked.plus(NodeSettings.DEFAULT_EXPIRY);
    }

    /** The next deadline, reminder or expiry. */
    static Instant next(Timing timing, Instant expiresAt, int fromEntry) {
        return Stream.of(
                        timing.deadlines().stream().skip(fromEntry).limit(1),
                        timing.remindAt().stream(),
                        Stream.of(expiresAt))
                .flatMap(times -> times)
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
