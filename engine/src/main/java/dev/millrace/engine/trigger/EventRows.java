package dev.millrace.engine.trigger;

import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Json;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.engine.execution.Actors;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code workflow_events} and {@code event_keys}. */
public final class EventRows {
    // A second event with the id waits here for the first one's transaction.
    private static final String TAKE_KEY = """
            insert into event_keys (tenant_id, event_id, payload_hash, row_id)
            values (:tenant, :eventId, sha256(convert_to(:content, 'UTF8')), :row)
                on conflict do nothing""";

    /** False if an event with this id came before. */
    boolean takeKey(Tx tx, String eventId, String content, UUID row) {
        return tx.handle()
                        .createUpdate(TAKE_KEY)
                        .bind("tenant", tx.tenant())
                        .bind("eventId", eventId)
                        .bind("content", content)
                        .bind("row", row)
                        .execute()
                == 1;
    }

    private static final String FIRST_ANSWER = """
            select k.payload_hash = sha256(convert_to(:content, 'UTF8')) as same, e.event_id, e.executions, e.started,
                   e.declined
              from event_keys k left join workflow_events e on e.tenant_id = k.tenant_id and e.id = k.row_id
             where k.tenant_id = :tenant and k.event_id = :eventId""";

    /** The answer that the first event of this id got; empty if that one had another name or payload. */
    Optional<Published> firstAnswer(Tx tx, String eventId, String content) {
        return tx.handle()
                .createQuery(FIRST_ANSWER)
                .bind("content", content)
                .bind("tenant", tx.tenant())
                .bind("eventId", eventId)
                .map((row, context) -> row.getBoolean("same") ? Optional.of(answer(row)) : Optional.<Published>empty())
                .one();
    }

    // With the event, that it is to be matched against waits once it is committed; workflow_waits_key tells whether
    // there
    // are any now. One that is being registered looks back by itself.
    private static final String INSERT = """
            with unmatched as (
                insert into unmatched_events (tenant_id, id, name) values (:tenant, :id, :name)
            )
            insert into workflow_events (tenant_id, id, event_id, name, payload, actor, depth, occurred_at, executions,
                   started, declined, entity_type, entity_id)
            values (:tenant, :id, :eventId, :name, :payload::json, :actor::json, :depth, :at, :executions, :started,
                   :declined::json, :entityType, :entityId::uuid)
            returning exists (select from workflow_waits where tenant_id = :tenant and event_name = :name)""";

    /** @return whether steps wait for events of this name now */
    boolean insert(Tx tx, UUID id, NewEvent event, ObjectNode payload, Instant at, Published answer) {
        Optional<EventEntity> entity = EventEntity.of(event.name(), payload);
        return tx.handle()
                .createQuery(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("eventId", answer.eventId())
                .bind("name", event.name())
                .bind("payload", Json.write(payload))
                .bind("actor", Actors.write(event.actor()))
                .bind("depth", event.depth())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bindArray("executions", UUID.class, answer.executions())
                .bind("started", answer.started())
                .bind("declined", Json.write(declined(answer.declined())))
                .bind("entityType", entity.map(EventEntity::type).orElse(null))
                .bindByType("entityId", entity.map(EventEntity::id).orElse(null), UUID.class)
                .mapTo(Boolean.class)
                .one();
    }

    private static ArrayNode declined(List<Published.Declined> all) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        all.forEach(d -> list.add(Json.tree(d)));
        return list;
    }

    private static Published answer(ResultSet row) throws SQLException {
        Array executions = row.getArray("executions");
        return new Published(
                row.getString("event_id"),
                Arrays.asList((UUID[]) executions.getArray()),
                row.getInt("started"),
                declined(row.getString("declined")),
                true);
    }

    static List<Published.Declined> declined(String json) {
        var declined = new ArrayList<Published.Declined>();
        for (JsonNode each : Json.read(json)) {
            declined.add(Json.bind((ObjectNode) each, Published.Declined.class));
        }
        return declined;
    }
}
