package dev.millrace.engine.trigger;

import dev.millrace.engine.Directory;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.trigger.ScheduleRows.Running;
import dev.millrace.language.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;

/** What an enabled definition is found by: the names of its events, or the next fire of its schedule. */
public final class Registration {
    private final Directory directory;
    private final DefinitionRows definitions;
    private final ScheduleRows schedules;

    public Registration(Directory directory, DefinitionRows definitions, ScheduleRows schedules) {
        this.directory = directory;
        this.definitions = definitions;
        this.schedules = schedules;
    }

    /** A schedule fires from now on; what lay before is not made up for. */
    public void add(Tx tx, StoredDefinition definition, Trigger trigger) {
        switch (trigger) {
            case Trigger.OnEvent event ->
                event.events().forEach(name -> definitions.addTrigger(tx, definition.id(), name));
            case Trigger.OnSchedule at -> {
                ZoneId zone = at.zone().orElseGet(() -> directory.tenant(tx).timeZone());
                at.schedule()
                        .next(tx.now(), zone)
                        .ifPresent(next -> schedules.add(
                                tx,
                                new Running(
                                        definition.id(),
                                        definition.name(),
                                        at.schedule().source(),
                                        zone,
                                        at.catchUp(),
                                        next)));
            }
            case Trigger.Manual manual -> {}
        }
    }

    public void remove(Tx tx, UUID definition) {
        definitions.removeTriggers(tx, definition);
        schedules.remove(tx, definition);
    }

    /** By definition, for those that have one. */
    public Map<UUID, Instant> nextFires(Tx tx) {
        return schedules.nextFires(tx);
    }
}
