package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.ActionRegistry.Registered;
import dev.millrace.engine.action.DeadlineAction;
import dev.millrace.engine.execution.Family.Below;
import dev.millrace.engine.execution.PendingRequests.Asked;
import dev.millrace.engine.execution.PendingRequests.Reminded;
import dev.millrace.engine.execution.PendingRequests.State;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a waiting step's time is up. Everything here is decided against a decision that may come in at the
 * same moment: the signal and the guarded update of the request let exactly one of them win.
 */
final class DeadlineRunner {
    private static final String SENT_BACK = "; it was sent back and not submitted again";
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
            if (waiting.wakeAt().filter(at -> !at.isAfter(scope.now())).isPresent()) {
                return wake(waiting);
            }
            Seen seen = services.transactions()
                    .run(
                            execution.tenant().id(),
                            tx -> new Seen(services.requests().asked(tx, execution.id(), waiting.id()), tx.now()));
            if (isTooEarly(waiting.dueAt().orElseThrow(), seen.now())) {
                return new StepEnd.Written(waiting);
            }
            return seen.asked().isPresent()
                    ? lookAtRequest(step, waiting, seen.asked().get(), timeoutUnit, scope, seen.now())
                    : lookAtWait(step, waiting, timeoutUnit, scope, seen.now());
        } catch (LeaseLost | UnknownCommitException e) {
            return new StepEnd.Unsettled(waiting.id());
        } catch (RuntimeException e) {
            log.warn("execution {} step {}: its deadline could not be handled", execution.id(), waiting.id(), e);
            return new StepEnd.Unsettled(waiting.id());
        }
    }

    /** What a step waits for of people, if it does, and the database's clock. */
    private record Seen(Optional<Asked> asked, Instant now) {}

    private StepEnd lookAtWait(Step step, StepRow waiting, Optional<StepRow> timeoutUnit, Scope scope, Instant now) {
        Instant since = waiting.waitingSince().orElseThrow();
        Optional<Deadline> entry = Deadlines.entry(step, waiting.deadlineNo())
                .filter(d -> !since.plus(d.after()).isAfter(now));
        if (entry.isEmpty()) {
            return isForChild(step) ? goOnWaiting(step, waiting, waiting.deadlineNo()) : expire(step, waiting, "");
        }
        return runEntry(step, waiting, entry.get(), timeoutUnit, scope);
    }

    /** The most pressing thing first; whatever else is due follows when the step is looked at again. */
    private StepEnd lookAtRequest(
            Step step, StepRow waiting, Asked asked, Optional<StepRow> timeoutUnit, Scope scope, Instant now) {
        int number = waiting.deadlineNo();
        Optional<Deadline> entry = Deadlines.entry(step, number)
                .filter(d -> !asked.deadlines().get(number).isAfter(now));
        if (entry.isPresent()) {
            Optional<Registered> action = services.actions().find(entry.get().action());
            if (action.isEmpty() || !(action.get().action() instanceof DeadlineAction<?, ?>)) {
                return runEntry(step, waiting, entry.get(), timeoutUnit, scope);
            }
            return asked.state() == State.RETURNED
                    ? expire(step, waiting, SENT_BACK)
                    : decideRequest(step, waiting, number, scope);
        }
        Optional<Integer> next = asked.nobody() && asked.state() == State.PENDING
                ? Deadlines.escalation(step, number)
                : Optional.empty();
        if (next.isPresent()) {
            return decideRequest(step, waiting, next.get(), scope);
        }
        if (!asked.expiresAt().isAfter(now)) {
            return expire(step, waiting, asked.state() == State.RETURNED ? SENT_BACK : "");
        }
        return asked.remindAt().filter(at -> !at.isAfter(now)).isPresent() && asked.state() == State.PENDING
                ? remind(waiting, asked)
                : lookLater(waiting, asked);
    }

    private StepEnd remind(StepRow waiting, Asked asked) {
        return inTransaction(tx -> {
            lockFor(tx, waiting, asked);
            Reminded reminded = services.requests().remind(tx, asked.request());
            Entry entry = entry("workflow.approval_reminded", waiting, "waiting")
                    .about("approval", asked.request())
                    .saying("Reminded " + reminded.whom());
            Instant due = due(waiting, asked, Optional.of(reminded.next()));
            return advance(tx, waiting.pastDeadline(waiting.deadlineNo(), due), List.of(entry));
        });
    }

    /** Nothing is due: what made it so has been dealt with since. */
    private StepEnd lookLater(StepRow waiting, Asked asked) {
        return inTransaction(tx -> {
            lockFor(tx, waiting, asked);
            Optional<Instant> remindAt = asked.state() == State.PENDING ? asked.remindAt() : Optional.empty();
            return advance(tx, waiting.pastDeadline(waiting.deadlineNo(), due(waiting, asked, remindAt)), List.of());
        });
    }

    private static Instant due(StepRow waiting, Asked asked, Optional<Instant> remindAt) {
        return Stream.of(
                        asked.deadlines().stream().skip(waiting.deadlineNo()).limit(1),
                        remindAt.stream(),
                        Stream.of(asked.expiresAt()))
                .flatMap(times -> times)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Locks the execution, and makes sure that the request is still the one that was looked at. */
    private void lockFor(Tx tx, StepRow waiting, Asked asked) {
        lock(tx);
        Optional<Asked> now = services.requests().asked(tx, execution.id(), waiting.id());
        if (now.filter(a -> a.request().equals(asked.request()) && a.state() == asked.state())
                .isEmpty()) {
            throw new LeaseLost();
        }
    }

    private StepEnd wake(StepRow waiting) {
        StepRow done = waiting.completed(waiting.output().orElseThrow());
        return inTransaction(tx -> isTooEarly(waiting.wakeAt().orElseThrow(), tx.now())
                ? waiting
                : advance(tx, done, List.of(entry("workflow.step_completed", done, "completed"))));
    }

    /** This node's idea of now was ahead of the database's, which decides: it looks again when the time has come. */
    private boolean isTooEarly(Instant due, Instant now) {
        boolean early = due.isAfter(now);
        if (early) {
            services.clock().correct(now);
        }
        return early;
    }

    @SuppressWarnings("unchecked") // the registry read the config record off the action's own type arguments
    private StepEnd decideRequest(Step step, StepRow waiting, int number, Scope scope) {
        Deadline entry = step.onTimeout().get(number);
        Registered registered = services.actions().find(entry.action()).orElseThrow();
        var action = (DeadlineAction<Record, Record>) registered.action();
        try {
            services.gate().check(execution.tenant().id(), registered.type());
            return inTransaction(tx -> {
                lock(tx);
                Asked asked = services.requests()
                        .asked(tx, execution.id(), waiting.id())
                        .filter(a -> a.state() == State.PENDING)
                        .orElseThrow(LeaseLost::new);
                var context = new StepContext(
                        execution,
                        unit(waiting, number),
                        waiting.attempt(),
                        scope,
                        waiting.waitingSince().orElseThrow(),
                        services);
                Record config = config(registered, entry, scope);
                var expiring = new DeadlineAction.Expiring(asked.request(), number);
                return apply(tx, waiting, number, context, action.run(tx, context, expiring, config));
            });
        } catch (ActionFailure e) {
            return expire(step, waiting, "; " + entry.action() + " failed: " + e.getMessage());
        } catch (EvaluationException e) {
            return expire(step, waiting, "; " + entry.action() + " failed: " + e.getMessage());
        }
    }

    private Unit unit(StepRow waiting, int entry) {
        return units.get(Planner.onTimeoutId(waiting.id(), entry));
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

    private StepRow apply(Tx tx, StepRow waiting, int entry, StepContext context, DeadlineAction.Verdict verdict) {
        return switch (verdict) {
            case DeadlineAction.Verdict.WaitsFor on ->
                advance(tx, waiting.pastDeadline(entry + 1, on.dueAt()), context.entries());
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
        Unit unit = unit(waiting, waiting.deadlineNo());
        StepRow row = timeoutUnit.orElse(StepRow.fresh(unit.id(), unit.action()));
        if (!row.status().isFinal()) {
            if (!entry.thenContinue()) {
                inTransaction(tx -> {
                    close(tx, step, waiting);
                    return waiting;
                });
            }
            return new StepRunner(services, execution).run(unit, row, scope);
        }
        if (entry.thenContinue()) {
            return goOnWaiting(step, waiting, waiting.deadlineNo() + 1);
        }
        String failed = row.status() == Status.COMPLETED ? "" : "; " + entry.action() + " failed";
        return expire(step, waiting, failed);
    }

    /** One waits for another execution for as long as that lives. */
    private static boolean isForChild(Step step) {
        return step.action().equals("core.run_workflow");
    }

    private StepEnd goOnWaiting(Step step, StepRow waiting, int done) {
        Instant since = waiting.waitingSince().orElseThrow();
        return inTransaction(tx -> {
            StepRow past = waiting.pastDeadline(done, services.clock().instant());
            Instant due = services.requests()
                    .asked(tx, execution.id(), waiting.id())
                    .map(asked -> due(past, asked, asked.remindAt()))
                    .orElseGet(() -> Deadlines.next(step, since, done)
                            .or(waiting::wakeAt)
                            .orElse(services.clock().instant().plus(NodeSettings.DEFAULT_EXPIRY)));
            return advance(tx, waiting.pastDeadline(done, due), List.of());
        });
    }

    private StepEnd expire(Step step, StepRow waiting, String remark) {
        boolean forPeople = step.action().equals("erp.approval.request");
        return inTransaction(tx -> {
            close(tx, step, waiting);
            String waited = inWords(Duration.between(waiting.waitingSince().orElseThrow(), tx.now()));
            String message = (forPeople ? "Nobody decided within " : "Nothing came within ") + waited + remark;
            String code = forPeople ? "approval_expired" : "wait_timed_out";
            StepRow failed = waiting.failed(StepError.of(code, message, waiting.attempt()));
            return advance(
                    tx,
                    failed,
                    List.of(entry("workflow." + code, failed, "failed").saying(message)));
        });
    }

    /** Nothing ends the wait any more but its deadline. */
    private void close(Tx tx, Step step, StepRow waiting) {
        if (isForChild(step)) {
            services.family().lock(tx, execution.id(), Below.awaitedBy(waiting.id()));
        }
        lock(tx);
        if (step.action().equals("erp.approval.request")) {
            expireRequest(tx, waiting);
        }
        services.waits().close(tx, execution.id(), waiting.id());
        if (isForChild(step)) {
            services.family()
                    .cancelBelow(
                            tx,
                            execution.id(),
                            Below.awaitedBy(waiting.id()),
                            Actor.SYSTEM,
                            "the step that waited for it has timed out");
        }
    }

    /** Expired already is fine: a node may have died between this and the end of the step. So is sent back. */
    private void expireRequest(Tx tx, StepRow waiting) {
        Optional<Asked> asked = services.requests().asked(tx, execution.id(), waiting.id());
        boolean pending = asked.filter(a -> a.state() == State.PENDING).isPresent();
        if (pending && !services.requests().expire(tx, asked.orElseThrow().request())) {
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
