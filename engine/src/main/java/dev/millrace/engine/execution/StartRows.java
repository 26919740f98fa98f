package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Tx;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** New rows of {@code workflow_executions}, with the journal entry that says who or what started them. */
public final class StartRows {
    private final NodeSettings settings;

    public StartRows(NodeSettings settings) {
        this.settings = settings;
    }

    // One statement: the executions and the first entry of each history. Definitions by primary key.
    private static final String START = """
            with batch as (
                select %s as tenant, %s as only_enabled, %s as node, %s as lease
            ), birth as (
                select b.*
                  from unnest(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
                    as b (id, definition, name, version, leased, depth, event_id, event_name, event_at, trigger,
                          started_by, started_at, parent, parent_step, parent_waits, root, entry, actor_kind, actor_id,
                          actor_name, comment, trace)
            ), allowed as (
                select b.*, batch.tenant, batch.node, batch.lease,
                       millrace_link(null, '', millrace_entry_digest(batch.tenant, b.id, 1, b.entry,
                           statement_timestamp(), 'workflow.started', b.actor_kind, b.actor_id, b.actor_name,
                           'execution', b.id::text, null, b.definition, b.name, b.version, null, 'running',
                           b.comment)) as link
                  from birth b cross join batch
                 where not batch.only_enabled
                    or exists (select from workflow_definitions d
                                where d.tenant_id = batch.tenant and d.id = b.definition and d.enabled)
            ), started as (
                insert into workflow_executions (tenant_id, id, definition_id, workflow_name, version, status, due_at,
                       lease_owner, lease_until, fence, journal_count, journal_head, depth, event_id, event_name,
                       event_at, trigger, started_by, started_at, active_since, parent_execution_id, parent_step_id,
                       parent_waits, root_execution_id)
                select a.tenant, a.id, a.definition, a.name, a.version, 'running',
                       case when a.leased then millrace_now() + a.lease else millrace_now() end,
                       case when a.leased then a.node end,
                       case when a.leased then millrace_now() + a.lease end,
                       1, 1, a.link, a.depth, a.event_id, a.event_name, a.event_at, a.trigger::json, a.started_by::json,
                       coalesce(a.started_at, millrace_now()), case when a.leased then millrace_now() end, a.parent,
                       a.parent_step, a.parent_waits, a.root
                  from allowed a
            ), journaled as (
                insert into workflow_journal (tenant_id, id, at, type, actor_kind, actor_id, actor_name, resource_type,
                       resource_id, execution_id, execution_seq, definition_id, workflow_name, version, after, comment,
                       trace_id, link)
                select a.tenant, a.entry, statement_timestamp(), 'workflow.started', a.actor_kind, a.actor_id,
                       a.actor_name, 'execution', a.id::text, a.id, 1, a.definition, a.name, a.version, 'running',
                       a.comment, coalesce(a.trace, nullif(current_setting('millrace.trace', true), '')), a.link
                  from allowed a
            )
            select b.id, a.id is not null as written, millrace_now() as now
              from birth b left join allowed a on a.id = b.id""";

    static final ArrayRows STATEMENT = new ArrayRows(
            "millrace_start",
            START,
            "uuid boolean uuid interval"
                    + " uuid[] uuid[] text[] int[] boolean[] int[] text[] text[] timestamptz[] text[] text[]"
                    + " timestamptz[] uuid[] text[] boolean[] uuid[] uuid[] text[] text[] text[] text[] text[]");

    /**
     * The statement of a batch on a connection that has it prepared. What its definition's row does not allow, because it
     * is switched off by now, is refused.
     *
     * @param births all of one tenant
     */
    String execute(UUID tenant, List<Birth> births) {
        return STATEMENT.execute(values(tenant, true, births));
    }

    /** Writes one in the caller's transaction, who has seen that its definition may start. */
    public void insert(Tx tx, Birth birth) {
        List<String> values = values(tx.tenant(), false, List.of(birth));
        try (PreparedStatement statement = STATEMENT.bind(tx.handle().getConnection(), values, "")) {
            statement.execute();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private List<String> values(UUID tenant, boolean onlyEnabled, List<Birth> births) {
        var columns = new ArrayColumns(22);
        births.forEach(birth -> add(columns, birth));
        var values = new ArrayList<>(List.of(
                tenant.toString(),
                Boolean.toString(onlyEnabled),
                settings.node().toString(),
                settings.lease().toMillis() + " milliseconds"));
        values.addAll(columns.texts());
        return values;
    }

    private static void add(ArrayColumns columns, Birth birth) {
        Loaded e = birth.execution();
        columns.plain(e.id())
                .plain(e.definitionId())
                .quoted(e.definition().name())
                .plain(e.version())
                .plain(birth.leased())
                .plain(e.depth())
                .quoted(e.event().map(Loaded.Event::id))
                .quoted(e.event().map(Loaded.Event::name))
                .quoted(e.event().map(Loaded.Event::occurredAt))
                .quoted(Json.write(e.trigger()))
                .quoted(Actors.write(e.startedBy()))
                .quoted(birth.at())
                .plain(e.parent().map(Loaded.Parent::execution))
                .quoted(e.parent().map(Loaded.Parent::step))
                .plain(e.parent().filter(Loaded.Parent::waits).isPresent())
                .plain(e.parent().map(Loaded.Parent::root))
                .plain(birth.entry())
                .plain(e.startedBy().kind())
                .quoted(e.startedBy().id())
                .quoted(e.startedBy().name())
                .quoted(comment(e))
                .plain(birth.trace());
    }

    private static String comment(Loaded e) {
        return e.parent()
                .map(parent -> "by step " + parent.step() + " of execution " + parent.execution())
                .or(() -> e.event().map(event -> "by " + event.name()))
                .orElse(e.startedBy().isPerson() ? "by hand" : "by schedule");
    }
}
