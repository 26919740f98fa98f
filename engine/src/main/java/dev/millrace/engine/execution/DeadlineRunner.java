package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.ActionRegistry.Registered;
import dev.millrace.engine.action.DeadlineAction;
import dev.millrace.engine.execution.Transition.Move;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.Deadline;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Fitted;
import dev.millrace.language.Planner;
import dev.millrace.language.Scope;
import dev.millrace.language.Shapes;
import dev.millrace.language.Step;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a waiting step's time is up. Everything here is decided against a decision that may come in at the
 * same moment: the signal and the guarded update of the request let exactly one of them win.
 */
final class DeadlineRunner {
    private static final Logger log = LoggerFactory.getLogger(DeadlineRunner.class);

    private final Services services;
    private final Loaded execution;
    private final int signal;
    private final Units units;

    DeadlineRunner(Services services, Loaded execution, int signal, Units units) {
        this.services = services;
        this.execution = execution;
        this.signal = signal;
        this.units = units;
    }

    /**
     * Does the next thing that is due for a waiting step.
     *
     * @param timeoutUnit the row of the due {@code on_timeout} entry, if it has run before
     */
    StepEnd run(Step step, StepRow waiting, Optional<StepRow> timeoutUnit, Scope scope) {
        try {
            Instant now = scope.now();
            if (waiting.wakeAt().filter(at -> !at.isAfter(now)).isPresent()) {
                return wake(waiting);
            }
            Instant since = waiting.waitingSince().orElseThrow();
            Optional<Deadline> entry = Deadlines.entry(step, waiting.deadlineNo())
                    .filter(d -> !since.plus(d.after()).isAfter(now));
            if (entry.isEmpty()) {
                return expire(step, waiting, "");
            }
            Optional<Registered> action = services.actions().find(entry.get().action());
            if (action.isPresent() && action.get().action() instanceof DeadlineAction<?, ?> deadline) {
                return decideRequest(step, waiting, entry.get(), action.get(), deadline, scope);
            }
            return runEntry(step, waiting, entry.get(), timeoutUnit, scope);
        } catch (LeaseLost | UnknownCommitException e) {
            return new StepEnd.Unsettled(waiting.id());
        } catch (RuntimeException e) {
            log.warn("execution {} step {}: its deadline could not be handled", execution.id(), waiting.id(), e);
            return new StepEnd.Unsettled(waiting.id());
        }
    }

    private StepEnd wake(StepRow waiting) {
        StepRow done = waiting.completed(waiting.output().orElseThrow());
        return inTransaction(tx -> advance(tx, done, List.of(entry("workflow.step_completed", done, "completed"))));
    }

    @SuppressWarnings("unchecked") // the registry read the config record off the action's own type arguments
    private StepEnd decideRequest(
            Step step,
            StepRow waiting,
            Deadline entry,
            Registered registered,
            DeadlineAction<?, ?> action,
            Scope scope) {
        try {
            services.gate().check(execution.tenant().id(), registered.type());
            return inTransaction(tx -> {
                lock(tx);
                UUID request = services.requests()
                        .pendingRequest(tx, execution.id(), waiting.id())
                        .orElseThrow(LeaseLost::new);
                var context = new StepContext(
                        execution,
                        unit(waiting),
                        waiting.attempt(),
                        scope,
                        waiting.waitingSince().orElseThrow(),
                        services.events());
                Record config = config(registered, entry, scope);
                var expiring = new DeadlineAction.Expiring(request, waiting.deadlineNo());
                return apply(
                        tx,
                        step,
                        waiting,
                        context,
                        ((DeadlineAction<Record, Record>) action).run(tx, context, expiring, config));
            });
        } catch (ActionFailure e) {
            return expire(step, waiting, "; " + entry.action() + " failed: " + e.getMessage());
        } catch (EvaluationException e) {
            return expire(step, waiting, "; " + entry.action() + " failed: " + e.getMessage());
        }
    }

    private Unit unit(StepRow waiting) {
        return units.get(Planner.onTimeoutId(waiting.id(), waiting.deadlineNo()));
    }

    private static Record config(Registered registered, Deadline entry, Scope scope) {
        Fitted input =
                Shapes.fit(entry.config().render(scope), registered.type().config());
        if (!input.fits()) {
            Fitted.Misfit first = input.misfits().getFirst();
            throw ActionFailure.permanent("config_invalid", first.path() + ": " + first.message());
        }
        return Json.bind(input.value(), registered.config());
    }

    private StepRow apply(Tx tx, Step step, StepRow waiting, StepContext context, DeadlineAction.Verdict verdict) {
        return switch (verdict) {
            case DeadlineAction.Verdict.WaitsFor on -> {
                int done = waiting.deadlineNo() + 1;
                Instant due = Deadlines.next(step, waiting.waitingSince().orElseThrow(), done)
                        .filter(next -> next.isBefore(on.expiresAt()))
                        .orElse(on.expiresAt());
                yield advance(tx, waiting.pastDeadline(done, due), context.entries());
            }
            case DeadlineAction.Verdict.Completes with -> {
                StepRow done = waiting.completed(Json.tree(with.output()));
                var entries = new ArrayList<>(context.entries());
                entries.add(entry("workflow.step_completed", done, "completed"));
                yield advance(tx, done, entries);
            }
        };
    }

    /** Any other action: the request expires first, then the action runs with a row of its own, then the step ends. */
    private StepEnd runEntry(Step step, StepRow waiting, Deadline entry, Optional<StepRow> timeoutUnit, Scope scope) {
        Unit unit = unit(waiting);
        StepRow row = timeoutUnit.orElse(StepRow.fresh(unit.id(), unit.action()));
        if (!row.status().isFinal()) {
            if (!entry.thenContinue()) {
                inTransaction(tx -> {
                    lock(tx);
                    expireRequest(tx, waiting);
                    return waiting;
                });
            }
            return new StepRunner(services, execution).run(unit, row, scope);
        }
        if (entry.thenContinue()) {
            return goOnWaiting(step, waiting);
        }
        String failed = row.status() == Status.COMPLETED ? "" : "; " + entry.action() + " failed";
        return expire(step, waiting, failed);
    }

    private StepEnd goOnWaiting(Step step, StepRow waiting) {
        int done = waiting.deadlineNo() + 1;
        Instant since = waiting.waitingSince().orElseThrow();
        Instant due = Deadlines.next(step, since, done)
                .or(waiting::wakeAt)
                .orElse(services.clock().instant().plus(NodeSettings.DEFAULT_EXPIRY));
        return inTransaction(tx -> advance(tx, waiting.pastDeadline(done, due), List.of()));
    }

    private StepEnd expire(Step step, StepRow waiting, String remark) {
        boolean forPeople = step.action().equals("erp.approval.request");
        return inTransaction(tx -> {
            lock(tx);
            if (forPeople) {
                expireRequest(tx, waiting);
            }
            String waited = inWords(Duration.between(waiting.waitingSince().orElseThrow(), tx.now()));
            String message = (forPeople ? "Nobody decided within " : "Nothing came within ") + waited + remark;
            String code = forPeople ? "approval_expired" : "wait_timed_out";
            StepRow failed = waiting.failed(StepError.of(code, message, waiting.attempt()));
            return advance(
                    tx,
                    failed,
                    List.of(entry("workflow.approval_expired", failed, "failed").saying(message)));
        });
    }

    /** Expired already is fine: a node may have died between this and the end of the step. Decided is not. */
    private void expireRequest(Tx tx, StepRow waiting) {
        Optional<UUID> pending = services.requests().pendingRequest(tx, execution.id(), waiting.id());
        if (pending.isPresent() && !services.requests().expire(tx, pending.get(), Optional.empty())) {
            throw new LeaseLost();
        }
    }

    private void lock(Tx tx) {
        if (!services.executions().lock(tx, execution.id(), execution.fence(), signal)) {
            throw new LeaseLost();
        }
    }

    private StepEnd inTransaction(Function<Tx, StepRow> work) {
        services.holds().at("deadline.before");
        return new StepEnd.Written(
                services.transactions().run(execution.tenant().id(), work));
    }

    private StepRow advance(Tx tx, StepRow row, List<Entry> entries) {
        var transition = new Transition(
                execution.tenant().id(),
                execution.id(),
                execution.fence(),
                Optional.of(signal),
                new Move.Keep(),
                List.of(row),
                entries);
        if (services.advance().advanceIn(tx, List.of(transition)).isEmpty()) {
            throw new LeaseLost();
        }
        services.holds().at("deadline.before_commit");
        return row;
    }

    private Entry entry(String type, StepRow row, String after) {
        return Entry.ofStep(type, execution.id(), row.id(), "waiting", after);
    }

    private static String inWords(Duration waited) {
        if (waited.toHours() < 1) {
            return Math.max(1, waited.toMinutes()) + " min";
        }
        return waited.toDays() >= 2 ? waited.toDays() + " days" : waited.toHours() + " h";
    }
}
