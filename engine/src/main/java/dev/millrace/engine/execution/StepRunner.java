package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.ActionRegistry.Registered;
import dev.millrace.engine.action.CallAction;
import dev.millrace.engine.action.DeadlineAction;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.PureAction;
import dev.millrace.engine.action.WaitingAction;
import dev.millrace.engine.execution.Transition.Move;
import dev.millrace.engine.execution.Transition.Result;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Fitted;
import dev.millrace.language.Scope;
import dev.millrace.language.Shapes;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs one attempt of one unit and makes its result durable. A local action runs inside the transaction of its
 * result, with the advance statement last, so that a slow action never holds the execution's row.
 */
final class StepRunner {
    /** Longest time for a local action: it holds locks of the business's rows. */
    private static final Duration LOCAL_MAX = Duration.ofSeconds(20);

    private static final Duration EXTERNAL_DEFAULT = Duration.ofSeconds(60);
    private static final Logger log = LoggerFactory.getLogger(StepRunner.class);

    private final Services services;
    private final Loaded execution;

    StepRunner(Services services, Loaded execution) {
        this.services = services;
        this.execution = execution;
    }

    /** Blocks until the attempt's result is durable, or until it is clear that it will not be. */
    StepEnd run(Unit unit, StepRow before, Scope scope) {
        boolean interrupted = before.status() == Status.RUNNING;
        var attempt = new Attempt(
                unit,
                before,
                before.attempt() + 1,
                before.interrupted() + (interrupted ? 1 : 0),
                services.clock().instant(),
                scope);
        try {
            return begin(attempt);
        } catch (ActionFailure e) {
            return fail(attempt, e);
        } catch (EvaluationException e) {
            return fail(attempt, ActionFailure.permanent(e.code(), e.reason()));
        } catch (LeaseLost | UnknownCommitException e) {
            return new StepEnd.Unsettled(unit.id());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (Transactions.isConnectionLost(e)) {
                // Nothing of it was committed, and it is not the action's fault: no attempt.
                return new StepEnd.Unsettled(unit.id());
            }
            log.warn("execution {} step {} attempt {} failed", execution.id(), unit.id(), attempt.number(), e);
            return fail(attempt, ActionFailure.retryable("unexpected_error", describe(e)));
        }
    }

    /**
     * @param number from 1
     * @param interrupted of the attempts before, those that a lost node cut short
     */
    private record Attempt(Unit unit, StepRow before, int number, int interrupted, Instant startedAt, Scope scope) {
        StepRow running(JsonNode input) {
            return before.running(number, interrupted, input, startedAt);
        }

        int used() {
            return number - interrupted;
        }
    }

    private StepEnd begin(Attempt attempt) {
        String name = attempt.unit().action();
        Registered registered = services.actions()
                .find(name)
                .orElseThrow(() -> ActionFailure.permanent(
                        "unknown_action", "Expected an action of this installation but got '" + name + "'"));
        JsonNode rendered = attempt.unit().config().render(attempt.scope());
        Fitted input = Shapes.fit(rendered, registered.type().config());
        if (!input.fits()) {
            Fitted.Misfit first = input.misfits().getFirst();
            throw ActionFailure.permanent("config_invalid", first.path() + ": " + first.message());
        }
        services.settings().limits().checkInput(input.value());
        Record config = Json.bind(input.value(), registered.config());
        services.gate().check(attempt.unit().use(execution, registered.type(), input.value()));
        services.holds().at("step.before_action");
        return start(registered, attempt, input.value(), config);
    }

    @SuppressWarnings("unchecked") // the registry read both records off the action's own type arguments
    private StepEnd start(Registered registered, Attempt attempt, ObjectNode input, Record config) {
        return switch (registered.action()) {
            case LocalAction<?, ?> local ->
                runLocal(registered, (LocalAction<Record, Record>) local, attempt, input, config);
            case PureAction<?, ?> pure ->
                runPure(registered, (PureAction<Record, Record>) pure, attempt, input, config);
            case ExternalAction<?, ?, ?> external ->
                runExternal(registered, (ExternalAction<Record, Object, Record>) external, attempt, input, config);
            case CallAction<?, ?> call ->
                runCall(registered, (CallAction<Record, Record>) call, attempt, input, config);
            case WaitingAction<?, ?> waiting ->
                beginWaiting(registered, (WaitingAction<Record, Record>) waiting, attempt, input, config);
            case DeadlineAction<?, ?> deadline ->
                throw ActionFailure.permanent(
                        "action_not_allowed_here",
                        "Expected " + registered.type().name() + " in on_timeout of an approval only");
        };
    }

    private StepEnd runLocal(
            Registered registered,
            LocalAction<Record, Record> action,
            Attempt attempt,
            ObjectNode input,
            Record config) {
        Duration limit =
                attempt.unit().timeout().filter(t -> t.compareTo(LOCAL_MAX) < 0).orElse(LOCAL_MAX);
        StepRow done = services.transactions().run(execution.tenant().id(), limit, tx -> {
            stopIfLeaseIsLost(tx);
            StepContext context = context(tx, attempt);
            Record output = action.run(tx, context, config);
            services.holds().at("step.after_effect");
            return complete(tx, registered, attempt.running(input), context, output);
        });
        services.holds().at("step.after_commit");
        return new StepEnd.Written(done);
    }

    private StepEnd runExternal(
            Registered registered,
            ExternalAction<Record, Object, Record> action,
            Attempt attempt,
            ObjectNode input,
            Record config) {
        StepRow running = attempt.running(input);
        return called(
                attempt,
                running,
                calling -> action.call(calling, config),
                answer -> services.transactions().run(execution.tenant().id(), tx -> {
                    stopIfLeaseIsLost(tx);
                    StepContext context = context(tx, attempt);
                    Record output = action.record(tx, context, config, answer);
                    return complete(tx, registered, running, context, output);
                }));
    }

    private StepEnd runCall(
            Registered registered,
            CallAction<Record, Record> action,
            Attempt attempt,
            ObjectNode input,
            Record config) {
        StepRow running = attempt.running(input);
        return called(attempt, running, calling -> action.call(calling, config), answer -> {
            StepRow done = running.completed(output(registered, answer));
            return switch (keep(done, List.of(completed(done)))) {
                case Result.Written written -> done;
                case Result.Refused refused -> throw new LeaseLost();
                case Result.Unknown unknown -> throw new UnknownCommitException();
            };
        });
    }

    /** That it runs is durable first, then comes the call, then what {@code write} makes of its answer. */
    private <A> StepEnd called(
            Attempt attempt, StepRow running, Function<StepContext, A> call, Function<A, StepRow> write) {
        if (!(keep(running, List.of(begun(running))) instanceof Result.Written)) {
            return new StepEnd.Unsettled(running.id());
        }
        StepContext calling = outside(attempt);
        Duration limit = attempt.unit().timeout().orElse(EXTERNAL_DEFAULT);
        A answer = BoundedCall.call(limit, () -> call.apply(calling));
        services.holds().at("step.after_call");
        return offered(running, () -> write.apply(answer));
    }

    /**
     * An answer from outside is not thrown away because nobody knows whether it was recorded: it is offered again for as
     * long as the step is open and the lease stands.
     */
    private StepEnd offered(StepRow running, Supplier<StepRow> write) {
        do {
            try {
                return new StepEnd.Written(write.get());
            } catch (LeaseLost e) {
                break;
            } catch (UnknownCommitException e) {
                log.info("execution {} step {}: its result may not be recorded; reading", execution.id(), running.id());
            }
        } while (Reread.of(services, execution)
                .filter(now -> now.isOpen(running))
                .isPresent());
        services.lateAnswers().note(execution, running, "answered");
        return new StepEnd.Unsettled(running.id());
    }

    private StepEnd runPure(
            Registered registered,
            PureAction<Record, Record> action,
            Attempt attempt,
            ObjectNode input,
            Record config) {
        Record output = action.run(outside(attempt), config);
        services.holds().at("step.after_effect");
        return new StepEnd.Computed(attempt.running(input).completed(output(registered, output)));
    }

    /** What an action sees that has no transaction. */
    private StepContext outside(Attempt attempt) {
        return new StepContext(
                execution, attempt.unit(), attempt.number(), attempt.scope(), attempt.startedAt(), services);
    }

    private Entry begun(StepRow row) {
        return Entry.ofStep("workflow.step_started", execution.id(), row.id(), "pending", "running");
    }

    private Entry completed(StepRow row) {
        return Entry.ofStep("workflow.step_completed", execution.id(), row.id(), "running", "completed");
    }

    private StepEnd beginWaiting(
            Registered registered,
            WaitingAction<Record, Record> action,
            Attempt attempt,
            ObjectNode input,
            Record config) {
        StepRow running = attempt.running(input);
        StepRow row = services.transactions().run(execution.tenant().id(), tx -> {
            stopIfLeaseIsLost(tx);
            StepContext context = context(tx, attempt);
            return switch (action.begin(tx, context, config)) {
                case WaitingAction.Wait.Over<Record> over -> complete(tx, registered, running, context, over.output());
                case WaitingAction.Wait.Until<Record> until -> {
                    StepRow waiting = running.waiting(
                            tx.now(),
                            Optional.of(until.at()),
                            Optional.of(output(registered, until.output())),
                            earlier(until.at(), context, 0));
                    yield write(tx, waiting, context, "workflow.waiting");
                }
                case WaitingAction.Wait.UntilTold<Record> told -> {
                    StepRow waiting = running.waiting(
                            tx.now(), Optional.empty(), Optional.empty(), earlier(told.lookAgain(), context, 0));
                    yield write(tx, waiting, context, "workflow.waiting");
                }
                case WaitingAction.Wait.ForDecision<Record> decision -> {
                    StepRow waiting = running.waiting(tx.now(), Optional.empty(), Optional.empty(), decision.dueAt())
                            .pastDeadline(decision.deadlinesPassed(), decision.dueAt());
                    yield write(tx, waiting, context, "workflow.awaiting_approval");
                }
            };
        });
        services.holds().at("step.waits");
        return new StepEnd.Written(row);
    }

    private static Instant earlier(Instant at, StepContext context, int fromEntry) {
        return Deadlines.next(context.step(), context.waitingSince(), fromEntry)
                .filter(deadline -> deadline.isBefore(at))
                .orElse(at);
    }

    /** Reads the fence without a lock: a node that was overtaken stops before the action, not after it. */
    private void stopIfLeaseIsLost(Tx tx) {
        if (!services.executions().holdsLease(tx, execution.id(), execution.fence())) {
            throw new LeaseLost();
        }
    }

    private StepContext context(Tx tx, Attempt attempt) {
        return new StepContext(execution, attempt.unit(), attempt.number(), attempt.scope(), tx.now(), services);
    }

    private ObjectNode output(Registered registered, Record output) {
        Fitted fitted = Shapes.fit(Json.tree(output), registered.type().output());
        if (!fitted.fits()) {
            throw new IllegalStateException(
                    registered.type().name() + " gave an output that does not fit its own schema: " + fitted.misfits());
        }
        services.settings().limits().checkOutput(fitted.value());
        return fitted.value();
    }

    private StepRow complete(Tx tx, Registered registered, StepRow running, StepContext context, Record output) {
        StepRow done = running.completed(output(registered, output));
        return write(tx, done, context, "workflow.step_completed");
    }

    /** The last statement and the commit: takes the execution's row and checks the fence. */
    private StepRow write(Tx tx, StepRow row, StepContext context, String type) {
        Entry about = Entry.ofStep(
                type, execution.id(), row.id(), "running", row.status().name().toLowerCase(Locale.ROOT));
        List<Entry> entries = new ArrayList<>(context.entries());
        entries.add(about);
        var transition = new Transition(
                execution.tenant().id(),
                execution.id(),
                execution.fence(),
                Optional.empty(),
                new Move.Keep(),
                List.of(row),
                entries);
        services.holds().at("step.before_commit");
        services.clock().observe(services.advance().advanceAndCommit(tx, transition));
        return row;
    }

    private StepEnd fail(Attempt attempt, ActionFailure failure) {
        String message = Optional.ofNullable(failure.getMessage()).orElse(failure.code());
        StepError error = StepError.of(failure.code(), message, attempt.number());
        StepRow running = attempt.running(attempt.before().input().orElse(Json.object()));
        boolean again =
                failure.isRetryable() && attempt.used() < attempt.unit().retry().maxAttempts();
        StepRow row;
        Entry entry;
        if (again) {
            Duration ceiling = attempt.unit().retry().ceilingBefore(attempt.used() + 1);
            Duration delay = Duration.ofMillis(
                    (long) (ceiling.toMillis() * services.random().getAsDouble()));
            row = running.retriedAt(services.clock().instant().plus(delay), error);
            entry = Entry.ofStep("workflow.step_retried", execution.id(), row.id(), "running", "pending");
        } else {
            row = running.failed(error);
            entry = Entry.ofStep("workflow.step_failed", execution.id(), row.id(), "running", "failed");
        }
        if (keep(row, List.of(entry.saying(error.code() + ": " + message))) instanceof Result.Written) {
            return new StepEnd.Written(row);
        }
        services.lateAnswers().note(execution, running, "failed: " + error.code());
        return new StepEnd.Unsettled(row.id());
    }

    private Result keep(StepRow row, List<Entry> entries) {
        Result result = services.groupCommit()
                .commit(new Transition(
                        execution.tenant().id(),
                        execution.id(),
                        execution.fence(),
                        Optional.empty(),
                        new Move.Keep(),
                        List.of(row),
                        entries));
        if (result instanceof Result.Written written) {
            services.clock().observe(written.now());
        }
        return result;
    }

    private static String describe(Throwable e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("");
        String text = e.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
        return text.length() > 500 ? text.substring(0, 500) : text;
    }
}
