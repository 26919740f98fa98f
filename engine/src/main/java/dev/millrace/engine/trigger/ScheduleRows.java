package dev.millrace.engine.trigger;

import dev.millrace.engine.Tx;
import dev.millrace.language.Trigger.CatchUp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code workflow_schedules} and {@code schedule_slots}. */
public final class ScheduleRows {

    /**
     * A schedule that runs.
     *
     * @param nextFire the first slot for which it has not fired
     */
    public record Running(
            UUID definition, String workflow, String cron, ZoneId zone, CatchUp catchUp, Instant nextFire) {}

    private static final String ADD = """
            insert into workflow_schedules (tenant_id, definition_id, workflow_name, cron, zone, catch_up, next_fire)
            values (:tenant, :definition, :workflow, :cron, :zone, :catchUp, :nextFire)""";

    public void add(Tx tx, Running schedule) {
        tx.handle()
                .createUpdate(ADD)
                .bind("tenant", tx.tenant())
                .bind("definition", schedule.definition())
                .bind("workflow", schedule.workflow())
                .bind("cron", schedule.cron())
                .bind("zone", schedule.zone().getId())
                .bind("catchUp", schedule.catchUp().name().toLowerCase(Locale.ROOT))
                .bind("nextFire", schedule.nextFire().atOffset(ZoneOffset.UTC))
                .execute();
    }

    // By primary key.
    public void remove(Tx tx, UUID definition) {
        tx.handle()
                .createUpdate(
                        "delete from workflow_schedules where tenant_id = :tenant and definition_id = :definition")
                .bind("tenant", tx.tenant())
                .bind("definition", definition)
                .execute();
    }

    // workflow_schedules_next.
    private static final String DUE = """
            select definition_id from workflow_schedules
             where tenant_id = :tenant and next_fire <= millrace_now()
             order by next_fire""";

    /** Definitions whose schedules are due. */
    public List<UUID> due(Tx tx) {
        return tx.handle()
                .createQuery(DUE)
                .bind("tenant", tx.tenant())
                .mapTo(UUID.class)
                .list();
    }

    // By primary key. A schedule that another node is firing is passed over.
    private static final String LOCK_DUE = """
            select definition_id, workflow_name, cron, zone, catch_up, next_fire
              from workflow_schedules
             where tenant_id = :tenant and definition_id = :definition and next_fire <= millrace_now()
               for update skip locked""";

    /** Locks a schedule for the rest of the transaction; empty if it is not due any more, or another node fires it. */
    public Optional<Running> lockDue(Tx tx, UUID definition) {
        return tx.handle()
                .createQuery(LOCK_DUE)
                .bind("tenant", tx.tenant())
                .bind("definition", definition)
                .map((row, context) -> running(row))
                .findOne();
    }

    // By primary key.
    private static final String MOVE = """
            update workflow_schedules set next_fire = :next, last_fire = :last
             where tenant_id = :tenant and definition_id = :definition""";

    public void move(Tx tx, UUID definition, Instant last, Instant next) {
        tx.handle()
                .createUpdate(MOVE)
                .bind("tenant", tx.tenant())
                .bind("definition", definition)
                .bind("last", last.atOffset(ZoneOffset.UTC))
                .bind("next", next.atOffset(ZoneOffset.UTC))
                .execute();
    }

    // schedule_slots_pkey decides.
    private static final String HAS_FIRED = """
            select exists (select from schedule_slots
                            where tenant_id = :tenant and workflow_name = :workflow and slot = :slot)""";

    public boolean hasFired(Tx tx, String workflow, Instant slot) {
        return tx.handle()
                .createQuery(HAS_FIRED)
                .bind("tenant", tx.tenant())
                .bind("workflow", workflow)
                .bind("slot", slot.atOffset(ZoneOffset.UTC))
                .mapTo(Boolean.class)
                .one();
    }

    /** A second row for one slot fails the transaction. */
    public void takeSlot(Tx tx, String workflow, Instant slot, UUID execution) {
        tx.handle()
                .createUpdate("""
                        insert into schedule_slots (tenant_id, workflow_name, slot, execution_id)
                        values (:tenant, :workflow, :slot, :execution)""")
                .bind("tenant", tx.tenant())
                .bind("workflow", workflow)
                .bind("slot", slot.atOffset(ZoneOffset.UTC))
                .bind("execution", execution)
                .execute();
    }

    /** The next fire of every schedule that runs, by definition. */
    public Map<UUID, Instant> nextFires(Tx tx) {
        return tx.handle()
                .createQuery("select definition_id, next_fire from workflow_schedules where tenant_id = :tenant")
                .bind("tenant", tx.tenant())
                .reduceRows(new HashMap<UUID, Instant>(), (fires, row) -> {
                    fires.put(
                            row.getColumn("definition_id", UUID.class),
                            row.getColumn("next_fire", OffsetDateTime.class).toInstant());
                    return fires;
                });
    }

    private static Running running(ResultSet row) throws SQLException {
        return new Running(
                row.getObject("definition_id", UUID.class),
                row.getString("workflow_name"),
                row.getString("cron"),
                ZoneId.of(row.getString("zone")),
                CatchUp.valueOf(row.getString("catch_up").toUpperCase(Locale.ROOT)),
                row.getObject("next_fire", OffsetDateTime.class).toInstant());
    }
}
