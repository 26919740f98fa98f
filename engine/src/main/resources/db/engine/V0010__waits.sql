-- Executions that start others, waits for events, and the time for which an execution has run.

-- Who started an execution, if another one did; whether that step waits for its end; and the first of the chain.
-- active_ms is the time for which nodes have worked on it, without what the lease of active_since adds.
alter table workflow_executions
    add column parent_execution_id uuid,
    add column parent_step_id      text,
    add column parent_waits        boolean not null default false,
    add column root_execution_id   uuid,
    add column active_ms           bigint  not null default 0,
    add column active_since        timestamptz,
    add check ((parent_execution_id is null) = (parent_step_id is null)),
    add check ((parent_execution_id is null) = (root_execution_id is null)),
    add check (not parent_waits or parent_execution_id is not null);
create index workflow_executions_children on workflow_executions (tenant_id, parent_execution_id)
    where parent_execution_id is not null;

-- A step that waits for an event. There as long as it waits: whoever deletes the row decides how the wait ends.
create table workflow_waits (
    tenant_id      uuid        not null,
    execution_id   uuid        not null,
    step_id        text        not null,
    event_name     text        not null,
    key_path       text        not null,
    key_value      text        not null,
    match          text        not null,
    since_trigger  boolean     not null,
    trigger_at     timestamptz not null,
    -- What was committed when it was registered: an event that this does not see came later, whatever its clock says.
    registered_in  pg_snapshot not null default pg_current_snapshot(),
    looked_back    boolean     not null default false,
    primary key (tenant_id, execution_id, step_id)
);
create index workflow_waits_key on workflow_waits (tenant_id, event_name, key_path, key_value);
create index workflow_waits_new on workflow_waits (tenant_id) where not looked_back;
call millrace_protect('workflow_waits', 'select, insert, update, delete');
call millrace_open_to_lookup('workflow_waits');

-- Events that nobody has looked for waits for yet: written with the event, deleted with what it ended.
create table unmatched_events (
    tenant_id  uuid not null,
    id         uuid not null,
    name       text not null,
    primary key (tenant_id, id)
);
call millrace_protect('unmatched_events', 'select, insert, update, delete');
call millrace_open_to_lookup('unmatched_events');

-- The transaction that brought an event; without one it is older than every wait.
alter table workflow_events add column xid bigint;
alter table workflow_events alter column xid set default pg_current_xact_id()::text::bigint;
create index workflow_events_xid on workflow_events using brin (xid) with (pages_per_range = 16);
create index workflow_events_name on workflow_events (tenant_id, name, id);

-- Tenants with events to be matched, or waits that have not looked back. Walks the key from tenant to tenant.
create function millrace_matching_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    with recursive tenant as (
        (select u.tenant_id from public.unmatched_events u order by u.tenant_id limit 1)
        union all
        select (select u.tenant_id from public.unmatched_events u
                 where u.tenant_id > tenant.tenant_id order by u.tenant_id limit 1)
          from tenant where tenant.tenant_id is not null
    )
    select tenant_id from tenant where tenant_id is not null
    union
    select w.tenant_id from public.workflow_waits w where not w.looked_back
$$;
alter function millrace_matching_tenants() owner to millrace_lookup;
revoke all on function millrace_matching_tenants() from public;
grant execute on function millrace_matching_tenants() to millrace_app;
