package dev.millrace.engine.execution;

import dev.millrace.engine.Limits;
import dev.millrace.engine.execution.Transition.Move;
import dev.millrace.engine.execution.Transition.Result;
import dev.millrace.language.ItemScope;
import dev.millrace.language.Next;
import dev.millrace.language.Planner;
import dev.millrace.language.Scope;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState.Status;
import dev.millrace.language.StepsScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one execution while this node has its lease: asks the planner, runs what it says, and goes on with each
 * result once it is durable. Ends when the execution is over, parked, handed back, or the lease is lost. One thread
 * drives; each step runs on a thread of its own and reports back.
 */
public final class ExecutionRun implements Runnable {
    /** Nodes lost in a row without a committed step, after which the execution is held to be the cause. */
    private static final int LEASE_LOSSES_MAX = 5;

    /** Results in a row that could not be written, after which the lease is left to run out. */
    private static final int UNSETTLED_MAX = 5;

    /** At least between two looks at the time for which it has run. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(ExecutionRun.class);

    private final Services services;
    private final Loaded loaded;
    private final Units units;
    private final RunState state;
    private final RunWriter writer;
    private final Gate gate;
    private final LinkedBlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();

    /** Taken out of the mailbox and not yet looked at. */
    private final ArrayDeque<Message> backlog = new ArrayDeque<>();

    private Instant timeLimit;
    private int signal;
    private int unsettled;
    private boolean draining;

    /** The rows were last read while something ran whose own row was passed over. */
    private boolean readWhileRunning;

    public ExecutionRun(Services services, Loaded loaded) {
        this.services = services;
        this.loaded = loaded;
        this.units = Units.of(loaded.definition());
        this.state = new RunState(Units.lists(loaded.definition()), loaded.steps());
        this.writer = new RunWriter(services, loaded);
        this.gate = new Gate(services, loaded);
        this.signal = loaded.signal();
        this.timeLimit = loaded.active()
                .since()
                .plus(services.settings().limits().runningTime())
                .minus(loaded.active().before());
    }

    private sealed interface Message {
        record Ended(StepEnd end) implements Message {}

        record LookAgain() implements Message {}

        record Drain() implements Message {}
    }

    public UUID tenant() {
        return loaded.tenant().id();
    }

    public UUID id() {
        return loaded.id();
    }

    /** Whether its node was lost more than once in a row before it got a step done. */
    public boolean isApart() {
        return loaded.leaseLosses() > 1;
    }

    /** Somebody decided something: the rows are to be read again. */
    public void lookAgain() {
        mailbox.add(new Message.LookAgain());
    }

    /** Start nothing more; hand the execution back when what runs has ended. */
    public void drain() {
        mailbox.add(new Message.Drain());
    }

    @Override
    public void run() {
        try {
            boolean open = gate.opens(signal);
            while (open && advance()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("execution {} is left to whoever claims it when its lease ends", id(), e);
        }
    }

    /** One round; false when this node is done with the execution. */
    private boolean advance() throws InterruptedException {
        if (loaded.leaseLosses() >= LEASE_LOSSES_MAX) {
            return giveUpAsPoison();
        }
        Instant now = services.clock().instant();
        if (!now.isBefore(timeLimit) && isOverTime(now)) {
            state.forgetRunning();
            return readAgain()
                    && giveUp(
                            "execution_time_limit",
                            "Expected to be over within "
                                    + limits().runningTime().toMinutes()
                                    + " min of running, without the time spent waiting");
        }
        Scope context = ExecutionScope.of(loaded, now);
        Next next = Planner.next(loaded.definition(), state.progress(), context);
        List<StepRow> settled = settled(next);
        if (!next.expanded().isEmpty()) {
            settled.addAll(expanded(next, now));
            return keep(settled);
        }
        List<String> due = draining
                ? List.of()
                : next.ready().stream().filter(id -> state.isDue(id, now)).toList();
        List<String> expired = draining || !next.cancel().isEmpty() ? List.of() : state.dueDeadlines(now);
        boolean idle = !state.isAnythingRunning() && due.isEmpty() && expired.isEmpty();
        if (!settled.isEmpty() && !idle) {
            return keep(settled);
        }
        Scope scope = StepsScope.of(context, loaded.definition(), state.states());
        due.forEach(id -> start(id, scope));
        expired.forEach(id -> startDeadline(id, scope));
        if (!next.cancel().isEmpty()
                && !state.isAnyDeadlineRunning()
                && next.ending().isEmpty()) {
            return cancelWaits(next.cancel());
        }
        if (state.isAnythingRunning()) {
            return await(next, now);
        }
        return next.ending().isPresent() ? end(next, settled) : park(settled, now);
    }

    private List<StepRow> settled(Next next) {
        var settled = new ArrayList<StepRow>();
        next.settled()
                .forEach((id, state) ->
                        settled.add(within(limits(), before(unit(id)).settled(state))));
        return settled;
    }

    /** The outputs of all items of a list may be too much together. */
    private static StepRow within(Limits limits, StepRow row) {
        return row.output().filter(limits::isOutputTooLarge).isPresent()
                ? row.failed(StepError.of("output_too_large", limits.outputTooLarge(), row.attempt()))
                : row;
    }

    private Limits limits() {
        return services.settings().limits();
    }

    /** Asks the database, whose clock decides; this node's only said when to ask. */
    private boolean isOverTime(Instant now) {
        Optional<Duration> active = services.transactions()
                .run(tenant(), tx -> services.executions().activeTime(tx, id(), loaded.fence()));
        Duration left = limits().runningTime().minus(active.orElse(Duration.ZERO));
        boolean over = active.isPresent() && !left.isPositive();
        if (!over) {
            timeLimit = now.plus(left.compareTo(ASK_AGAIN) > 0 ? left : ASK_AGAIN);
        }
        return over;
    }

    /** Lists evaluated now: their items are durable before any of them runs. */
    private List<StepRow> expanded(Next next, Instant now) {
        var rows = new ArrayList<StepRow>();
        next.expanded().forEach((id, items) -> rows.add(ItemList.row(id, unit(id).action(), items, now)));
        return rows;
    }

    private StepRow before(Unit unit) {
        return state.row(unit.id()).orElse(StepRow.fresh(unit.id(), unit.action()));
    }

    private Scope withItem(Unit unit, Scope scope) {
        if (unit.item().isEmpty()) {
            return scope;
        }
        int item = unit.item().get();
        StepRow list = state.row(unit.owner().orElseThrow().id()).orElseThrow();
        return new ItemScope(scope, ItemList.item(list, item), item);
    }

    private void start(String id, Scope scope) {
        state.started(id);
        Unit unit = unit(id);
        StepRow before = before(unit);
        Scope seen = withItem(unit, scope);
        var runner = new StepRunner(services, loaded);
        Thread.ofVirtual()
                .name("millrace-step")
                .start(() -> mailbox.add(new Message.Ended(runner.run(unit, before, seen))));
    }

    private void startDeadline(String id, Scope scope) {
        state.startedDeadline(id);
        StepRow waiting = state.row(id).orElseThrow();
        var timeoutUnit = state.row(Planner.onTimeoutId(id, waiting.deadlineNo()));
        var runner = new DeadlineRunner(services, loaded, signal, units);
        Unit unit = unit(id);
        var step = unit.owner().orElseThrow();
        Scope seen = withItem(unit, scope);
        Thread.ofVirtual()
                .name("millrace-deadline")
                .start(() -> mailbox.add(new Message.Ended(runner.run(step, waiting, timeoutUnit, seen))));
    }

    private boolean await(Next next, Instant now) throws InterruptedException {
        Duration patience = Duration.between(
                now, state.nextDue(next.ready()).filter(timeLimit::isAfter).orElse(timeLimit));
        Message message = backlog.isEmpty()
                ? mailbox.poll(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
                : backlog.remove();
        return switch (message) {
            case null -> true;
            case Message.Ended ended -> settle(ended.end());
            case Message.LookAgain look -> readAgain();
            case Message.Drain drain -> {
                draining = true;
                yield true;
            }
        };
    }

    private boolean settle(StepEnd end) {
        state.ended(end.unit());
        return switch (end) {
            case StepEnd.Written written -> {
                unsettled = 0;
                state.put(written.row());
                // Whoever decides needs no lease: what was read while this was under way may be younger than this.
                yield !(readWhileRunning && written.row().status() == Status.WAITING) || readAgain();
            }
            case StepEnd.Computed computed -> writeComputed(computed);
            case StepEnd.Unsettled nothing -> readAgainAfterFailure();
        };
    }

    /** Results without a transaction of their own, and what follows from them at once: steps to skip, the end. */
    private boolean writeComputed(StepEnd.Computed first) {
        var before = new HashMap<String, Optional<StepRow>>();
        var rows = new ArrayList<StepRow>();
        for (StepEnd.Computed each : allComputed(first)) {
            state.ended(each.unit());
            before.put(each.unit(), state.row(each.unit()));
            state.put(each.row());
            rows.add(each.row());
        }
        Next next = Planner.next(
                loaded.definition(),
                state.progress(),
                ExecutionScope.of(loaded, services.clock().instant()));
        boolean over = next.ending().isPresent() && next.cancel().isEmpty() && !state.isAnythingRunning();
        List<StepRow> settled = next.expanded().isEmpty() ? settled(next) : List.of();
        rows.addAll(settled);
        Result result = over
                ? writeEnd(next, rows)
                : writer.write(Optional.empty(), new Move.Keep(), rows, writer.entries(rows));
        if (result instanceof Result.Written) {
            unsettled = 0;
            settled.forEach(state::put);
            return !over;
        }
        before.forEach(state::takeBack);
        return readAgainAfterFailure();
    }

    /** All that have reported by now, so that branches that end together are written together. */
    private List<StepEnd.Computed> allComputed(StepEnd.Computed first) {
        var computed = new ArrayList<>(List.of(first));
        var arrived = new ArrayList<Message>();
        mailbox.drainTo(arrived);
        for (Message message : arrived) {
            if (message instanceof Message.Ended ended && ended.end() instanceof StepEnd.Computed another) {
                computed.add(another);
            } else {
                backlog.add(message);
            }
        }
        return computed;
    }

    private boolean readAgainAfterFailure() {
        if (++unsettled > UNSETTLED_MAX) {
            log.warn("execution {}: nothing can be written for it; its lease is left to run out", id());
            return false;
        }
        return readAgain();
    }

    /** What the rows say now, under the same lease; false if that is lost. */
    private boolean readAgain() {
        Optional<Reread> now = Reread.of(services, loaded);
        now.ifPresent(refreshed -> {
            if (refreshed.signal() != signal) {
                unsettled = 0;
            }
            signal = refreshed.signal();
            state.refresh(refreshed.rows());
        });
        readWhileRunning = state.isAnythingRunning();
        if (now.isEmpty()) {
            services.holds().at("execution.lease_lost");
        }
        return now.isPresent();
    }

    private boolean keep(List<StepRow> settled) {
        Result result = writer.write(Optional.empty(), new Move.Keep(), settled, writer.entries(settled));
        return goOnWith(result, settled);
    }

    private boolean cancelWaits(List<String> ids) {
        List<StepRow> cancelled = cancelled(ids);
        Result result = writer.writeWithdrawing(signal, cancelled, writer.entries(cancelled));
        return goOnWith(result, cancelled);
    }

    private boolean goOnWith(Result result, List<StepRow> written) {
        if (result instanceof Result.Written) {
            written.forEach(state::put);
            return true;
        }
        return readAgainAfterFailure();
    }

    private boolean park(List<StepRow> settled, Instant now) {
        Instant dueAt = draining
                ? now
                : state.nextDue()
                        .orElseThrow(() -> new IllegalStateException("execution " + id() + " has nothing to wait for"));
        String status = draining ? "running" : state.parkedStatus();
        services.holds().at("execution.before_park");
        Result result =
                writer.write(Optional.of(signal), new Move.Park(status, dueAt), settled, writer.entries(settled));
        return !(result instanceof Result.Written) && readAgainAfterFailure();
    }

    private boolean end(Next next, List<StepRow> settled) {
        return !(writeEnd(next, settled) instanceof Result.Written) && readAgainAfterFailure();
    }

    private Result writeEnd(Next next, List<StepRow> settled) {
        Next.Ending ending = next.ending().orElseThrow();
        var steps = new ArrayList<>(settled);
        steps.addAll(cancelled(next.cancel()));
        var entries = new ArrayList<>(writer.entries(steps));
        entries.add(writer.over(ending, state.stop()));
        var move =
                new Move.End(ending.status(), ending.outcome(), ending.error().map(e -> named(e, ending.step())));
        services.holds().at("execution.before_end");
        boolean alone = next.cancel().isEmpty()
                && loaded.definition().concurrency().isEmpty()
                && loaded.parent().isEmpty();
        var told = new ChildEnd(
                move.status(),
                move.outcome(),
                move.error(),
                state.outputs(loaded.definition().lastSteps()));
        return alone
                ? writer.write(Optional.of(signal), move, steps, entries)
                : writer.writeEnd(signal, move, steps, entries, told);
    }

    private static StepError named(StepError error, Optional<String> step) {
        var details = error.details().deepCopy();
        step.ifPresent(id -> details.put("step_id", id));
        return new StepError(error.code(), error.message(), error.attempt(), details);
    }

    private List<StepRow> cancelled(List<String> ids) {
        return ids.stream().map(id -> state.row(id).orElseThrow().cancelled()).toList();
    }

    private boolean giveUpAsPoison() {
        return giveUp(
                "worker_crashed",
                "Every one of " + loaded.leaseLosses()
                        + " servers that ran this in a row was lost before a step ended");
    }

    /** Ends it at once; what runs finds its lease refused, and no handler is run. */
    private boolean giveUp(String code, String why) {
        var error = StepError.of(code, why, 0);
        var ending = new Next.Ending("failed", "failed", Optional.empty(), Optional.of(error));
        return end(new Next(Map.of(), Map.of(), List.of(), state.unfinished(), Optional.of(ending)), List.of());
    }

    private Unit unit(String id) {
        return units.get(id);
    }
}
