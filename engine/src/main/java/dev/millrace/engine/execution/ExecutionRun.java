package dev.millrace.engine.execution;

import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.execution.Transition.Move;
import dev.millrace.engine.execution.Transition.Result;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.Next;
import dev.millrace.language.Planner;
import dev.millrace.language.Progress;
import dev.millrace.language.Scope;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState;
import dev.millrace.language.StepState.Status;
import dev.millrace.language.StepsScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    private static final Logger log = LoggerFactory.getLogger(ExecutionRun.class);

    private final Services services;
    private final Loaded loaded;
    private final Map<String, Unit> units;
    private final Map<String, StepRow> rows = new LinkedHashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> deadlines = new HashSet<>();
    private final LinkedBlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
    private int signal;
    private int unsettled;
    private boolean draining;

    public ExecutionRun(Services services, Loaded loaded) {
        this.services = services;
        this.loaded = loaded;
        this.units = Unit.of(loaded.definition());
        this.signal = loaded.signal();
        loaded.steps().forEach(row -> rows.put(row.id(), row));
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
            while (advance()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("execution {} is left to whoever claims it when its lease ends", id(), e);
        }
    }

    /** One round; false when this node is done with the execution. */
    private boolean advance() throws InterruptedException {
        if (loaded.leaseLosses() >= LEASE_LOSSES_MAX && running.isEmpty()) {
            return giveUpAsPoison();
        }
        Instant now = services.clock().instant();
        Scope context = ExecutionScope.of(loaded, now);
        Next next = Planner.next(loaded.definition(), progress(), context);
        List<StepRow> settled = settled(next);
        List<String> due = draining ? List.of() : next.ready().stream().filter(id -> isDue(id, now)).toList();
        List<String> expired = draining || !next.cancel().isEmpty() ? List.of() : dueDeadlines(now);
        boolean nothingRuns = running.isEmpty() && deadlines.isEmpty();
        if (!settled.isEmpty() && !(nothingRuns && due.isEmpty() && expired.isEmpty())) {
            return keep(settled, entries(settled));
        }
        Scope scope = StepsScope.of(context, loaded.definition(), states());
        due.forEach(id -> start(id, scope));
        expired.forEach(id -> startDeadline(id, scope));
        if (!running.isEmpty() || !deadlines.isEmpty()) {
            if (deadlines.isEmpty() && !next.cancel().isEmpty()) {
                return cancelWaits(next.cancel());
            }
            return await(next, now);
        }
        if (next.ending().isPresent()) {
            return end(next, settled);
        }
        if (!next.cancel().isEmpty()) {
            return cancelWaits(next.cancel());
        }
        return park(settled, now);
    }

    private Progress progress() {
        return new Progress(states(), stop());
    }

    private Map<String, StepState> states() {
        var states = new HashMap<String, StepState>();
        rows.forEach((id, row) -> states.put(id, row.status() == Status.RUNNING ? interrupted(row) : row.state()));
        for (String id : running) {
            StepState before = states.getOrDefault(id, StepState.PENDING);
            states.put(
                    id,
                    new StepState(
                            Status.RUNNING,
                            before.attempt() + 1,
                            Optional.empty(),
                            before.output(),
                            Optional.empty(),
                            Optional.empty()));
        }
        return states;
    }

    /** Its node was lost during the call: the next attempt may start at once. */
    private static StepState interrupted(StepRow row) {
        StepState state = row.state();
        return new StepState(
                Status.PENDING, row.attempt(), Optional.empty(), state.output(), Optional.empty(), Optional.empty());
    }

    private Optional<Progress.Stop> stop() {
        return rows.values().stream()
                .filter(row -> row.action().equals("core.stop") && row.status() == Status.COMPLETED)
                .findFirst()
                .flatMap(StepRow::input)
                .map(input -> new Progress.Stop(
                        input.path("status").asString().equals("cancelled"),
                        input.path("reason").asString()));
    }

    private List<StepRow> settled(Next next) {
        return next.settled().entrySet().stream()
                .map(e -> StepRow.settled(e.getKey(), unit(e.getKey()).action(), e.getValue()))
                .toList();
    }

    private boolean isDue(String id, Instant now) {
        return !running.contains(id)
                && Optional.ofNullable(rows.get(id))
                        .flatMap(StepRow::dueAt)
                        .filter(at -> at.isAfter(now))
                        .isEmpty();
    }

    private List<String> dueDeadlines(Instant now) {
        return rows.values().stream()
                .filter(row -> row.status() == Status.WAITING && !deadlines.contains(row.id()))
                .filter(row -> row.dueAt().filter(at -> !at.isAfter(now)).isPresent())
                .filter(row -> isDue(Planner.onTimeoutId(row.id(), row.deadlineNo()), now))
                .map(StepRow::id)
                .toList();
    }

    private void start(String id, Scope scope) {
        running.add(id);
        Unit unit = unit(id);
        StepRow before = Optional.ofNullable(rows.get(id)).orElse(StepRow.fresh(id, unit.action()));
        var runner = new StepRunner(services, loaded);
        Thread.ofVirtual()
                .name("millrace-step")
                .start(() -> mailbox.add(new Message.Ended(runner.run(unit, before, scope))));
    }

    private void startDeadline(String id, Scope scope) {
        deadlines.add(id);
        StepRow waiting = Optional.ofNullable(rows.get(id)).orElseThrow();
        var timeoutUnit = Optional.ofNullable(rows.get(Planner.onTimeoutId(id, waiting.deadlineNo())));
        var runner = new DeadlineRunner(services, loaded, signal, units);
        var step = unit(id).owner().orElseThrow();
        Thread.ofVirtual().name("millrace-deadline").start(() -> {
            StepEnd end = runner.run(step, waiting, timeoutUnit, scope);
            mailbox.add(new Message.Ended(end));
        });
    }

    private boolean await(Next next, Instant now) throws InterruptedException {
        Duration patience = nextDue(next.ready()).map(at -> Duration.between(now, at)).orElse(Duration.ofHours(1));
        Message message = mailbox.poll(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
        return switch (message) {
            case null -> true;
            case Message.Ended(StepEnd.Written(StepRow row)) -> {
                unsettled = 0;
                rows.put(row.id(), row);
                forget(row.id());
                yield true;
            }
            case Message.Ended(StepEnd.Unsettled(String unit)) -> {
                forget(unit);
                yield readAgainAfterFailure();
            }
            case Message.LookAgain() -> readAgain();
            case Message.Drain() -> {
                draining = true;
                yield true;
            }
        };
    }

    /** A deadline's own unit reports under its own id. */
    private void forget(String id) {
        running.remove(id);
        deadlines.remove(id);
        deadlines.removeIf(step -> id.startsWith(step + ".on_timeout["));
    }

    private Optional<Instant> nextDue(List<String> ready) {
        return rows.values().stream()
                .filter(row -> (row.status() == Status.WAITING && !deadlines.contains(row.id()))
                        || (row.status() == Status.PENDING && ready.contains(row.id())))
                .flatMap(row -> row.dueAt().stream())
                .min(Instant::compareTo);
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
        Optional<Refreshed> now = refresh();
        now.ifPresent(refreshed -> {
            if (refreshed.signal() != signal) {
                unsettled = 0;
            }
            signal = refreshed.signal();
            refreshed.rows().stream()
                    .filter(row -> !running.contains(row.id()))
                    .forEach(row -> rows.put(row.id(), row));
        });
        return now.isPresent();
    }

    private record Refreshed(int signal, List<StepRow> rows) {}

    /** Asks until the database answers: after a lost commit the rows alone know what happened. */
    private Optional<Refreshed> refresh() {
        for (long pause = 50; ; pause = Math.min(2000, pause * 2)) {
            try {
                return services.transactions().run(tenant(), tx -> services.executions()
                        .signal(tx, id(), loaded.fence())
                        .map(s -> new Refreshed(
                                s,
                                services.executions()
                                        .steps(tx, List.of(id()))
                                        .getOrDefault(id(), List.of()))));
            } catch (RuntimeException e) {
                log.debug("execution {} cannot be read yet", id(), e);
                LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    return Optional.empty();
                }
            }
        }
    }

    private boolean keep(List<StepRow> settled, List<Entry> entries) {
        Result result = commit(Optional.empty(), new Move.Keep(), settled, entries);
        if (result instanceof Result.Written) {
            settled.forEach(row -> rows.put(row.id(), row));
            return true;
        }
        return readAgainAfterFailure();
    }

    private boolean park(List<StepRow> settled, Instant now) {
        boolean asks = rows.values().stream()
                .anyMatch(r -> r.status() == Status.WAITING && r.action().equals("erp.approval.request"));
        boolean waits = rows.values().stream().anyMatch(r -> r.status() == Status.WAITING);
        String status = draining || !waits ? "running" : asks ? "awaiting_approval" : "waiting";
        Instant dueAt = draining
                ? now
                : rows.values().stream()
                        .filter(r -> !r.status().isFinal())
                        .flatMap(r -> r.dueAt().stream())
                        .min(Instant::compareTo)
                        .orElseThrow(() -> new IllegalStateException("execution " + id() + " has nothing to wait for"));
        services.holds().at("execution.before_park");
        Result result = commit(Optional.of(signal), new Move.Park(status, dueAt), settled, entries(settled));
        return !(result instanceof Result.Written) && readAgainAfterFailure();
    }

    private boolean end(Next next, List<StepRow> settled) {
        Next.Ending ending = next.ending().orElseThrow();
        var steps = new ArrayList<>(settled);
        steps.addAll(cancelled(next.cancel()));
        var entries = new ArrayList<>(entries(steps));
        Entry over = Entry.ofExecution("workflow." + ending.status(), id(), "running", ending.status());
        entries.add(ending.error()
                .map(e -> over.saying(ending.outcome() + ": " + e.message()))
                .orElse(over.saying(stop().map(s -> ending.outcome() + ": " + s.reason()).orElse(ending.outcome()))));
        var move = new Move.End(ending.status(), ending.outcome(), ending.error().map(e -> named(e, ending.step())));
        services.holds().at("execution.before_end");
        Result result = next.cancel().isEmpty()
                ? commit(Optional.of(signal), move, steps, entries)
                : commitCancelling(move, steps, entries);
        return !(result instanceof Result.Written) && readAgainAfterFailure();
    }

    private static StepError named(StepError error, Optional<String> step) {
        var details = error.details().deepCopy();
        step.ifPresent(id -> details.put("step_id", id));
        return new StepError(error.code(), error.message(), error.attempt(), details);
    }

    private boolean cancelWaits(List<String> ids) {
        List<StepRow> steps = cancelled(ids);
        Result result = commitCancelling(new Move.Keep(), steps, entries(steps));
        if (result instanceof Result.Written) {
            steps.forEach(row -> rows.put(row.id(), row));
            return true;
        }
        return readAgainAfterFailure();
    }

    private List<StepRow> cancelled(List<String> ids) {
        return ids.stream()
                .map(id -> Optional.ofNullable(rows.get(id)).orElseThrow().cancelled())
                .toList();
    }

    private boolean giveUpAsPoison() {
        var error = StepError.of(
                "worker_crashed",
                "Every one of " + loaded.leaseLosses() + " servers that ran this in a row was lost before a step ended",
                0);
        List<String> open = rows.values().stream()
                .filter(r -> !r.status().isFinal())
                .map(StepRow::id)
                .toList();
        var ending = new Next.Ending("failed", "failed", Optional.empty(), Optional.of(error));
        return end(new Next(Map.of(), List.of(), open, Optional.of(ending)), List.of());
    }

    private Result commit(Optional<Integer> seen, Move move, List<StepRow> steps, List<Entry> entries) {
        Result result = services.groupCommit().commit(transition(seen, move, steps, entries));
        if (result instanceof Result.Written written) {
            services.clock().observe(written.now());
        }
        return result;
    }

    /** Cancelling waits touches the requests too, so it has a transaction of its own: execution, steps, requests. */
    private Result commitCancelling(Move move, List<StepRow> steps, List<Entry> entries) {
        try {
            return services.transactions().run(tenant(), tx -> {
                Map<UUID, Instant> written = services.advance()
                        .advanceIn(tx, List.of(transition(Optional.of(signal), move, steps, entries)));
                if (written.isEmpty()) {
                    throw new LeaseLost();
                }
                services.requests().cancelPending(tx, id());
                return new Result.Written(written.getOrDefault(id(), Instant.EPOCH));
            });
        } catch (LeaseLost e) {
            return new Result.Refused();
        } catch (UnknownCommitException e) {
            return new Result.Unknown();
        }
    }

    private Transition transition(Optional<Integer> seen, Move move, List<StepRow> steps, List<Entry> entries) {
        return new Transition(tenant(), id(), loaded.fence(), seen, move, steps, entries);
    }

    private List<Entry> entries(List<StepRow> steps) {
        return steps.stream().map(this::entry).toList();
    }

    private Entry entry(StepRow row) {
        return switch (row.status()) {
            case SKIPPED ->
                Entry.ofStep("workflow.step_skipped", id(), row.id(), "pending", "skipped")
                        .saying(row.skipReason().orElse(""));
            case FAILED ->
                Entry.ofStep("workflow.step_failed", id(), row.id(), "pending", "failed")
                        .saying(row.error().map(StepError::message).orElse(""));
            case CANCELLED -> Entry.ofStep("workflow.step_cancelled", id(), row.id(), "waiting", "cancelled");
            case PENDING, RUNNING, WAITING, COMPLETED ->
                throw new IllegalStateException("the planner does not settle a step as " + row.status());
        };
    }

    private Unit unit(String id) {
        return Optional.ofNullable(units.get(id)).orElseThrow();
    }
}
