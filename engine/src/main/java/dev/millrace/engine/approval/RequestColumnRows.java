package dev.millrace.engine.approval;

import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request.Ended;
import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.engine.approval.Request.Timing;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One row of {@code approval_requests}, written and read. */
final class RequestColumnRows {
    static final String COLUMNS = """
            id, execution_id, step_id, definition_id, workflow_name, workflow_version, required_role, required_user,
            min_approvals, level, escalated_from, escalated_to, replaces, replaced_by, status, entity_type, entity_id,
            entity_label, amount, currency, requester_id, requester_name, exclude_users, message, nobody, snapshot,
            snapshot_hash, document, changed_since, created_at, expires_at, deadlines, remind_seconds, remind_at,
            decided_by_id, decided_by_name, decided_at, comment, automatic""";

    private static final String INSERT = """
            insert into approval_requests (tenant_id, id, execution_id, step_id, definition_id, workflow_name,
                   workflow_version, required_role, required_user, min_approvals, level, escalated_from, replaces, status,
                   entity_type, entity_id, entity_label, amount, currency, requester_id, requester_name, exclude_users,
                   message, nobody, snapshot, snapshot_hash, document, changed_since, created_at, expires_at, deadlines,
                   remind_seconds, remind_at)
            values (:tenant, :id, :executionId, :stepId, :definitionId, :workflowName, :workflowVersion, :requiredRole,
                   :requiredUser::uuid, :minApprovals, :level, :escalatedFrom::uuid, :replaces::uuid, 'pending',
                   :entityType, :entityId::uuid, :entityLabel, :amount, :currency, :requester::uuid, :requesterName,
                   :exclude, :message, :nobody, :snapshot::json, :hash, :document::json, :changedSince::json, :createdAt,
                   :expiresAt, :deadlines::timestamptz[], :remindSeconds::bigint, :remindAt::timestamptz)""";

    private RequestColumnRows() {}

    /** Always pending; how it ends is written when it ends. */
    static void insert(Tx tx, Request r) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", r.id())
                .bind("executionId", r.executionId())
                .bind("stepId", r.stepId())
                .bind("definitionId", r.definitionId())
                .bind("workflowName", r.workflowName())
                .bind("workflowVersion", r.workflowVersion())
                .bind("requiredRole", r.requiredRole().orElse(null))
                .bindByType("requiredUser", r.requiredUser().orElse(null), UUID.class)
                .bind("minApprovals", r.minApprovals())
                .bind("level", r.level())
                .bindByType("escalatedFrom", r.escalatedFrom().orElse(null), UUID.class)
                .bindByType("replaces", r.replaces().orElse(null), UUID.class)
                .bind("entityType", r.entityType().orElse(null))
                .bindByType("entityId", r.entityId().orElse(null), UUID.class)
                .bind("entityLabel", r.entityLabel().orElse(null))
                .bind("amount", r.amount().orElse(null))
                .bind("currency", r.currency().orElse(null))
                .bindByType("requester", r.requester().orElse(null), UUID.class)
                .bind("requesterName", r.requesterName().orElse(null))
                .bindArray("exclude", UUID.class, r.exclude())
                .bind("message", r.message().orElse(null))
                .bind("nobody", r.nobody())
                .bind("snapshot", r.shown().map(s -> Json.write(s.snapshot())).orElse(null))
                .bind("hash", r.shown().map(Shown::hash).orElse(null))
                .bind("document", r.shown().map(s -> Json.write(s.document())).orElse(null))
                .bind(
                        "changedSince",
                        r.shown().map(s -> Json.write(json(s.changedSince()))).orElse(null))
                .bind("createdAt", r.createdAt().atOffset(ZoneOffset.UTC))
                .bind("expiresAt", r.expiresAt().atOffset(ZoneOffset.UTC))
                .bindArray(
                        "deadlines",
                        String.class,
                        r.timing().deadlines().stream().map(Instant::toString).toList())
                .bind(
                        "remindSeconds",
                        r.timing().remindEvery().map(Duration::toSeconds).orElse(null))
                .bind("remindAt", r.timing().remindAt().map(Instant::toString).orElse(null))
                .execute();
    }

    static Request read(ResultSet row) throws SQLException {
        return new Request(
                row.getObject("id", UUID.class),
                row.getObject("execution_id", UUID.class),
                row.getString("step_id"),
                row.getObject("definition_id", UUID.class),
                row.getString("workflow_name"),
                row.getInt("workflow_version"),
                text(row.getString("required_role")),
                uuid(row, "required_user"),
                row.getInt("min_approvals"),
                row.getInt("level"),
                uuid(row, "escalated_from"),
                uuid(row, "escalated_to"),
                uuid(row, "replaces"),
                uuid(row, "replaced_by"),
                row.getString("status"),
                text(row.getString("entity_type")),
                uuid(row, "entity_id"),
                text(row.getString("entity_label")),
                Optional.<BigDecimal>ofNullable(row.getBigDecimal("amount")),
                text(row.getString("currency")),
                uuid(row, "requester_id"),
                text(row.getString("requester_name")),
                Arrays.asList((UUID[]) row.getArray("exclude_users").getArray()),
                text(row.getString("message")),
                row.getBoolean("nobody"),
                shown(row),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                timing(row),
                ended(row));
    }

    private static Optional<Shown> shown(ResultSet row) throws SQLException {
        String snapshot = row.getString("snapshot");
        if (snapshot == null) {
            return Optional.empty();
        }
        return Optional.of(new Shown(
                Json.readObject(snapshot),
                row.getString("snapshot_hash"),
                Json.readObject(row.getString("document")),
                changes(Json.read(row.getString("changed_since")))));
    }

    private static Timing timing(ResultSet row) throws SQLException {
        return new Timing(
                instants(row.getArray("deadlines")),
                Optional.ofNullable(row.getObject("remind_seconds", Long.class)).map(Duration::ofSeconds),
                Optional.ofNullable(row.getObject("remind_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static List<Instant> instants(Array array) throws SQLException {
        return Arrays.stream((java.sql.Timestamp[]) array.getArray())
                .map(java.sql.Timestamp::toInstant)
                .toList();
    }

    private static Optional<Ended> ended(ResultSet row) throws SQLException {
        if (row.getObject("decided_at") == null) {
            return Optional.empty();
        }
        return Optional.of(new Ended(
                uuid(row, "decided_by_id"),
                row.getString("decided_by_name"),
                instant(row, "decided_at"),
                text(row.getString("comment")),
                row.getBoolean("automatic")));
    }

    static ArrayNode json(List<FieldChange> changes) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (FieldChange change : changes) {
            ObjectNode entry = list.addObject().put("path", change.path());
            change.before().ifPresent(before -> entry.set("before", before));
            change.after().ifPresent(after -> entry.set("after", after));
        }
        return list;
    }

    private static List<FieldChange> changes(JsonNode list) {
        return list.valueStream()
                .map(entry -> new FieldChange(
                        entry.path("path").stringValue(), entry.optional("before"), entry.optional("after")))
                .toList();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<UUID> uuid(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value);
    }
}
