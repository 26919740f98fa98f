package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Limits;
import dev.millrace.engine.Tx;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.StepError;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What executions that started each other owe to each other: the end of one ends the wait of the step that started it,
 * and nobody is left to work for a step that waits no more. All in the transaction of the cause, under the locks of all
 * whom it concerns, taken in the order of their ids.
 */
public final class Family {
    private final FamilyRows rows = new FamilyRows();
    private final SettleRows settle;
    private final PendingRequests requests;
    private final WaitRows waits;
    private final KeyRows keys;
    private final Limits limits;
    private final Supplier<UUID> ids;
    private volatile Host host = Host.NONE;

    public Family(
            SettleRows settle,
            PendingRequests requests,
            WaitRows waits,
            KeyRows keys,
            Limits limits,
            Supplier<UUID> ids) {
        this.settle = settle;
        this.requests = requests;
        this.waits = waits;
        this.keys = keys;
        this.limits = limits;
        this.ids = ids;
    }

    /** Who goes on with what was changed here. */
    public void wake(Host newHost) {
        this.host = newHost;
    }

    /**
     * Which live executions below one are meant; with each, all that live below it.
     *
     * @param awaited only those for whose end a step waits
     * @param step only those that this step started
     */
    public record Below(boolean awaited, Optional<String> step) {
        public static final Below ALL = new Below(false, Optional.empty());
        public static final Below AWAITED = new Below(true, Optional.empty());

        static Below awaitedBy(String step) {
            return new Below(true, Optional.of(step));
        }
    }

    /** Locks the execution, those below it, and the one that waits for it. Before anything else of them is locked. */
    public void lock(Tx tx, UUID execution, Below below) {
        var locked = new TreeSet<UUID>();
        while (true) {
            // Again after each lock: until its row is locked, an execution may start others.
            Set<UUID> wanted = new TreeSet<>(rows.liveBelow(tx, execution, below));
            wanted.add(execution);
            rows.awaiting(tx, execution).ifPresent(wanted::add);
            wanted.removeAll(locked);
            if (wanted.isEmpty()) {
                return;
            }
            rows.lock(tx, wanted);
            locked.addAll(wanted);
        }
    }

    /** Cancels what lives below. Under {@link #lock}. */
    public void cancelBelow(Tx tx, UUID execution, Below below, Actor by, String why) {
        for (UUID child : rows.liveBelow(tx, execution, below)) {
            Entry entry = Entry.ofExecution("workflow.cancelled", child, "running", "cancelled")
                    .by(by)
                    .saying(why);
            rows.letGo(tx, child);
            settle.cancel(tx, child, ids, entry);
            withdraw(tx, child, by);
            tx.afterCommit(() -> host.lookAt(child));
        }
    }

    /** An execution is over: what it waited for is withdrawn, its key is handed on. */
    public void withdraw(Tx tx, UUID execution, Actor by) {
        requests.cancelPending(tx, execution, by);
        waits.cancel(tx, execution);
        keys.release(tx, execution);
    }

    /** Ends the wait of the step that waits for this execution, if one does. Under {@link #lock}. */
    void ended(Tx tx, UUID execution, ChildEnd end) {
        rows.letGo(tx, execution).ifPresent(awaited -> tell(tx, execution, awaited, end));
    }

    /** As {@link #ended}: it was cancelled by somebody who had no lease. */
    public void endedByCancel(Tx tx, UUID execution) {
        ended(tx, execution, ChildEnd.without("cancelled", "cancelled", Optional.empty()));
    }

    private void tell(Tx tx, UUID child, FamilyRows.Awaited awaited, ChildEnd end) {
        boolean good = end.isSuccess() && !limits.isOutputTooLarge(end.outputs());
        boolean settled = good
                ? settle.completeIfWaiting(tx, awaited.parent(), awaited.step(), output(child, end))
                : settle.failIfWaiting(tx, awaited.parent(), awaited.step(), failure(child, awaited, end));
        if (settled) {
            String result = good ? "completed" : "failed";
            Entry entry = Entry.ofStep("workflow.step_" + result, awaited.parent(), awaited.step(), "waiting", result)
                    .saying("execution " + child + " ended as " + end.outcome());
            settle.signal(tx, awaited.parent(), ids.get(), entry);
            tx.afterCommit(() -> host.lookAt(awaited.parent()));
        }
    }

    private static ObjectNode output(UUID child, ChildEnd end) {
        ObjectNode output = Json.object();
        output.put("execution_id", child.toString());
        output.put("status", end.status());
        output.set("outputs", end.outputs());
        return output;
    }

    private StepError failure(UUID child, FamilyRows.Awaited awaited, ChildEnd end) {
        if (end.isSuccess()) {
            return StepError.of("output_too_large", limits.outputTooLarge(), 1);
        }
        ObjectNode details = Json.object();
        details.put("execution_id", child.toString());
        details.put("status", end.status());
        details.put("outcome", end.outcome());
        details.put("child_code", end.error().map(StepError::code).orElse(null));
        String why = end.error().map(e -> ": " + e.message()).orElse("");
        return new StepError(
                "child_failed",
                "Expected " + awaited.workflow() + " to complete, but its execution " + child + " ended as "
                        + end.outcome() + why,
                1,
                details);
    }
}
