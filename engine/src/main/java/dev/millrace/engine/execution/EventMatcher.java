package dev.millrace.engine.execution;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Holds;
import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.WaitRows.Happened;
import dev.millrace.engine.execution.WaitRows.Waiting;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.WaitKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ends waits for events, after the events' commit and never in the publisher's transaction.
 *
 * <p>Why none is missed: an event is looked at only once it is committed, at some time T, and ends the waits that are
 * committed at T. A wait that is committed later looks back once, after its commit, over the events that are committed
 * then: T is among what it sees. Why none counts twice: the row of the wait is deleted in the transaction in which its
 * step ends, by whoever is first, be it an event, the deadline or a cancel. So every part may be repeated, by any node.
 */
public final class EventMatcher {
    private static final int EVENTS_MOST = 500;
    private static final int WAITS_MOST = 200;

    /** How far the clocks of nodes may be apart, of which ids of events and executions are made. */
    private static final long SKEW_MILLIS = 3_600_000;

    private static final Logger log = LoggerFactory.getLogger(EventMatcher.class);

    private final Transactions transactions;
    private final WaitRows waits;
    private final WaitCondition condition;
    private final SettleRows settle;
    private final Supplier<UUID> ids;
    private final Holds holds;
    private volatile Host host = Host.NONE;

    public EventMatcher(
            Transactions transactions,
            WaitRows waits,
            ExecutionRows executions,
            Directory directory,
            DefinitionRows definitions,
            CompiledDefinitions compiled,
            SettleRows settle,
            Supplier<UUID> ids,
            Holds holds) {
        this.transactions = transactions;
        this.waits = waits;
        this.condition = new WaitCondition(executions, directory, definitions, compiled);
        this.settle = settle;
        this.ids = ids;
        this.holds = holds;
    }

    /** Who goes on with what an event ended the wait of. */
    public void wake(Host newHost) {
        this.host = newHost;
    }

    /**
     * Looks at what is committed now, for every tenant.
     *
     * @return how many events and new waits it is done with
     */
    public int runOnce() {
        List<UUID> tenants = new ArrayList<>(waits.tenants());
        Collections.shuffle(tenants);
        return tenants.stream().mapToInt(this::ofTenant).sum();
    }

    /** What there is to do for a tenant, and what was done already. */
    private record Work(int dropped, List<UUID> events, List<Waiting> waits) {
        boolean isAll() {
            return dropped < EVENTS_MOST && events.size() < EVENTS_MOST && waits.size() < WAITS_MOST;
        }
    }

    private int ofTenant(UUID tenant) {
        int all = 0;
        while (true) {
            Work work = inTenant(
                    tenant,
                    tx -> new Work(
                            waits.dropUnwanted(tx, EVENTS_MOST),
                            waits.unmatched(tx, EVENTS_MOST),
                            waits.notLookedBack(tx, WAITS_MOST)));
            int done = work.dropped() + finish(tenant, work);
            all += done;
            if (work.isAll() || done == 0) {
                return all;
            }
        }
    }

    private int finish(UUID tenant, Work work) {
        int done = 0;
        for (UUID event : work.events()) {
            done += tried("event " + event, () -> match(tenant, event));
        }
        for (Waiting wait : work.waits()) {
            done += tried("wait of execution " + wait.execution(), () -> lookBack(tenant, wait));
        }
        return done;
    }

    /** One that cannot be handled holds up nobody else; it is tried again in the next round. */
    private static int tried(String what, Runnable work) {
        try {
            work.run();
            return 1;
        } catch (RuntimeException e) {
            log.warn("{}: cannot be matched now", what, e);
            return 0;
        }
    }

    private void match(UUID tenant, UUID row) {
        Optional<Happened> event = inTenant(tenant, tx -> waits.unmatchedEvent(tx, row));
        event.ifPresent(happened -> {
            holds.at("match.before_look");
            for (Waiting wait : inTenant(tenant, tx -> candidates(tx, happened))) {
                settle(tenant, wait, happened);
            }
            holds.at("match.before_done");
            inTenant(tenant, tx -> waits.done(tx, row));
        });
    }

    private List<Waiting> candidates(Tx tx, Happened event) {
        var all = new ArrayList<Waiting>();
        for (String path : waits.keyPaths(tx, event.name())) {
            WaitKeyText.of(WaitKey.read(WaitRows.path(path), event.payload()))
                    .ifPresent(value -> all.addAll(waits.candidates(tx, event, path, value)));
        }
        return all;
    }

    private void lookBack(UUID tenant, Waiting wait) {
        holds.at("look_back.before");
        UUID last = wait.sinceTrigger() ? beforeTrigger(wait.execution()) : new UUID(0, 0);
        List<Happened> page;
        do {
            UUID behind = last;
            page = inTenant(tenant, tx -> waits.earlier(tx, wait, behind, EVENTS_MOST));
            for (Happened event : page) {
                if (hasKey(wait, event) && settle(tenant, wait, event)) {
                    return;
                }
                last = event.row();
            }
        } while (page.size() == EVENTS_MOST);
        inTenant(tenant, tx -> waits.lookedBack(tx, wait));
    }

    /** The execution's id was made when its trigger came, by a clock that nobody moves. */
    private static UUID beforeTrigger(UUID execution) {
        long millis = (execution.getMostSignificantBits() >>> 16) - SKEW_MILLIS;
        return new UUID(millis << 16, 0);
    }

    private static boolean hasKey(Waiting wait, Happened event) {
        return WaitKeyText.of(WaitKey.read(WaitRows.path(wait.keyPath()), event.payload()))
                .filter(wait.keyValue()::equals)
                .isPresent();
    }

    /** True: this event ended the wait. */
    private boolean settle(UUID tenant, Waiting wait, Happened event) {
        return inTenant(tenant, tx -> {
            if (!condition.holds(tx, wait, event)) {
                return false;
            }
            holds.at("match.before_lock");
            boolean live = settle.lock(tx, wait.execution()).orElse(false);
            boolean first = live && waits.close(tx, wait.execution(), wait.step());
            if (!first || !settle.completeIfWaiting(tx, wait.execution(), wait.step(), output(event))) {
                return false;
            }
            Entry entry = Entry.ofStep("workflow.step_completed", wait.execution(), wait.step(), "waiting", "completed")
                    .saying("by " + event.name() + " " + event.id());
            settle.signal(tx, wait.execution(), ids.get(), entry);
            holds.at("match.before_commit");
            tx.afterCommit(() -> host.lookAt(wait.execution()));
            return true;
        });
    }

    private static ObjectNode output(Happened event) {
        ObjectNode output = Json.object().put("event_id", event.id());
        output.set("payload", event.payload());
        return output;
    }

    private <T> T inTenant(UUID tenant, Function<Tx, T> work) {
        return transactions.run(tenant, work);
    }
}
