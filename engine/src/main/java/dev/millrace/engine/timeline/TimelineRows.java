package dev.millrace.engine.timeline;

import dev.millrace.engine.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What requests and the journal say of a document. */
public final class TimelineRows {
    /** A request about the document, as far as a timeline tells of it. */
    public record Asked(
            UUID id,
            UUID execution,
            String step,
            String workflow,
            int version,
            Optional<String> role,
            Optional<UUID> user,
            int level,
            String status,
            Instant at,
            Instant until,
            Optional<String> decidedBy,
            Optional<Instant> decidedAt,
            Optional<String> comment) {}

    /** An entry of the journal about the document itself. */
    public record Noted(
            Instant at,
            String type,
            String by,
            Optional<UUID> execution,
            Optional<String> before,
            Optional<String> after,
            Optional<String> comment) {}

    // approval_requests_document.
    private static final String ASKED = """
            select id, execution_id, step_id, workflow_name, workflow_version, required_role, required_user, level, status,
                   created_at, expires_at, decided_by_name, decided_at, comment
              from approval_requests
             where tenant_id = :tenant and entity_id = :entity and entity_type = :type
             order by created_at, id
             limit :limit""";

    public List<Asked> asked(Tx tx, String entityType, UUID entity, int limit) {
        return tx.handle()
                .createQuery(ASKED)
                .bind("tenant", tx.tenant())
                .bind("entity", entity)
                .bind("type", entityType)
                .bind("limit", limit)
                .map((row, context) -> new Asked(
                        row.getObject("id", UUID.class),
                        row.getObject("execution_id", UUID.class),
                        row.getString("step_id"),
                        row.getString("workflow_name"),
                        row.getInt("workflow_version"),
                        Optional.ofNullable(row.getString("required_role")),
                        Optional.ofNullable(row.getObject("required_user", UUID.class)),
                        row.getInt("level"),
                        row.getString("status"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getString("decided_by_name")),
                        instant(row, "decided_at"),
                        Optional.ofNullable(row.getString("comment"))))
                .list();
    }

    // workflow_journal_resource.
    private static final String NOTED = """
            select at, type, actor_name, execution_id, before, after, comment
              from workflow_journal
             where tenant_id = :tenant and resource_id = :entity and resource_type = :type
             order by n
             limit :limit""";

    public List<Noted> noted(Tx tx, String entityType, UUID entity, int limit) {
        return tx.handle()
                .createQuery(NOTED)
                .bind("tenant", tx.tenant())
                .bind("entity", entity.toString())
                .bind("type", entityType)
                .bind("limit", limit)
                .map((row, context) -> new Noted(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("type"),
                        row.getString("actor_name"),
                        Optional.ofNullable(row.getObject("execution_id", UUID.class)),
                        Optional.ofNullable(row.getString("before")),
                        Optional.ofNullable(row.getString("after")),
                        Optional.ofNullable(row.getString("comment"))))
                .list();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
