package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.Named;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A call to somebody who takes a while to answer. */
@Named(value = "bench.call", module = "bench", description = "Waits for an answer.")
final class SlowCall implements ExternalAction<SlowCall.Config, Boolean, SlowCall.Output> {
    static final Duration TAKES = Duration.ofMillis(200);

    record Config() {}

    record Output() {}

    @Override
    public Boolean call(ActionContext context, Config config) {
        long answered = System.nanoTime() + TAKES.toNanos();
        for (long left = TAKES.toNanos(); left > 0; left = answered - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return true;
    }

    @Override
    public Output record(Tx tx, ActionContext context, Config config, Boolean answer) {
        return new Output();
    }
}
