-- Finished executions go when they are over their time, and what is written down of bulk actions.

-- Deletes executions of the transaction's tenant that ended before keep_from, the oldest first, at most so many, with their
-- steps, requests, decisions and waits, and writes into the journal that they went. The journal's entries about them stay.
-- One whose parent or child is still alive is kept. The one way in which an execution leaves: the serving role has no right
-- to delete any.
create function millrace_drop_executions(keep_from timestamptz, most int) returns int
    language plpgsql security definer set search_path = ''
    as $$
declare
    tenant uuid := nullif(current_setting('millrace.tenant', true), '')::uuid;
    gone   uuid[];
begin
    if keep_from > clock_timestamp() - interval '90 days' then
        raise exception 'finished executions are kept for 90 days at least, but what ended before % was to go', keep_from
            using errcode = 'restrict_violation';
    end if;
    -- Walks the primary key from the oldest on: ids are in the order in which they were made.
    select array_agg(old.id) into gone
      from (select e.id
              from public.workflow_executions e
             where e.tenant_id = tenant and e.id < public.millrace_uuid_floor(keep_from)
               and e.due_at is null and e.completed_at < keep_from
               and not exists (select from public.workflow_executions p
                                where p.tenant_id = tenant and p.id = e.parent_execution_id and p.due_at is not null)
               and not exists (select from public.workflow_executions c
                                where c.tenant_id = tenant and c.parent_execution_id = e.id and c.due_at is not null)
             order by e.id
             limit most
               for update of e skip locked) old;
    if gone is null then
        return 0;
    end if;
    delete from public.workflow_step_results r where r.tenant_id = tenant and r.execution_id = any(gone);
    delete from public.approval_decisions d where d.tenant_id = tenant and d.execution_id = any(gone);
    delete from public.approval_requests a where a.tenant_id = tenant and a.execution_id = any(gone);
    delete from public.workflow_waits w where w.tenant_id = tenant and w.execution_id = any(gone);
    delete from public.workflow_executions e where e.tenant_id = tenant and e.id = any(gone);
    insert into public.workflow_journal (tenant_id, id, type, actor_kind, actor_name, resource_type, resource_id, comment)
    values (tenant, public.millrace_new_uuid(), 'execution.retention', 'system', 'Millrace', 'retention',
           'workflow_executions', cardinality(gone) || ' executions that ended before '
           || to_char(keep_from at time zone 'UTC', 'YYYY-MM-DD') || ' were deleted with their steps and approvals');
    return cardinality(gone);
end $$;
revoke all on function millrace_drop_executions(timestamptz, int) from public;
grant execute on function millrace_drop_executions(timestamptz, int) to millrace_app;

grant delete on bulk_actions, bulk_items to millrace_app;
