-- The closed list of reads across tenants: each returns ids only, and belongs to millrace_lookup, for which alone
-- the policies lookup_reads_all exist.

-- Tenants with due work. Walks the index from tenant to tenant, so that its cost follows the number of tenants with
-- live work and not the number of rows.
create function millrace_due_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    with recursive tenant as (
        (select e.tenant_id from public.workflow_executions e where e.due_at is not null
          order by e.tenant_id limit 1)
        union all
        select (select e.tenant_id from public.workflow_executions e
                 where e.due_at is not null and e.tenant_id > tenant.tenant_id
                 order by e.tenant_id limit 1)
          from tenant where tenant.tenant_id is not null
    )
    select tenant_id from tenant
     where tenant_id is not null
       and exists (select from public.workflow_executions e
                    where e.tenant_id = tenant.tenant_id and e.due_at <= public.millrace_now())
$$;
alter function millrace_due_tenants() owner to millrace_lookup;

-- Tenants with live executions, due or not: whose leases a lone node takes back when it starts.
create function millrace_live_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$ select distinct e.tenant_id from public.workflow_executions e where e.due_at is not null $$;
alter function millrace_live_tenants() owner to millrace_lookup;

-- Tenants with journal rows that no seal numbers yet, among the rows of transactions from since_xid on.
create function millrace_unsealed_tenants(since_xid bigint) returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    select distinct j.tenant_id
      from public.workflow_journal j
     where j.xid >= since_xid
       and not exists (select from public.journal_seals s
                        where s.tenant_id = j.tenant_id and s.journal_id = j.id)
$$;
alter function millrace_unsealed_tenants(bigint) owner to millrace_lookup;

revoke all on function millrace_due_tenants() from public;
revoke all on function millrace_live_tenants() from public;
revoke all on function millrace_unsealed_tenants(bigint) from public;
grant execute on function millrace_due_tenants() to millrace_app;
grant execute on function millrace_live_tenants() to millrace_app;
grant execute on function millrace_unsealed_tenants(bigint) to millrace_app;
