package dev.millrace.engine.trigger;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Holds;
import dev.millrace.engine.Journal;
import dev.millrace.engine.Json;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.trigger.ScheduleRows.Running;
import dev.millrace.language.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts executions when schedules are due. Of many nodes one fires: it locks the schedule's row, starts the executions
 * and sets the next fire in one transaction.
 */
public final class Scheduler {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private final Jdbi jdbi;
    private final Transactions transactions;
    private final Directory directory;
    private final DefinitionRows definitions;
    private final ScheduleRows rows;
    private final Starter starter;
    private final Journal journal;
    private final Holds holds;

    public Scheduler(
            Jdbi jdbi,
            Transactions transactions,
            Directory directory,
            DefinitionRows definitions,
            ScheduleRows rows,
            Starter starter,
            Journal journal,
            Holds holds) {
        this.jdbi = jdbi;
        this.transactions = transactions;
        this.directory = directory;
        this.definitions = definitions;
        this.rows = rows;
        this.starter = starter;
        this.journal = journal;
        this.holds = holds;
    }

    /**
     * Fires what is due now, each schedule in a transaction of its own: one that cannot be fired keeps none of the others
     * from it.
     *
     * @return how many schedules
     */
    public int runOnce() {
        int fired = 0;
        for (UUID tenant : dueTenants()) {
            for (UUID definition : transactions.run(tenant, rows::due)) {
                fired += fireQuietly(tenant, definition) ? 1 : 0;
            }
        }
        return fired;
    }

    private List<UUID> dueTenants() {
        return jdbi.withHandle(h -> h.createQuery("select millrace_due_schedules()")
                .mapTo(UUID.class)
                .list());
    }

    private boolean fireQuietly(UUID tenant, UUID definition) {
        try {
            return transactions.run(tenant, tx -> {
                Optional<Running> due = rows.lockDue(tx, definition);
                due.ifPresent(running -> fire(tx, directory.tenant(tx), running));
                return due.isPresent();
            });
        } catch (RuntimeException e) {
            log.warn("the schedule of definition {} could not be fired; it is tried again", definition, e);
            return false;
        }
    }

    private void fire(Tx tx, TenantInfo tenant, Running running) {
        Schedule schedule = switch (Schedule.parse(running.cron())) {
            case Schedule.Parsed.Good good -> good.schedule();
            case Schedule.Parsed.Bad bad ->
                throw new IllegalStateException("the schedule of " + running.definition() + " cannot be read");
        };
        Instant now = tx.now();
        StoredDefinition definition = definitions.find(tx, running.definition()).orElseThrow();
        Slots slots = Slots.due(schedule, running.zone(), running.catchUp(), running.nextFire(), now);
        slots.fire().stream()
                .filter(slot -> !rows.hasFired(tx, running.workflow(), slot))
                .forEach(slot -> start(tx, tenant, definition, slot, now));
        if (slots.missed() > 0) {
            journalMissed(tx, definition, running, slots);
        }
        holds.at("schedule.before_move");
        schedule.next(now, running.zone())
                .ifPresentOrElse(
                        next -> rows.move(tx, running.definition(), now, next),
                        () -> rows.remove(tx, running.definition()));
    }

    private void start(Tx tx, TenantInfo tenant, StoredDefinition definition, Instant slot, Instant now) {
        ObjectNode trigger = Json.object();
        trigger.put("scheduled_for", Json.text(slot)).put("fired_at", Json.text(now));
        var by = new Actor("system", Optional.of(definition.id().toString()), "Schedule of " + definition.name());
        UUID execution = starter.start(tx, definition, tenant, Optional.empty(), trigger, by, 0);
        rows.takeSlot(tx, definition.name(), slot, execution);
    }

    private void journalMissed(Tx tx, StoredDefinition definition, Running running, Slots slots) {
        String count = (slots.more() ? "more than " : "") + slots.missed();
        Entry entry = new Entry(
                "workflow.schedule_missed",
                Actor.SYSTEM,
                "definition",
                definition.id().toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(count + " fires since " + Json.text(running.nextFire()) + " were missed and do not run; "
                        + slots.fire().size() + " run now"));
        journal.write(tx, entry);
    }
}
