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
create index bulk_items_refused on bulk_items (tenant_id, bulk_id, execution_id) where state = 'refused';
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
