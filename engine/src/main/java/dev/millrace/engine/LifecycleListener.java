package dev.millrace.engine;

import java.util.UUID;

/** Is told of what happens to executions, in the order of the seals, at least once, outside any transaction. */
@FunctionalInterface
public interface LifecycleListener {
    /** An exception means: not told; the same event comes again. What comes again has the same number. */
    void on(UUID tenant, LifecycleEvent event);
}
