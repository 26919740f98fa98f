-- The sealer looks for entries of recent transactions by a tree: it is appended to at its right end only, and neither needs
-- summing up nor statistics to be found.
drop index workflow_journal_xid;
create index workflow_journal_xid on workflow_journal (xid);

-- An entry about an execution is found by workflow_journal_execution.
drop index workflow_journal_resource;
create index workflow_journal_resource on workflow_journal (tenant_id, resource_id) where resource_type <> 'execution';

-- Entries that no seal numbers yet, among those of transactions from since_xid on, in the order of their numbers. The seal is
-- asked for entry by entry: as a join it is planned for tables of which nothing is known yet, and then costs the square.
create function millrace_unsealed(since_xid bigint, most int) returns table (tenant_id uuid, id uuid)
    language sql stable security definer set search_path = ''
    as $$
    select j.tenant_id, j.id
      from public.workflow_journal j
     where j.xid >= since_xid
       and (select s.seq from public.journal_seals s
             where s.tenant_id = j.tenant_id and s.journal_id = j.id) is null
     order by j.n
     limit most
$$;
alter function millrace_unsealed(bigint, int) owner to millrace_lookup;
revoke all on function millrace_unsealed(bigint, int) from public;
grant execute on function millrace_unsealed(bigint, int) to millrace_app;
drop function millrace_unsealed_tenants(bigint);

-- Without the id, by which a list is ordered among equal times only: with it, the planner takes this index for a look by id
-- while it knows nothing of the table.
drop index workflow_executions_history;
create index workflow_executions_history on workflow_executions (tenant_id, workflow_name, started_at desc);
