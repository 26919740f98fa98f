package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code workflow_waits} and {@code unmatched_events}: steps that wait for events, and events to be matched. */
public final class WaitRows {
    private final Jdbi jdbi;

    /** @param jdbi for the one look across tenants */
    public WaitRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A step that begins to wait.
     *
     * @param keyPath of the field that the event must have, as JSON
     * @param keyValue of that field, as {@link WaitKeyText} writes it
     * @param match the whole condition
     * @param sinceTrigger events count that came after {@code triggerAt}, and not only from now on
     */
    public record NewWait(
            UUID execution,
            String step,
            String event,
            String keyPath,
            String keyValue,
            String match,
            boolean sinceTrigger,
            Instant triggerAt) {}

    private static final String REGISTER = """
            insert into workflow_waits (tenant_id, execution_id, step_id, event_name, key_path, key_value, match,
                   since_trigger, trigger_at)
            values (:tenant, :execution, :step, :event, :keyPath, :keyValue, :match, :sinceTrigger, :triggerAt)""";

    public void register(Tx tx, NewWait wait) {
        tx.handle()
                .createUpdate(REGISTER)
                .bind("tenant", tx.tenant())
                .bind("execution", wait.execution())
                .bind("step", wait.step())
                .bind("event", wait.event())
                .bind("keyPath", wait.keyPath())
                .bind("keyValue", wait.keyValue())
                .bind("match", wait.match())
                .bind("sinceTrigger", wait.sinceTrigger())
                .bind("triggerAt", wait.triggerAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    // workflow_waits_pkey.
    private static final String CLOSE = """
            delete from workflow_waits
             where tenant_id = :tenant and execution_id = :execution and step_id = :step""";

    /** The wait is decided, by whoever calls this; false if it was already. The execution is locked. */
    boolean close(Tx tx, UUID execution, String step) {
        return tx.handle()
                        .createUpdate(CLOSE)
                        .bind("tenant", tx.tenant())
                        .bind("execution", execution)
                        .bind("step", step)
                        .execute()
                == 1;
    }

    // workflow_waits_pkey.
    private static final String CANCEL =
            "delete from workflow_waits where tenant_id = :tenant and execution_id = :execution";

    /** No step of the execution waits for an event any more. */
    public void cancel(Tx tx, UUID execution) {
        tx.handle()
                .createUpdate(CANCEL)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .execute();
    }

    /** Tenants with events to be matched, or with waits that have not looked back. */
    List<UUID> tenants() {
        return jdbi.withHandle(h -> h.createQuery("select millrace_matching_tenants()")
                .mapTo(UUID.class)
                .list());
    }

    // unmatched_events_pkey. Who is matched at this moment by another node is passed over. A wait that is registered
    // but
    // not committed is not seen here: it looks back over what this statement saw.
    private static final String DROP_UNWANTED = """
            delete from unmatched_events u
             using (select id from unmatched_events
                     where tenant_id = :tenant
                       and not exists (select from workflow_waits w
                                        where w.tenant_id = :tenant and w.event_name = unmatched_events.name)
                     order by id
                     limit :limit
                       for update skip locked) unwanted
             where u.tenant_id = :tenant and u.id = unwanted.id""";

    /** Forgets events that nobody waits for. @return how many */
    int dropUnwanted(Tx tx, int limit) {
        return tx.handle()
                .createUpdate(DROP_UNWANTED)
                .bind("tenant", tx.tenant())
                .bind("limit", limit)
                .execute();
    }

    // unmatched_events_pkey.
    private static final String UNMATCHED =
            "select id from unmatched_events where tenant_id = :tenant order by id limit :limit";

    /** Events to be matched, the oldest first. */
    List<UUID> unmatched(Tx tx, int limit) {
        return tx.handle()
                .createQuery(UNMATCHED)
                .bind("tenant", tx.tenant())
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /** An event that has been committed. */
    record Happened(UUID row, String id, String name, ObjectNode payload) {}

    private static final String EVENT = "e.id, e.event_id, e.name, e.payload";

    // Both by primary key.
    private static final String UNMATCHED_EVENT = "select " + EVENT + """
             from unmatched_events u join workflow_events e on e.tenant_id = u.tenant_id and e.id = u.id
            where u.tenant_id = :tenant and u.id = :id""";

    /** Empty if another node is done with it. */
    Optional<Happened> unmatchedEvent(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(UNMATCHED_EVENT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> happened(row))
                .findOne();
    }

    // By primary key.
    private static final String DONE = "delete from unmatched_events where tenant_id = :tenant and id = :id";

    /** Every wait that the event may end has been looked at. */
    int done(Tx tx, UUID event) {
        return tx.handle()
                .createUpdate(DONE)
                .bind("tenant", tx.tenant())
                .bind("id", event)
                .execute();
    }

    // workflow_waits_key, from path to path.
    private static final String PATHS = """
            with recursive path as (
                (select key_path from workflow_waits where tenant_id = :tenant and event_name = :event
                  order by key_path limit 1)
                union all
                select (select w.key_path from workflow_waits w
                         where w.tenant_id = :tenant and w.event_name = :event and w.key_path > path.key_path
                         order by w.key_path limit 1)
                  from path where path.key_path is not null
            )
            select key_path from path where key_path is not null""";

    /** The fields by which waits for events of a name are found. */
    List<String> keyPaths(Tx tx, String event) {
        return tx.handle()
                .createQuery(PATHS)
                .bind("tenant", tx.tenant())
                .bind("event", event)
                .mapTo(String.class)
                .list();
    }

    /** A step that waits. */
    record Waiting(
            UUID execution,
            String step,
            String event,
            String keyPath,
            String keyValue,
            String match,
            boolean sinceTrigger) {}

    private static final String WAIT = """
            w.execution_id, w.step_id, w.event_name, w.key_path, w.key_value, w.match, w.since_trigger""";

    // workflow_waits_key. An event counts that the wait's registration did not see, or that came after its trigger.
    private static final String CANDIDATES = "select " + WAIT + """
             from workflow_waits w join workflow_events e on e.tenant_id = w.tenant_id and e.id = :row
            where w.tenant_id = :tenant and w.event_name = :event and w.key_path = :path and w.key_value = :value
              and (not coalesce(pg_visible_in_snapshot(e.xid::text::xid8, w.registered_in), true)
                   or w.since_trigger and e.occurred_at >= w.trigger_at)
            order by w.execution_id, w.step_id""";

    /** Steps that an event may end the wait of, by the value of one field. */
    List<Waiting> candidates(Tx tx, Happened event, String path, String value) {
        return tx.handle()
                .createQuery(CANDIDATES)
                .bind("tenant", tx.tenant())
                .bind("row", event.row())
                .bind("event", event.name())
                .bind("path", path)
                .bind("value", value)
                .map((row, context) -> waiting(row))
                .list();
    }

    // workflow_waits_new.
    private static final String NEW = "select " + WAIT + """
             from workflow_waits w
            where w.tenant_id = :tenant and not w.looked_back
            limit :limit""";

    /** Waits that have not looked back yet. */
    List<Waiting> notLookedBack(Tx tx, int limit) {
        return tx.handle()
                .createQuery(NEW)
                .bind("tenant", tx.tenant())
                .bind("limit", limit)
                .map((row, context) -> waiting(row))
                .list();
    }

    // The wait by primary key, events by workflow_events_name.
    private static final String SINCE_TRIGGER = "select " + EVENT + """
             from workflow_waits w join workflow_events e on e.tenant_id = w.tenant_id and e.name = w.event_name
            where w.tenant_id = :tenant and w.execution_id = :execution and w.step_id = :step and e.id > :behind
              and (not coalesce(pg_visible_in_snapshot(e.xid::text::xid8, w.registered_in), true)
                   or e.occurred_at >= w.trigger_at)
            order by e.id
            limit :limit""";

    // The wait by primary key, events by workflow_events_xid.
    private static final String SINCE_NOW = "select " + EVENT + """
             from workflow_waits w join workflow_events e on e.tenant_id = w.tenant_id and e.name = w.event_name
            where w.tenant_id = :tenant and w.execution_id = :execution and w.step_id = :step and e.id > :behind
              and e.xid >= pg_snapshot_xmin(w.registered_in)::text::bigint
              and not pg_visible_in_snapshot(e.xid::text::xid8, w.registered_in)
            order by e.id
            limit :limit""";

    /** Committed events that count for a wait, the oldest first, behind the one of the id given. */
    List<Happened> earlier(Tx tx, Waiting wait, UUID behind, int limit) {
        return tx.handle()
                .createQuery(wait.sinceTrigger() ? SINCE_TRIGGER : SINCE_NOW)
                .bind("tenant", tx.tenant())
                .bind("execution", wait.execution())
                .bind("step", wait.step())
                .bind("behind", behind)
                .bind("limit", limit)
                .map((row, context) -> happened(row))
                .list();
    }

    // workflow_waits_pkey.
    private static final String LOOKED_BACK = """
            update workflow_waits set looked_back = true
             where tenant_id = :tenant and execution_id = :execution and step_id = :step""";

    int lookedBack(Tx tx, Waiting wait) {
        return tx.handle()
                .createUpdate(LOOKED_BACK)
                .bind("tenant", tx.tenant())
                .bind("execution", wait.execution())
                .bind("step", wait.step())
                .execute();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getObject("execution_id", UUID.class),
                row.getString("step_id"),
                row.getString("event_name"),
                row.getString("key_path"),
                row.getString("key_value"),
                row.getString("match"),
                row.getBoolean("since_trigger"));
    }

    private static Happened happened(ResultSet row) throws SQLException {
        return new Happened(
                row.getObject("id", UUID.class),
                row.getString("event_id"),
                row.getString("name"),
                Json.readObject(row.getString("payload")));
    }

    /** The text of a path, for the index. */
    public static String path(List<String> path) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        path.forEach(json::add);
        return Json.write(json);
    }

    static List<String> path(String text) {
        return Json.read(text).valueStream().map(JsonNode::asString).toList();
    }
}
