package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Says when it was called. */
@Named(value = "bench.stamp", module = "bench", description = "Says when it was called.")
final class StampStart implements LocalAction<StampStart.Config, StampStart.Output> {
    record Config() {}

    record Output() {}

    private final Map<UUID, CompletableFuture<Long>> started = new ConcurrentHashMap<>();

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        of(context.executionId()).complete(System.nanoTime());
        return new Output();
    }

    /** When the step of this execution was called, in {@link System#nanoTime}; blocks until it is. */
    long awaitStart(UUID execution) {
        return of(execution).join();
    }

    private CompletableFuture<Long> of(UUID execution) {
        return started.computeIfAbsent(execution, e -> new CompletableFuture<>());
    }
}
