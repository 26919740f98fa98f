package dev.millrace.engine;

import dev.millrace.engine.StoredEvent.LaterStart;
import dev.millrace.engine.StoredEvent.Outcome;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.trigger.EventLogRows;
import dev.millrace.engine.trigger.LateStart;
import dev.millrace.language.Definition;
import dev.millrace.language.Trigger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The events that came in: what each started, why something did not start, and starting it later. */
public final class EventLog {
    private static final int ABOUT_MOST = 200;
    private static final int WAITING_MOST = 1000;

    private final EventLogRows rows;
    private final LateStart late;
    private final Journal journal;

    EventLog(EventLogRows rows, LateStart late, Journal journal) {
        this.rows = rows;
        this.late = late;
        this.journal = journal;
    }

    /**
     * Which events.
     *
     * @param names of events, all that are wanted
     * @param from the earliest time, inclusive
     * @param to the latest time, exclusive
     */
    public record Filter(
            Collection<String> names, Optional<Instant> from, Optional<Instant> to, Optional<Outcome> outcome) {
        public Filter {
            names = Set.copyOf(names);
        }
    }

    public Optional<StoredEvent> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /** Newest first; behind the event {@code behind} if given. */
    public List<StoredEvent> list(Tx tx, Filter filter, Optional<UUID> behind, int limit) {
        return rows.list(tx, filter, behind, limit);
    }

    /** What told of a document, oldest first; the first of very many. */
    public List<StoredEvent> about(Tx tx, String entityType, UUID entity) {
        return rows.about(tx, entityType, entity, ABOUT_MOST);
    }

    /** What was started from the event later, by hand. */
    public List<LaterStart> later(Tx tx, UUID event) {
        return rows.later(tx, event);
    }

    /**
     * How many events of the definition's trigger nobody has dealt with, among the newest 1,000 of each name: what
     * {@link #startLater} is for when the definition is new.
     */
    public int waiting(Tx tx, Definition definition) {
        return definition.trigger() instanceof Trigger.OnEvent trigger
                ? rows.waiting(tx, trigger.events(), WAITING_MOST)
                : 0;
    }

    /** How many definitions that are live now {@link #startLater} would start. */
    public int wouldStart(Tx tx, StoredEvent event) {
        return late.wouldStart(tx, event);
    }

    /**
     * Holds a stored event against the definitions that are live now. Each workflow is started once by an event, whatever
     * its versions, whoever asks, and however many ask at once. The executions are as if the event had come now, but for
     * its time and for who caused it; the journal says who started them.
     */
    public StartedLater startLater(Tx tx, StoredEvent event, Actor by) {
        StartedLater started = late.start(tx, event, by);
        if (!started.executions().isEmpty()) {
            journal.write(tx, entry(event, started, by));
        }
        return started;
    }

    private static Entry entry(StoredEvent event, StartedLater started, Actor by) {
        return new Entry(
                "event.started_later",
                by,
                "event",
                event.id().toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(event.name() + ": " + started.executions().size() + " started"));
    }
}
