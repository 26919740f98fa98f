package dev.millrace.trials.faults;

import java.util.List;
import java.util.stream.Stream;

/** What the database is asked during and after a trial. Each statement is one snapshot, so it may be asked at any time. */
final class Invariants {
    private Invariants() {}

    private static final String LIVE = "('running', 'awaiting_approval', 'waiting')";

    static final List<Invariant> ALL = List.of(
            Invariant.always("double_effect", "no effect happened twice", """
                    select execution_id || ' ' || step_id || ' ' || count(*) || ' times, by '
                           || string_agg(node::text || ' attempt ' || attempt, ', ')
                      from trial_effect group by tenant_id, execution_id, step_id having count(*) > 1"""),
            Invariant.always(
                    "effect_and_journal", "every effect is in the journal, and every completion has its effect", """
                    select coalesce(e.execution_id, j.execution_id) || ' ' || coalesce(e.step_id, j.step_id)
                           || case when e.step_id is null then ' has no effect' else ' is not in the journal' end
                      from (select distinct tenant_id, execution_id, step_id from trial_effect) e
                      full join (select distinct j.tenant_id, j.execution_id, j.step_id from workflow_journal j
                                   join workflow_step_results r on r.tenant_id = j.tenant_id
                                    and r.execution_id = j.execution_id and r.step_id = j.step_id
                                  where j.type = 'workflow.step_completed' and r.action like 'trial.%'
                                    and j.step_id <> 'list') j
                        using (tenant_id, execution_id, step_id)
                     where e.execution_id is null or j.execution_id is null"""),
            Invariant.always("completed_twice", "no step completed twice", """
                    select execution_id || ' ' || step_id from workflow_journal
                     where type = 'workflow.step_completed'
                     group by tenant_id, execution_id, step_id having count(*) > 1"""),
            Invariant.always("after_the_end", "nothing is written after an execution's end", """
                    select j.execution_id || ' ' || j.type || ' after ' || t.type
                      from workflow_journal j
                      join workflow_journal t on t.tenant_id = j.tenant_id and t.execution_id = j.execution_id
                       and t.type in ('workflow.completed', 'workflow.failed', 'workflow.cancelled')
                       and j.execution_seq > t.execution_seq
                     where j.type not in ('workflow.retried', 'workflow.late_answer')"""),
            Invariant.always("journal_gaps", "an execution's journal is numbered without gaps", """
                    select j.execution_id || ' has ' || count(*) || ' entries up to ' || max(j.execution_seq)
                           || ', and its row says ' || e.journal_count
                      from workflow_journal j
                      join workflow_executions e on e.tenant_id = j.tenant_id and e.id = j.execution_id
                     group by j.tenant_id, j.execution_id, e.journal_count
                    having count(*) <> max(j.execution_seq) or count(*) <> e.journal_count"""),
            Invariant.always(
                    "forgotten",
                    "whatever is alive is due, leased, or waits for something that is there",
                    """
                    select e.id || ' ' || e.status || ' due ' || coalesce(e.due_at::text, 'never')
                      from workflow_executions e
                     where e.status in %s
                       and (e.due_at is null
                            or (e.due_at > millrace_now() + interval '10 minutes'
                                and not exists (select from approval_requests a
                                                 where a.tenant_id = e.tenant_id and a.execution_id = e.id
                                                   and a.status = 'pending')))""".formatted(LIVE)),
            Invariant.always("too_early", "no step began before those it depends on had ended", """
                    select s.execution_id || ' ' || s.step_id || ' before ' || d.depends_on
                      from workflow_step_results s
                      join workflow_executions e on e.tenant_id = s.tenant_id and e.id = s.execution_id
                      join trial_edge d on d.workflow_name = e.workflow_name and d.step = s.step_id
                      left join workflow_step_results p on p.tenant_id = s.tenant_id
                       and p.execution_id = s.execution_id and p.step_id = d.depends_on
                     where s.status in ('running', 'waiting', 'completed')
                       and coalesce(p.status, 'pending') <> 'completed'
                    union all
                    select a.execution_id || ' ' || a.step_id || ' is in the journal before ' || d.depends_on
                      from workflow_journal a
                      join trial_edge d on d.workflow_name = a.workflow_name and d.step = a.step_id
                      join workflow_journal b on b.tenant_id = a.tenant_id and b.execution_id = a.execution_id
                       and b.step_id = d.depends_on and b.type = 'workflow.step_completed'
                     where a.type in ('workflow.step_started', 'workflow.step_completed')
                       and a.execution_seq < b.execution_seq"""),
            Invariant.always("two_decisions", "no request was decided twice, or decided and left to its deadline", """
                    select j.resource_id || ' ' || string_agg(j.type || ' by ' || j.actor_name, ' and ')
                      from workflow_journal j
                     where j.type in ('workflow.approval_granted', 'workflow.approval_rejected')
                     group by j.tenant_id, j.resource_id having count(*) > 1
                    union all
                    select a.id || ' is ' || a.status || ' and ' || j.type
                      from approval_requests a
                      join workflow_journal j on j.tenant_id = a.tenant_id and j.resource_id = a.id::text
                       and j.type in ('workflow.approval_granted', 'workflow.approval_rejected')
                     where a.status not in ('approved', 'rejected')"""),
            watched("fence_went_back", "no fence went back"),
            watched("foreign_write", "nobody wrote under another node's lease"),
            watched("lease_taken", "no live lease was taken away"),
            watched("lease_destroyed", "no decision moved a live lease"),
            watched("signal_went_back", "no signal went back"),
            watched("came_back_to_life", "nothing that was over went on"),
            Invariant.always("tenant_crossing", "no row belongs to another company than its execution", """
                    select 'step of ' || s.execution_id from workflow_step_results s
                      join workflow_executions e on e.id = s.execution_id where s.tenant_id <> e.tenant_id
                    union all
                    select 'entry of ' || j.execution_id from workflow_journal j
                      join workflow_executions e on e.id = j.execution_id where j.tenant_id <> e.tenant_id
                    union all
                    select 'request of ' || a.execution_id from approval_requests a
                      join workflow_executions e on e.id = a.execution_id where a.tenant_id <> e.tenant_id
                    union all
                    select 'effect of ' || t.execution_id from trial_effect t
                      join workflow_executions e on e.id = t.execution_id where t.tenant_id <> e.tenant_id"""),
            Invariant.always("slot_twice", "no schedule fired twice for one slot", """
                    select workflow_name || ' ' || (trigger ->> 'scheduled_for')
                      from workflow_executions where trigger ->> 'scheduled_for' is not null
                     group by tenant_id, workflow_name, trigger ->> 'scheduled_for' having count(*) > 1"""),
            Invariant.always("event_twice", "no event started its definition twice", """
                    select workflow_name || ' ' || event_id from workflow_executions where event_id is not null
                     group by tenant_id, workflow_name, event_id having count(*) > 1"""),
            Invariant.always("unforced_tables", "row-level security is forced on every table of companies", """
                    select c.oid::regclass::text from pg_class c
                      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                       and not (c.relrowsecurity and c.relforcerowsecurity)"""),
            Invariant.always("role_too_strong", "nodes serve as a role that row-level security binds", """
                    select rolname from pg_roles
                     where rolname = (select usename from pg_stat_activity where application_name like 'node-%' limit 1)
                       and (rolsuper or rolbypassrls)"""),
            Invariant.atRest("not_finished", "everything that was started has ended", """
                    select id || ' ' || workflow_name || ' ' || status || ' due ' || due_at || ' lease of '
                           || coalesce(lease_owner::text, 'nobody')
                      from workflow_executions where status in %s""".formatted(LIVE)),
            Invariant.atRest("ended_otherwise", "everything ended as it was meant to", """
                    select e.id || ' ' || e.workflow_name || ' ' || e.outcome || ': ' || coalesce(e.error ->> 'message', '')
                      from workflow_executions e
                     where e.outcome <> 'succeeded'
                       and not (e.outcome = 'rejected' and exists (
                                select from approval_requests a where a.tenant_id = e.tenant_id
                                   and a.execution_id = e.id and a.status = 'rejected'))
                       and not (e.workflow_name = 'poison' and e.error ->> 'code' = 'worker_crashed')"""),
            Invariant.atRest("missing_effect", "what completed has all of its effects", """
                    select e.id || ' ' || e.workflow_name || ' has ' || count(t.step_id) || ' of ' || p.effects
                      from workflow_executions e
                      join trial_plan p on p.workflow_name = e.workflow_name
                      left join trial_effect t on t.tenant_id = e.tenant_id and t.execution_id = e.id
                     where e.outcome = 'succeeded'
                     group by e.tenant_id, e.id, e.workflow_name, p.effects having count(t.step_id) <> p.effects"""),
            Invariant.atRest("unsealed", "every entry of the journal has got its number", """
                    select j.id || ' ' || j.type || ' n ' || j.n from workflow_journal j
                     where not exists (select from journal_seals s
                                        where s.tenant_id = j.tenant_id and s.journal_id = j.id)"""),
            Invariant.atRest("locked_rows", "no due row is hidden behind a lock", """
                    select (seen.due - free.due) || ' rows are due and locked'
                      from (select count(*) as due from workflow_executions where due_at < millrace_now()) seen,
                           (select count(*) as due from (select from workflow_executions where due_at < millrace_now()
                                                            for update skip locked) x) free
                     where seen.due > free.due"""));

    private static Invariant watched(String name, String sentence) {
        return Invariant.always(
                name,
                sentence,
                "select execution_id || ' by ' || writer || ': ' || told from trial_watch where what = '" + name + "'");
    }

    static Stream<Invariant> always() {
        return ALL.stream().filter(Invariant::always);
    }
}
