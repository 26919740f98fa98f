package dev.millrace.engine.definition;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.language.SubWorkflow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** Rows of {@code workflow_definitions} and {@code workflow_triggers}. */
public final class DefinitionRows {
    private static final String COLUMNS = """
            d.id, d.name, d.version, d.description, d.yaml, d.status, d.enabled, d.trigger_type, d.trigger_summary,
            d.provenance, d.saved_by, d.updated_by, d.created_at, d.updated_at""";

    /** Serialises changes of one name for the rest of the transaction. */
    public void lockName(Tx tx, String name) {
        tx.handle()
                .createQuery("select pg_advisory_xact_lock(hashtextextended(:tenant || '/' || :name, 0))")
                .bind("tenant", tx.tenant().toString())
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    private static final String INSERT = """
            insert into workflow_definitions (tenant_id, id, name, version, description, yaml, yaml_hash, status, enabled,
                   trigger_type, trigger_summary, provenance, saved_by, runs, updated_by, created_at, updated_at)
            values (:tenant, :id, :name, :version, :description, :yaml, sha256(convert_to(:yaml, 'UTF8')), :status,
                   :enabled, :triggerType, :triggerSummary, :provenance, :savedBy::uuid, :runs, :updatedBy, :createdAt, :createdAt)""";

    /**
     * @param runs names of the definitions that its steps run
     */
    public void insert(Tx tx, StoredDefinition d, Set<String> runs) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", d.id())
                .bind("name", d.name())
                .bind("version", d.version())
                .bind("description", d.description().orElse(null))
                .bind("yaml", d.yaml())
                .bind("status", d.status())
                .bind("enabled", d.enabled())
                .bind("triggerType", d.triggerType())
                .bind("triggerSummary", d.triggerSummary())
                .bind("provenance", d.provenance())
                .bind("savedBy", d.savedBy().orElse(null))
                .bindArray("runs", String.class, runs)
                .bind("updatedBy", d.updatedBy())
                .bind("createdAt", d.createdAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    // By primary key.
    private static final String SET_STATE = """
            update workflow_definitions
               set status = :status, enabled = :enabled, updated_by = :by, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id""";

    public void setState(Tx tx, UUID id, String status, boolean enabled, String by) {
        tx.handle()
                .createUpdate(SET_STATE)
                .bind("status", status)
                .bind("enabled", enabled)
                .bind("by", by)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }

    public Optional<StoredDefinition> find(Tx tx, UUID id) {
        return query(tx, "where d.tenant_id = :tenant and d.id = :id")
                .bind("id", id)
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** Newest version first; unique (tenant_id, name, version). */
    public List<StoredDefinition> versions(Tx tx, String name) {
        return query(tx, "where d.tenant_id = :tenant and d.name = :name order by d.version desc")
                .bind("name", name)
                .map((row, context) -> stored(row))
                .list();
    }

    /** Which definitions to list. */
    public enum Which {
        CURRENT("d.status in ('active', 'draft')"),
        ENABLED("d.enabled"),
        DISABLED("d.status = 'active' and not d.enabled"),
        ACTIVE("d.status = 'active'"),
        DRAFT("d.status = 'draft'"),
        DEPRECATED("d.status = 'deprecated'"),
        DELETED("d.status = 'deleted'"),
        ALL("true");

        private final String condition;

        Which(String condition) {
            this.condition = condition;
        }
    }

    /** By name, then newest version first; behind {@code afterName, afterVersion} if given. */
    public List<StoredDefinition> list(Tx tx, Which which, Optional<StoredDefinition> after, int limit) {
        return query(tx, "where d.tenant_id = :tenant and " + which.condition + """
                          and (:afterName::text is null or d.name > :afterName
                               or d.name = :afterName and d.version < :afterVersion)
                        order by d.name, d.version desc
                        limit :limit""")
                .bind("afterName", after.map(StoredDefinition::name).orElse(null))
                .bind("afterVersion", after.map(StoredDefinition::version).orElse(0))
                .bind("limit", limit)
                .map((row, context) -> stored(row))
                .list();
    }

    // workflow_definitions_live and workflow_definitions_draft; the live version before its draft.
    private static final String COMPANY = """
            select distinct on (name) name, enabled, trigger_type = 'manual' as manual, runs
              from workflow_definitions
             where tenant_id = :tenant and status in ('active', 'draft')
             order by name, status""";

    /** By name, what another definition can run. */
    public Map<String, SubWorkflow> company(Tx tx) {
        return tx
                .handle()
                .createQuery(COMPANY)
                .bind("tenant", tx.tenant())
                .map((row, context) -> Map.entry(row.getString("name"), subWorkflow(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static SubWorkflow subWorkflow(ResultSet row) throws SQLException {
        return new SubWorkflow(row.getBoolean("enabled"), row.getBoolean("manual"), Set.of((String[])
                row.getArray("runs").getArray()));
    }

    // workflow_triggers_pkey, then definitions by primary key.
    private static final String MATCHING = """
            join workflow_triggers t on t.tenant_id = d.tenant_id and t.definition_id = d.id
            where d.tenant_id = :tenant and t.event_name = :event
            order by d.name""";

    /** Enabled definitions that an event may start. */
    public List<StoredDefinition> matching(Tx tx, String event) {
        return query(tx, MATCHING)
                .bind("event", event)
                .map((row, context) -> stored(row))
                .list();
    }

    public void addTrigger(Tx tx, UUID definition, String event) {
        tx.handle()
                .createUpdate("""
                        insert into workflow_triggers (tenant_id, event_name, definition_id)
                        values (:tenant, :event, :definition)""")
                .bind("tenant", tx.tenant())
                .bind("event", event)
                .bind("definition", definition)
                .execute();
    }

    // workflow_triggers_definition.
    public void removeTriggers(Tx tx, UUID definition) {
        tx.handle()
                .createUpdate("delete from workflow_triggers where tenant_id = :tenant and definition_id = :definition")
                .bind("tenant", tx.tenant())
                .bind("definition", definition)
                .execute();
    }

    private static Query query(Tx tx, String rest) {
        return tx.handle()
                .createQuery("select " + COLUMNS + " from workflow_definitions d " + rest)
                .bind("tenant", tx.tenant());
    }

    private static StoredDefinition stored(ResultSet row) throws SQLException {
        return new StoredDefinition(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("version"),
                Optional.ofNullable(row.getString("description")),
                row.getString("yaml"),
                row.getString("status"),
                row.getBoolean("enabled"),
                row.getString("trigger_type"),
                row.getString("trigger_summary"),
                row.getString("provenance"),
                Optional.ofNullable(row.getObject("saved_by", UUID.class)),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
