package dev.millrace.engine.execution;

import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.execution.Transition.Move;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.Concurrency;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.StepError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets an execution begin, or not, when its definition allows one for each key. Whoever has begun holds the key, unless
 * it was over and lives again.
 */
final class Gate {
    /** Whoever waits is woken by the one before it; this is only the day at which it would look by itself. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final Services services;
    private final Loaded execution;

    Gate(Services services, Loaded execution) {
        this.services = services;
        this.execution = execution;
    }

    /** True: go on. False: it is over, waits for its turn, or the lease is lost. */
    boolean opens(int signal) {
        Optional<Concurrency> concurrency = execution.definition().concurrency();
        if (concurrency.isEmpty() || (!execution.steps().isEmpty() && holdsKey())) {
            return true;
        }
        try {
            Optional<KeyRows.Key> key = ConcurrencyKey.of(
                    concurrency.get(), execution, services.clock().instant());
            return key.isEmpty() || take(concurrency.get(), key.get(), signal);
        } catch (EvaluationException e) {
            return failed(signal, StepError.of(e.code(), "concurrency: " + e.reason(), 0));
        } catch (LeaseLost | UnknownCommitException e) {
            return false;
        }
    }

    private boolean holdsKey() {
        return services.transactions()
                .run(execution.tenant().id(), tx -> services.keys().holds(tx, execution.id()));
    }

    private boolean failed(int signal, StepError error) {
        try {
            end(signal, "failed", "failed", Optional.of(error), error.message());
        } catch (LeaseLost | UnknownCommitException e) {
            // Whoever has the lease then comes to the same.
        }
        return false;
    }

    private boolean take(Concurrency concurrency, KeyRows.Key key, int signal) {
        return services.transactions().run(execution.tenant().id(), tx -> {
            lockFamily(tx);
            if (!services.executions().lock(tx, execution.id(), execution.fence(), signal)) {
                throw new LeaseLost();
            }
            UUID holder = services.keys().take(tx, key, execution.id());
            if (holder.equals(execution.id())) {
                return true;
            }
            String why = "execution " + holder + " runs for the key '" + key.key() + "'";
            Transition transition = switch (concurrency.onConflict()) {
                case SKIP -> ending(signal, "cancelled", "skipped", Optional.empty(), "skipped: " + why);
                case QUEUE -> {
                    services.keys().queue(tx, key, execution.id());
                    var park = new Move.Park("waiting", tx.now().plus(LOOK_AGAIN));
                    yield transition(
                            signal,
                            park,
                            Entry.ofExecution("workflow.queued", execution.id(), "running", "waiting")
                                    .saying(why));
                }
            };
            services.holds().at("gate.before_commit");
            write(tx, transition);
            return false;
        });
    }

    private void end(int signal, String status, String outcome, Optional<StepError> error, String why) {
        services.transactions().run(execution.tenant().id(), tx -> {
            lockFamily(tx);
            write(tx, ending(signal, status, outcome, error, why));
            return true;
        });
    }

    private void lockFamily(Tx tx) {
        if (execution.parent().isPresent()) {
            services.family().lock(tx, execution.id(), Family.Below.AWAITED);
        }
    }

    private void write(Tx tx, Transition transition) {
        if (services.advance().advanceIn(tx, List.of(transition)).isEmpty()) {
            throw new LeaseLost();
        }
        if (transition.move() instanceof Move.End end && execution.parent().isPresent()) {
            services.family().ended(tx, execution.id(), ChildEnd.without(end.status(), end.outcome(), end.error()));
        }
    }

    private Transition ending(int signal, String status, String outcome, Optional<StepError> error, String why) {
        Entry entry = Entry.ofExecution("workflow." + status, execution.id(), "running", status)
                .saying(why);
        return transition(signal, new Move.End(status, outcome, error), entry);
    }

    private Transition transition(int signal, Move move, Entry entry) {
        return new Transition(
                execution.tenant().id(),
                execution.id(),
                execution.fence(),
                Optional.of(signal),
                move,
                List.of(),
                List.of(entry));
    }
}
