package dev.millrace.testkit;

import dev.millrace.testkit.HoldPoints.Hold;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Parks the next statement of the kind that is armed, for exact races between nodes: nobody sleeps, nobody guesses. */
public final class ParkedStatement implements SqlHook {
    private record Armed(Predicate<String> kind, Hold hold) {}

    private final HoldPoints points = new HoldPoints();
    private final AtomicReference<Optional<Armed>> armed = new AtomicReference<>(Optional.empty());

    /** Parks the next statement that has this text, until the hold is released. */
    public Hold park(String text) {
        return park(sql -> sql.contains(text));
    }

    /** Parks the next statement of that kind, until the hold is released. */
    public Hold park(Predicate<String> kind) {
        Hold hold = points.hold("statement");
        armed.set(Optional.of(new Armed(kind, hold)));
        return hold;
    }

    @Override
    public void before(String sql) {
        Optional<Armed> now = armed.get();
        if (now.filter(a -> a.kind().test(sql)).isPresent() && armed.compareAndSet(now, Optional.empty())) {
            points.at("statement");
        }
    }
}
