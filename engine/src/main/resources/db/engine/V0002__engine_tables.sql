create table workflow_definitions (
    tenant_id        uuid        not null,
    id               uuid        not null,
    name             text        not null,
    version          int         not null check (version >= 1),
    description      text,
    yaml             text        not null,
    yaml_hash        bytea       not null,
    status           text        not null check (status in ('draft', 'active', 'deprecated', 'deleted')),
    enabled          boolean     not null check (not enabled or status = 'active'),
    trigger_type     text        not null check (trigger_type in ('event', 'schedule', 'manual')),
    trigger_summary  text        not null,
    provenance       text        not null,
    updated_by       text        not null,
    created_at       timestamptz not null default millrace_now(),
    updated_at       timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, name, version)
);
create unique index workflow_definitions_live on workflow_definitions (tenant_id, name) where status = 'active';
create unique index workflow_definitions_draft on workflow_definitions (tenant_id, name) where status = 'draft';
call millrace_protect('workflow_definitions', 'select, insert, update');

-- One row per event name of an enabled definition: what an event is matched against.
create table workflow_triggers (
    tenant_id      uuid not null,
    event_name     text not null,
    definition_id  uuid not null,
    primary key (tenant_id, event_name, definition_id),
    foreign key (tenant_id, definition_id) references workflow_definitions (tenant_id, id)
);
create index workflow_triggers_definition on workflow_triggers (tenant_id, definition_id);
call millrace_protect('workflow_triggers', 'select, insert, delete');

-- due_at is the queue, the timer, the retry and the crash recovery at once: a leased row is due when its lease
-- ends. A live row always has one; a finished one never. Columns that change are kept out of the indexes, but
-- for due_at, so that most updates stay within their page.
create table workflow_executions (
    tenant_id      uuid        not null,
    id             uuid        not null,
    definition_id  uuid        not null,
    workflow_name  text        not null,
    version        int         not null,
    status         text        not null
        check (status in ('running', 'awaiting_approval', 'waiting', 'completed', 'failed', 'cancelled')),
    outcome        text
        check (outcome in ('succeeded', 'rejected', 'expired', 'stopped', 'failed', 'cancelled', 'skipped')),
    due_at         timestamptz,
    lease_owner    uuid,
    lease_until    timestamptz,
    fence          bigint      not null default 0,
    signal         int         not null default 0,
    lease_losses   int         not null default 0,
    journal_count  int         not null default 0,
    depth          int         not null,
    event_id       text,
    event_name     text,
    event_at       timestamptz,
    trigger        json        not null,
    started_by     json        not null,
    started_at     timestamptz not null,
    completed_at   timestamptz,
    error          json,
    primary key (tenant_id, id),
    check ((status in ('completed', 'failed', 'cancelled')) = (due_at is null)),
    check ((status in ('completed', 'failed', 'cancelled')) = (outcome is not null)),
    check ((lease_owner is null) = (lease_until is null))
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);
create index workflow_executions_due on workflow_executions (tenant_id, due_at) where due_at is not null;
create index workflow_executions_history on workflow_executions (tenant_id, workflow_name, started_at desc, id desc);
call millrace_protect('workflow_executions', 'select, insert, update');
call millrace_open_to_lookup('workflow_executions');

-- One row per step, and per entry of an on_error or on_timeout list, once there is something to keep. The primary
-- key is the hard guard against a second completion. No foreign key to the execution: it would lock that row.
create table workflow_step_results (
    tenant_id      uuid        not null,
    execution_id   uuid        not null,
    step_id        text        not null,
    item           int         not null default -1,
    action         text        not null,
    status         text        not null
        check (status in ('pending', 'running', 'waiting', 'skipped', 'completed', 'failed', 'cancelled')),
    attempt        int         not null,
    interrupted    int         not null default 0,
    skip_reason    text        check (skip_reason in ('condition', 'dead_path', 'blocked')),
    input          json,
    output         json,
    error          json,
    waiting_since  timestamptz,
    wake_at        timestamptz,
    deadline_no    int         not null default 0,
    due_at         timestamptz,
    started_at     timestamptz,
    completed_at   timestamptz,
    primary key (tenant_id, execution_id, step_id, item),
    check (status <> 'waiting' or due_at is not null)
);
call millrace_protect('workflow_step_results', 'select, insert, update');

create table approval_requests (
    tenant_id        uuid        not null,
    id               uuid        not null,
    execution_id     uuid        not null,
    step_id          text        not null,
    definition_id    uuid        not null,
    workflow_name    text        not null,
    workflow_version int         not null,
    required_role    text,
    required_user    uuid,
    level            int         not null check (level >= 1),
    escalated_from   uuid,
    escalated_to     uuid,
    status           text        not null
        check (status in ('pending', 'approved', 'rejected', 'expired', 'returned', 'superseded', 'cancelled')),
    entity_type      text,
    entity_id        uuid,
    entity_label     text,
    amount           numeric(20, 4),
    currency         char(3),
    requester_id     uuid,
    requester_name   text,
    exclude_users    uuid[]      not null default '{}',
    message          text,
    nobody           boolean     not null default false,
    created_at       timestamptz not null,
    expires_at       timestamptz not null,
    decided_by_id    uuid,
    decided_by_name  text,
    decided_at       timestamptz,
    comment          text,
    automatic        boolean     not null default false,
    primary key (tenant_id, id),
    check ((required_role is null) <> (required_user is null)),
    check ((status in ('approved', 'rejected')) = (decided_at is not null))
);
create index approval_requests_pending on approval_requests (tenant_id, expires_at, id) where status = 'pending';
create unique index approval_requests_one_pending on approval_requests (tenant_id, execution_id, step_id)
    where status = 'pending';
create index approval_requests_execution on approval_requests (tenant_id, execution_id);
call millrace_protect('approval_requests', 'select, insert, update');

-- What came in. Ranged by the time-ordered id, so that retention can drop whole partitions.
create table workflow_events (
    tenant_id      uuid        not null,
    id             uuid        not null,
    event_id       text        not null,
    name           text        not null,
    payload        json        not null,
    actor          json        not null,
    depth          int         not null,
    occurred_at    timestamptz not null,
    executions     uuid[]      not null,
    started        int         not null,
    declined       json        not null,
    primary key (tenant_id, id)
) partition by range (id);
create table workflow_events_default partition of workflow_events default;
call millrace_protect('workflow_events', 'select, insert');
call millrace_protect('workflow_events_default', '');

-- Small and unpartitioned: makes an event id count once.
create table event_keys (
    tenant_id     uuid        not null,
    event_id      text        not null,
    payload_hash  bytea       not null,
    row_id        uuid        not null,
    created_at    timestamptz not null default statement_timestamp(),
    primary key (tenant_id, event_id)
);
call millrace_protect('event_keys', 'select, insert');
