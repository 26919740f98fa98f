-- One row per enabled definition with a schedule: when it fires next. Enabling and disabling bite at once everywhere,
-- for every node reads nothing but this row.
create table workflow_schedules (
    tenant_id      uuid        not null,
    definition_id  uuid        not null,
    workflow_name  text        not null,
    cron           text        not null,
    zone           text        not null,
    catch_up       text        not null check (catch_up in ('none', 'last', 'all')),
    next_fire      timestamptz not null,
    last_fire      timestamptz,
    primary key (tenant_id, definition_id),
    foreign key (tenant_id, definition_id) references workflow_definitions (tenant_id, id)
);
create index workflow_schedules_next on workflow_schedules (tenant_id, next_fire);
call millrace_protect('workflow_schedules', 'select, insert, update, delete');
call millrace_open_to_lookup('workflow_schedules');

-- Every slot that a schedule has fired for: none fires twice, whatever nodes, versions and clocks do.
create table schedule_slots (
    tenant_id      uuid        not null,
    workflow_name  text        not null,
    slot           timestamptz not null,
    execution_id   uuid        not null,
    primary key (tenant_id, workflow_name, slot)
);
call millrace_protect('schedule_slots', 'select, insert, delete');

-- Tenants with a schedule that is due.
create function millrace_due_schedules() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$ select distinct s.tenant_id from public.workflow_schedules s where s.next_fire <= public.millrace_now() $$;
alter function millrace_due_schedules() owner to millrace_lookup;
revoke all on function millrace_due_schedules() from public;
grant execute on function millrace_due_schedules() to millrace_app;
