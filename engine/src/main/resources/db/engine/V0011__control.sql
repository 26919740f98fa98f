-- What people and programs ask for, and what became of it.

-- An entry that is written for a request has the request's trace id, whoever writes it.
alter table workflow_journal
    alter column trace_id set default nullif(current_setting('millrace.trace', true), '');

-- Answers to writes with an Idempotency-Key, each written in the transaction of its write. A key is its caller's own.
create table idempotency_keys (
    tenant_id    uuid        not null,
    caller_id    uuid        not null,
    key          text        not null,
    fingerprint  bytea       not null,
    status       int         not null,
    headers      json        not null,
    body         bytea       not null,
    created_at   timestamptz not null default statement_timestamp(),
    primary key (tenant_id, caller_id, key)
);
create index idempotency_keys_age on idempotency_keys (tenant_id, created_at);
call millrace_protect('idempotency_keys', 'select, insert, update, delete');

-- One action on many executions. Its items are what its filter found when it was asked for, and nothing that came later.
create table bulk_actions (
    tenant_id    uuid        not null,
    id           uuid        not null,
    action       text        not null check (action in ('retry', 'cancel')),
    latest       boolean     not null,
    comment      text,
    actor        json        not null,
    total        int         not null check (total >= 1),
    created_at   timestamptz not null default statement_timestamp(),
    -- The next slice is not done before: however many nodes there are, the pace is one.
    next_at      timestamptz not null default statement_timestamp(),
    finished_at  timestamptz,
    primary key (tenant_id, id)
);
create index bulk_actions_open on bulk_actions (tenant_id, next_at) where finished_at is null;
call millrace_protect('bulk_actions', 'select, insert, update');
call millrace_open_to_lookup('bulk_actions');

create table bulk_items (
    tenant_id     uuid not null,
    bulk_id       uuid not null,
    execution_id  uuid not null,
    state         text not null default 'pending' check (state in ('pending', 'done', 'refused')),
    code          text,
    message       text,
    primary key (tenant_id, bulk_id, execution_id),
    check ((state = 'refused') = (code is not null))
);
create index bulk_items_pending on bulk_items (tenant_id, bulk_id, execution_id) where state = 'pending';
call millrace_protect('bulk_items', 'select, insert, update');

-- Tenants with a bulk action of which a slice is to be done now.
create function millrace_bulk_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    select distinct b.tenant_id from public.bulk_actions b
     where b.finished_at is null and b.next_at <= statement_timestamp()
$$;
alter function millrace_bulk_tenants() owner to millrace_lookup;
revoke all on function millrace_bulk_tenants() from public;
grant execute on function millrace_bulk_tenants() to millrace_app;
