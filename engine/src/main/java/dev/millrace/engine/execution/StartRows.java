package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** New rows of {@code workflow_executions}, with the journal entry that says who or what started them. */
public final class StartRows {
    // One statement: the execution and the first entry of its history.
    private static final String START = """
            with started as (
                insert into workflow_executions (tenant_id, id, definition_id, workflow_name, version, status, due_at,
                       lease_owner, lease_until, fence, journal_count, journal_head, depth, event_id, event_name, event_at, trigger,
                       started_by, started_at, active_since, parent_execution_id, parent_step_id, parent_waits,
                       root_execution_id)
                values (:tenant, :id, :definition, :name, :version, 'running',
                       millrace_now() + coalesce(:lease::interval, '0'), :node::uuid, millrace_now() + :lease::interval, 1, 1,
                       millrace_link(null, '', %1$s), :depth, :eventId, :eventName, :eventAt::timestamptz, :trigger::json, :startedBy::json, :startedAt,
                       case when :lease::text is not null then millrace_now() end, :parent::uuid, :parentStep, :parentWaits,
                       :root::uuid)
            )
            insert into workflow_journal (tenant_id, id, type, actor_kind, actor_id, actor_name, resource_type,
                   resource_id, execution_id, execution_seq, definition_id, workflow_name, version, after, comment,
                   at, link)
            values (:tenant, :entry, 'workflow.started', :actorKind, :actorId, :actorName, 'execution', :idText, :id, 1,
                   :definition, :name, :version, 'running', :comment, statement_timestamp(),
                   millrace_link(null, '', %1$s))""".formatted("""
                   millrace_entry_digest(:tenant, :id, 1, :entry, statement_timestamp(), 'workflow.started', :actorKind,
                       :actorId, :actorName, 'execution', :idText, null, :definition, :name, :version, null, 'running',
                       :comment)""");

    /**
     * Inserts an execution, leased to {@code node} from birth, or due at once if there is none.
     *
     * @param entry id of the journal entry
     */
    public void insert(Tx tx, Loaded e, UUID entry, Optional<UUID> node, Duration lease) {
        tx.handle()
                .createUpdate(START)
                .bind("tenant", tx.tenant())
                .bind("id", e.id())
                .bind("idText", e.id().toString())
                .bind("definition", e.definitionId())
                .bind("name", e.definition().name())
                .bind("version", e.version())
                .bind("lease", node.map(n -> lease.toMillis() + " milliseconds").orElse(null))
                .bindByType("node", node.orElse(null), UUID.class)
                .bind("depth", e.depth())
                .bind("eventId", e.event().map(Loaded.Event::id).orElse(null))
                .bind("eventName", e.event().map(Loaded.Event::name).orElse(null))
                .bind(
                        "eventAt",
                        e.event()
                                .map(ev -> ev.occurredAt().atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .bind("trigger", Json.write(e.trigger()))
                .bind("startedBy", Actors.write(e.startedBy()))
                .bind("startedAt", e.startedAt().atOffset(ZoneOffset.UTC))
                .bindByType("parent", e.parent().map(Loaded.Parent::execution).orElse(null), UUID.class)
                .bind("parentStep", e.parent().map(Loaded.Parent::step).orElse(null))
                .bind("parentWaits", e.parent().filter(Loaded.Parent::waits).isPresent())
                .bindByType("root", e.parent().map(Loaded.Parent::root).orElse(null), UUID.class)
                .bind("entry", entry)
                .bind("actorKind", e.startedBy().kind())
                .bind("actorId", e.startedBy().id().orElse(null))
                .bind("actorName", e.startedBy().name())
                .bind("comment", comment(e))
                .execute();
    }

    private static String comment(Loaded e) {
        return e.parent()
                .map(parent -> "by step " + parent.step() + " of execution " + parent.execution())
                .or(() -> e.event().map(event -> "by " + event.name()))
                .orElse(e.startedBy().isPerson() ? "by hand" : "by schedule");
    }
}
