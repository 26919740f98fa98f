package dev.millrace.engine.trigger;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventLog.Filter;
import dev.millrace.engine.Json;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.StoredEvent;
import dev.millrace.engine.StoredEvent.LaterStart;
import dev.millrace.engine.Tx;
import dev.millrace.engine.execution.Actors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Stored events, as people read them, and what is started from them later. */
public final class EventLogRows {
    private static final String EVENT = """
            select id, event_id, name, payload, actor, depth, occurred_at, executions, started, declined, entity_type,
                   entity_id
              from workflow_events
             where tenant_id = :tenant
            """;

    public Optional<StoredEvent> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(EVENT + "and id = :id")
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> event(row))
                .findOne();
    }

    // Walks the primary key from its end, or from the cursor on: ids are ordered by time.
    private static final String LIST = """
            and name = any(:names)
            and (:from::timestamptz is null or occurred_at >= :from::timestamptz)
            and (:to::timestamptz is null or occurred_at < :to::timestamptz)
            and (:outcome::text is null or :outcome = case
                 when started > 0 then 'started'
                 when json_array_length(declined) = 0 then 'unmatched'
                 when exists (select from json_array_elements(declined) d where (d ->> 'failed')::boolean) then 'failed'
                 else 'declined' end)
            and (:behind::uuid is null or id < :behind::uuid)
            order by id desc
            limit :limit""";

    /** Newest first. */
    public List<StoredEvent> list(Tx tx, Filter filter, Optional<UUID> behind, int limit) {
        return tx.handle()
                .createQuery(EVENT + LIST)
                .bind("tenant", tx.tenant())
                .bindArray("names", String.class, filter.names())
                .bind("from", filter.from().map(Instant::toString).orElse(null))
                .bind("to", filter.to().map(Instant::toString).orElse(null))
                .bind(
                        "outcome",
                        filter.outcome()
                                .map(o -> o.name().toLowerCase(Locale.ROOT))
                                .orElse(null))
                .bind("behind", behind.map(UUID::toString).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    // workflow_events_entity.
    private static final String ABOUT = """
            and entity_id = :entity and entity_type = :type
            order by id
            limit :limit""";

    /** What told of a document, oldest first. */
    public List<StoredEvent> about(Tx tx, String entityType, UUID entity, int limit) {
        return tx.handle()
                .createQuery(EVENT + ABOUT)
                .bind("tenant", tx.tenant())
                .bind("entity", entity)
                .bind("type", entityType)
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    /** An execution that is not over. */
    public record Live(UUID id, UUID definition, String workflow, int version) {}

    // workflow_events_entity; what they started by primary keys, and what that started by workflow_executions_children.
    private static final String LIVE = """
            with recursive started (id) as (
                select unnest(v.executions)
                  from workflow_events v
                 where v.tenant_id = :tenant and v.entity_id = :entity and v.entity_type = :type
                union
                select s.execution_id
                  from workflow_events v
                  join event_starts s on s.tenant_id = :tenant and s.event_row = v.id
                 where v.tenant_id = :tenant and v.entity_id = :entity and v.entity_type = :type
                union
                select c.id
                  from started p
                  join workflow_executions c on c.tenant_id = :tenant and c.parent_execution_id = p.id
            )
            select e.id, e.definition_id, e.workflow_name, e.version
              from started s
              join workflow_executions e on e.tenant_id = :tenant and e.id = s.id
             where e.due_at is not null
             order by e.id""";

    /** What events about a document started, at once or later and by way of other executions, and is not over. */
    public List<Live> liveAbout(Tx tx, String entityType, UUID entity) {
        return tx.handle()
                .createQuery(LIVE)
                .bind("tenant", tx.tenant())
                .bind("entity", entity)
                .bind("type", entityType)
                .map((row, context) -> new Live(
                        row.getObject("id", UUID.class),
                        row.getObject("definition_id", UUID.class),
                        row.getString("workflow_name"),
                        row.getInt("version")))
                .list();
    }

    // Executions of an event start at the very time of the event: workflow_executions_history leads to them; what was
    // started later is found by primary key.
    private static final String STARTED = """
            select exists (select from workflow_executions
                            where tenant_id = :tenant and workflow_name = :workflow and started_at = :at
                              and event_id = :eventId)
                or exists (select from event_starts
                            where tenant_id = :tenant and event_row = :row and workflow_name = :workflow)""";

    /** Whether the event started this workflow, in any version, when it came or later. */
    boolean hasStarted(Tx tx, StoredEvent event, String workflow) {
        return tx.handle()
                .createQuery(STARTED)
                .bind("tenant", tx.tenant())
                .bind("workflow", workflow)
                .bind("at", event.occurredAt().atOffset(ZoneOffset.UTC))
                .bind("eventId", event.eventId())
                .bind("row", event.id())
                .mapTo(Boolean.class)
                .one();
    }

    // Whoever else starts the same waits here for this transaction's end.
    private static final String TAKE = """
            insert into event_starts (tenant_id, event_row, workflow_name, definition_id, started_by, started_at)
            values (:tenant, :row, :workflow, :definition, :by::json, :at)
                on conflict do nothing""";

    /** False if the event has started this workflow later already. */
    boolean take(Tx tx, StoredEvent event, StoredDefinition definition, Actor by) {
        return tx.handle()
                        .createUpdate(TAKE)
                        .bind("tenant", tx.tenant())
                        .bind("row", event.id())
                        .bind("workflow", definition.name())
                        .bind("definition", definition.id())
                        .bind("by", Actors.write(by))
                        .bind("at", tx.now().atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    private static final String TELL = """
            update event_starts set execution_id = :execution
             where tenant_id = :tenant and event_row = :row and workflow_name = :workflow""";

    void tell(Tx tx, StoredEvent event, StoredDefinition definition, UUID execution) {
        tx.handle()
                .createUpdate(TELL)
                .bind("execution", execution)
                .bind("tenant", tx.tenant())
                .bind("row", event.id())
                .bind("workflow", definition.name())
                .execute();
    }

    // By the first columns of the primary key.
    private static final String LATER = """
            select workflow_name, definition_id, execution_id, started_by, started_at
              from event_starts
             where tenant_id = :tenant and event_row = :row and execution_id is not null
             order by started_at, workflow_name""";

    public List<LaterStart> later(Tx tx, UUID event) {
        return tx.handle()
                .createQuery(LATER)
                .bind("tenant", tx.tenant())
                .bind("row", event)
                .map((row, context) -> new LaterStart(
                        row.getString("workflow_name"),
                        row.getObject("definition_id", UUID.class),
                        row.getObject("execution_id", UUID.class),
                        Actors.read(row.getString("started_by")),
                        row.getObject("started_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    // The newest of each name by workflow_events_name, so that the cost is bounded; what was started later by primary
    // key.
    private static final String WAITING = """
            select count(*)
              from unnest(:names) as wanted (name)
             cross join lateral (
                   select e.id, e.started, e.declined
                     from workflow_events e
                    where e.tenant_id = :tenant and e.name = wanted.name
                    order by e.id desc
                    limit :limit) as newest
             where newest.started = 0
               and (json_array_length(newest.declined) = 0 or exists (
                    select from json_array_elements(newest.declined) d where (d ->> 'failed')::boolean))
               and not exists (select from event_starts s
                                where s.tenant_id = :tenant and s.event_row = newest.id)""";

    /** How many of the newest events of these names nobody has dealt with: nothing started, then or later. */
    public int waiting(Tx tx, Collection<String> names, int limit) {
        return tx.handle()
                .createQuery(WAITING)
                .bindArray("names", String.class, names)
                .bind("tenant", tx.tenant())
                .bind("limit", limit)
                .mapTo(Integer.class)
                .one();
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getObject("id", UUID.class),
                row.getString("event_id"),
                row.getString("name"),
                Json.readObject(row.getString("payload")),
                Actors.read(row.getString("actor")),
                row.getInt("depth"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                Arrays.asList((UUID[]) row.getArray("executions").getArray()),
                row.getInt("started"),
                EventRows.declined(row.getString("declined")),
                Optional.ofNullable(row.getString("entity_type")),
                Optional.ofNullable(row.getObject("entity_id", UUID.class)));
    }
}
