package dev.millrace.engine.execution;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the rows of an execution say now, under the lease that this node has, on a fresh connection: after a lost commit
 * they alone know what happened.
 */
record Reread(int signal, List<StepRow> rows) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(Reread.class);

    Reread {
        rows = List.copyOf(rows);
    }

    /** Asks until the database answers; empty if the lease is lost, or the thread was interrupted. */
    static Optional<Reread> of(Services services, Loaded execution) {
        for (Duration pause = FIRST_PAUSE; !Thread.currentThread().isInterrupted(); pause = next(pause)) {
            try {
                return once(services, execution);
            } catch (RuntimeException e) {
                log.debug("execution {} cannot be read yet", execution.id(), e);
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        return Optional.empty();
    }

    private static Optional<Reread> once(Services services, Loaded execution) {
        return services.transactions()
                .run(
                        execution.tenant().id(),
                        tx -> services.executions()
                                .signal(tx, execution.id(), execution.fence())
                                .map(signal -> new Reread(
                                        signal,
                                        services.executions()
                                                .steps(tx, List.of(execution.id()))
                                                .getOrDefault(execution.id(), List.of()))));
    }

    private static Duration next(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** Whether the row is as it was left: the attempt has begun and nothing has come of it. */
    boolean isOpen(StepRow running) {
        return rows.stream()
                .anyMatch(row -> row.id().equals(running.id())
                        && row.status() == running.status()
                        && row.attempt() == running.attempt());
    }
}
