package dev.millrace.erp.core;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code tasks}. */
public final class TaskRows {
    private static final String INSERT = """
            insert into tasks (tenant_id, id, title, description, role, member_id, due_at, entity_type, entity_id, checklist)
            values (:tenant, :id, :title, :description, :role, :member, :dueAt, :entityType, :entityId, :checklist)
            """;

    /** A task for whoever holds a role, about a document. */
    public void insertForRole(
            Tx tx, UUID id, String role, String title, String description, String entityType, UUID entityId) {
        insert(
                tx,
                id,
                new NewTask(
                        title,
                        Optional.of(description),
                        Optional.of(role),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(entityType),
                        Optional.of(entityId)));
    }

    /** A task for one member, about a document. */
    public void insertForMember(
            Tx tx, UUID id, UUID member, String title, String description, String entityType, UUID entityId) {
        insert(
                tx,
                id,
                new NewTask(
                        title,
                        Optional.of(description),
                        Optional.empty(),
                        Optional.of(member),
                        Optional.empty(),
                        Optional.of(entityType),
                        Optional.of(entityId)));
    }

    /**
     * Something to be done by whoever holds a role, or by one member.
     *
     * @param entityType what it is about; with {@code entityId} or not at all
     */
    public record NewTask(
            String title,
            Optional<String> description,
            Optional<String> role,
            Optional<UUID> member,
            Optional<Instant> dueAt,
            Optional<String> entityType,
            Optional<UUID> entityId) {}

    public void insert(Tx tx, UUID id, NewTask task) {
        insert(tx, id, task, List.of());
    }

    /**
     * @param checklist what belongs to it
     */
    public void insert(Tx tx, UUID id, NewTask task, List<String> checklist) {
        tx.handle()
                .createUpdate(INSERT)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("title", task.title())
                .bind("description", task.description())
                .bind("role", task.role())
                .bind("member", task.member())
                .bind("dueAt", task.dueAt().map(due -> due.atOffset(ZoneOffset.UTC)))
                .bind("entityType", task.entityType())
                .bind("entityId", task.entityId())
                .bindArray("checklist", String.class, checklist)
                .execute();
    }

    // Index: tasks_entity.
    private static final String CLOSE = """
            update tasks set status = 'cancelled', version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and entity_type = :entityType and entity_id = :entityId
               and member_id is not null and status in ('open')
            """;

    /** What single members had to do about a document needs no doing any more. */
    public void closeForMembers(Tx tx, String entityType, UUID entityId) {
        tx.handle()
                .createUpdate(CLOSE)
                .bind("tenant", tx.tenant())
                .bind("entityType", entityType)
                .bind("entityId", entityId)
                .execute();
    }

    // Index: tasks_pkey.
    private static final String IS_OPEN = """
            select exists (select from tasks where tenant_id = :tenant and id = :id and status = 'open')
            """;

    /** It still has to be done. */
    public boolean isOpen(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(IS_OPEN)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    private static final String SELECT = """
            select id, title, description, role, member_id, due_at, entity_type, entity_id, checklist, status, done_by,
                   done_at, created_at
              from tasks
             where tenant_id = :tenant
            """;

    // Indexes: tasks_open_member and tasks_open_role.
    private static final String OPEN = SELECT + """
               and status = 'open' and (member_id = :member or role = any(:roles))
               and (:before::uuid is null or id < :before::uuid)
             order by id desc
             limit :limit
            """;

    /** Open ones of the member and of the roles, newest first. */
    public List<Task> open(Tx tx, UUID member, Set<String> roles, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(OPEN)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bind("member", member)
                .bindArray("roles", String.class, List.copyOf(roles))
                .bind("before", before)
                .bind("limit", limit)
                .map(TaskRows::task)
                .list();
    }

    // Index: tasks_pkey, read backwards.
    private static final String ALL = SELECT + """
               and (:before::uuid is null or id < :before::uuid)
             order by id desc
             limit :limit
            """;

    /** Of everybody and in every state, newest first. */
    public List<Task> all(Tx tx, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(ALL)
                .bind("tenant", tx.tenant())
                .bind("before", before)
                .bind("limit", limit)
                .map(TaskRows::task)
                .list();
    }

    // Index: tasks_pkey.
    private static final String FIND = SELECT + " and id = :id";

    public Optional<Task> find(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(TaskRows::task)
                .findOne();
    }

    // Index: tasks_pkey.
    private static final String HOLD = SELECT + " and id = :id for update";

    /** Nobody else changes it until the transaction ends. */
    public Optional<Task> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(TaskRows::task)
                .findOne();
    }

    private static Task task(ResultSet row, StatementContext context) throws SQLException {
        return new Task(
                row.getObject("id", UUID.class),
                row.getString("title"),
                Optional.ofNullable(row.getString("description")),
                Optional.ofNullable(row.getString("role")),
                Optional.ofNullable(row.getObject("member_id", UUID.class)),
                instant(row, "due_at"),
                Optional.ofNullable(row.getString("entity_type")),
                Optional.ofNullable(row.getObject("entity_id", UUID.class)),
                List.of((String[]) row.getArray("checklist").getArray()),
                row.getString("status"),
                Optional.ofNullable(row.getObject("done_by", UUID.class)),
                instant(row, "done_at"),
                instant(row, "created_at").orElseThrow());
    }

    // Index: tasks_pkey.
    private static final String DONE = """
            update tasks
               set status = 'done', done_by = :member, done_at = millrace_now(), version = version + 1,
                   updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('open')
            """;

    /** Of a task that is held and open. */
    public void done(Tx tx, UUID id, UUID member) {
        tx.handle()
                .createUpdate(DONE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("member", member)
                .execute();
    }

    // Index: tasks_pkey.
    private static final String REASSIGN = """
            update tasks
               set role = :role, member_id = :member, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('open')
            """;

    /** Of a task that is held and open. */
    public void reassign(Tx tx, UUID id, Optional<String> role, Optional<UUID> member) {
        tx.handle()
                .createUpdate(REASSIGN)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("role", role)
                .bind("member", member)
                .execute();
    }
}
