package dev.millrace.engine;

import dev.millrace.engine.execution.ExecutionScope;
import dev.millrace.engine.execution.Family;
import dev.millrace.engine.execution.Family.Below;
import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.SettleRows;
import dev.millrace.engine.execution.ViewRows;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.trigger.Starter;
import dev.millrace.language.Definition;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Fitted;
import dev.millrace.language.Fitted.Misfit;
import dev.millrace.language.JsonSchemas;
import dev.millrace.language.Shapes;
import dev.millrace.language.Trigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Executions, as people start, read and cancel them. Every method but {@link #cancel} and {@link #await} joins the caller's transaction. */
public final class Executions {
    private static final Duration AWAIT_LOOKS_EVERY = Duration.ofMillis(20);

    private final Definitions definitions;
    private final Directory directory;
    private final EventTypes events;
    private final Starter starter;
    private final ViewRows views;
    private final SettleRows settle;
    private final Family family;
    private final Limits limits;
    private final Transactions transactions;
    private final Supplier<UUID> ids;
    private final Recent recent;
    private volatile Host host = Host.NONE;

    Executions(
            Definitions definitions,
            Directory directory,
            EventTypes events,
            Starter starter,
            ViewRows views,
            SettleRows settle,
            Family family,
            Limits limits,
            Transactions transactions,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.recent = new Recent(clock);
        this.definitions = definitions;
        this.directory = directory;
        this.events = events;
        this.starter = starter;
        this.views = views;
        this.settle = settle;
        this.family = family;
        this.limits = limits;
        this.transactions = transactions;
        this.ids = ids;
    }

    void wake(Host newHost) {
        this.host = newHost;
    }

    public Optional<ExecutionView> find(Tx tx, UUID id) {
        return views.find(tx, id);
    }

    /**
     * Blocks until the execution has the status, in transactions of its own: for a program that has nothing else to do.
     *
     * @throws IllegalStateException it has not, after {@code atMost}
     */
    public ExecutionView await(UUID tenant, UUID id, String status, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            ExecutionView view =
                    transactions.run(tenant, tx -> views.find(tx, id).orElseThrow());
            if (view.status().equals(status)) {
                return view;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Expected execution " + id + " to be " + status + " within "
                        + atMost.toSeconds() + " s, but it is " + view.status());
            }
            LockSupport.parkNanos(AWAIT_LOOKS_EVERY.toNanos());
        }
    }

    public List<ExecutionView.StepView> steps(Tx tx, UUID id) {
        return views.steps(tx, id);
    }

    /** What steps of an execution started, the oldest first. */
    public List<ExecutionView> children(Tx tx, UUID id, int limit) {
        return views.children(tx, id, limit);
    }

    public List<ExecutionView.EventAwaited> eventsAwaited(Tx tx, UUID id) {
        return views.eventsAwaited(tx, id);
    }

    /** Newest first. */
    public List<ExecutionView> list(Tx tx, ExecutionFilter filter, Optional<ExecutionView> behind, int limit) {
        return views.list(tx, filter, behind, limit);
    }

    /**
     * As {@link #start(Tx, UUID, ObjectNode, Actor)}, in a transaction of its own, which it shares with whatever else this
     * node commits at the moment: the cheaper way for who starts much and has nothing else to write.
     *
     * @throws UnknownCommitException the connection broke, and nobody knows whether it was started
     */
    public Started start(UUID tenant, UUID definition, ObjectNode payload, Actor by) {
        Optional<Recent.Seen> seen = recent.find(tenant, definition);
        if (seen.isEmpty()
                || limits.isPayloadTooLarge(payload)
                || !fits(definitions.compiled(seen.get().definition()).trigger(), payload)) {
            return transactions.run(tenant, tx -> {
                definitions
                        .find(tx, definition)
                        .ifPresent(stored -> recent.put(new Recent.Seen(stored, directory.tenant(tx))));
                return start(tx, definition, payload, by);
            });
        }
        return starter.startShared(seen.get().definition(), seen.get().tenant(), payload, by, Transactions.traceId())
                .<Started>map(Started.Done::new)
                .orElseGet(() -> transactions.run(tenant, tx -> start(tx, definition, payload, by)));
    }

    /** False also for what takes a look into the database to know. */
    private static boolean fits(Trigger trigger, ObjectNode payload) {
        return switch (trigger) {
            case Trigger.Manual manual ->
                manual.inputs()
                        .map(schema -> JsonSchemas.misfits(schema, payload).isEmpty())
                        .orElse(true);
            case Trigger.OnEvent event -> false;
            case Trigger.OnSchedule schedule -> true;
        };
    }

    /** Starts a definition by hand, whatever its trigger; no event is made of it. */
    public Started start(Tx tx, UUID definition, ObjectNode payload, Actor by) {
        Optional<StoredDefinition> found = definitions.find(tx, definition);
        if (found.isEmpty()) {
            return new Started.NotFound();
        }
        if (!found.get().enabled()) {
            return new Started.NotEnabled();
        }
        if (limits.isPayloadTooLarge(payload)) {
            return new Started.PayloadTooLarge(limits.payloadBytes());
        }
        StoredDefinition stored = found.get();
        Definition compiled = definitions.compiled(stored);
        TenantInfo tenant = directory.tenant(tx);
        return switch (compiled.trigger()) {
            case Trigger.Manual manual -> {
                List<Misfit> misfits = manual.inputs()
                        .map(schema -> JsonSchemas.misfits(schema, payload))
                        .orElse(List.of());
                yield misfits.isEmpty() ? begin(tx, stored, tenant, payload, by) : new Started.PayloadInvalid(misfits);
            }
            case Trigger.OnEvent event -> startForEvent(tx, stored, tenant, event, payload, by);
            case Trigger.OnSchedule schedule -> begin(tx, stored, tenant, payload, by);
        };
    }

    private Started startForEvent(
            Tx tx, StoredDefinition stored, TenantInfo tenant, Trigger.OnEvent event, ObjectNode payload, Actor by) {
        Fitted fitted = Shapes.fit(
                payload, events.find(event.events().getFirst()).orElseThrow().payload());
        if (!fitted.fits()) {
            return new Started.PayloadInvalid(fitted.misfits());
        }
        var scope = ExecutionScope.ofTrigger(
                tenant, fitted.value(), stored.id(), stored.name(), stored.version(), tx.now());
        if (event.condition().isPresent()) {
            try {
                if (!event.condition().get().holds(scope)) {
                    return new Started.ConditionFalse(
                            event.condition().get().source(),
                            scope.valuesOf(event.condition().get()));
                }
            } catch (EvaluationException e) {
                return new Started.ConditionFalse(
                        e.reason(), scope.valuesOf(event.condition().get()));
            }
        }
        return begin(tx, stored, tenant, fitted.value(), by);
    }

    private Started begin(Tx tx, StoredDefinition stored, TenantInfo tenant, ObjectNode payload, Actor by) {
        return new Started.Done(starter.start(tx, stored, tenant, Optional.empty(), payload, by, 0));
    }

    /** What cancelling did. */
    public enum Cancelled {
        DONE,
        OVER_ALREADY,
        NOT_FOUND
    }

    /**
     * Ends a live execution and those that it started at once, in a transaction of its own: whoever runs them finds its
     * lease refused, what they wait for is withdrawn, and the step that waited for it fails. Locks the executions in the
     * order of their ids, their steps, their requests.
     */
    public Cancelled cancel(UUID tenant, UUID execution, Actor by, Optional<String> reason) {
        return transactions.run(tenant, tx -> cancel(tx, execution, by, reason));
    }

    Cancelled cancel(Tx tx, UUID execution, Actor by, Optional<String> reason) {
        family.lock(tx, execution, Below.ALL);
        Optional<Boolean> live = settle.lock(tx, execution);
        if (live.isEmpty()) {
            return Cancelled.NOT_FOUND;
        }
        if (!live.get()) {
            return Cancelled.OVER_ALREADY;
        }
        Entry entry = Entry.ofExecution("workflow.cancelled", execution, "running", "cancelled")
                .by(by);
        settle.cancel(tx, execution, ids, reason.map(entry::saying).orElse(entry));
        family.withdraw(tx, execution, by);
        family.cancelBelow(tx, execution, Below.ALL, by, "execution " + execution + " was cancelled, which started it");
        family.endedByCancel(tx, execution);
        tx.afterCommit(() -> host.lookAt(execution));
        return Cancelled.DONE;
    }
}
