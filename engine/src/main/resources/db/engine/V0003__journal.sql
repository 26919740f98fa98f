-- The journal: every transition and every decision, written in the transaction of what it tells of. The order of n
-- is not the order of commits; readers follow the seals, which are numbered after commit.
create sequence workflow_journal_n;
grant usage on sequence workflow_journal_n to millrace_app;

create table workflow_journal (
    tenant_id      uuid        not null,
    id             uuid        not null,
    n              bigint      not null default nextval('workflow_journal_n'),
    xid            bigint      not null default pg_current_xact_id()::text::bigint,
    at             timestamptz not null default statement_timestamp(),
    type           text        not null,
    actor_kind     text        not null,
    actor_id       text,
    actor_name     text        not null,
    resource_type  text        not null,
    resource_id    text        not null,
    execution_id   uuid,
    execution_seq  int,
    step_id        text,
    definition_id  uuid,
    workflow_name  text,
    version        int,
    before         text,
    after          text,
    comment        text,
    trace_id       text,
    primary key (tenant_id, id)
) partition by range (id);
create table workflow_journal_default partition of workflow_journal default;
-- The sealer's scan: the rows of recent transactions. A block range index costs next to nothing to keep.
create index workflow_journal_xid on workflow_journal using brin (xid) with (pages_per_range = 16);
create index workflow_journal_execution on workflow_journal (tenant_id, execution_id, execution_seq);
create index workflow_journal_resource on workflow_journal (tenant_id, resource_id);
call millrace_protect('workflow_journal', 'select, insert');
call millrace_protect('workflow_journal_default', '');
call millrace_open_to_lookup('workflow_journal');

create table journal_seals (
    tenant_id   uuid   not null,
    seq         bigint not null check (seq >= 1),
    journal_id  uuid   not null,
    hash        bytea  not null,
    primary key (tenant_id, seq)
);
create unique index journal_seals_entry on journal_seals (tenant_id, journal_id);
call millrace_protect('journal_seals', 'select, insert');
call millrace_open_to_lookup('journal_seals');

-- The last seal of each tenant. Its row lock is the sealer's lease.
create table journal_heads (
    tenant_id  uuid   not null primary key,
    seq        bigint not null,
    hash       bytea  not null
);
call millrace_protect('journal_heads', 'select, insert, update');

create function refuse_change() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'the journal is append-only: % on % is refused', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on workflow_journal
    for each row execute function refuse_change();
create trigger never_emptied before truncate on workflow_journal
    for each statement execute function refuse_change();
create trigger never_emptied before truncate on workflow_journal_default
    for each statement execute function refuse_change();
create trigger append_only before update or delete on journal_seals
    for each row execute function refuse_change();
create trigger never_emptied before truncate on journal_seals
    for each statement execute function refuse_change();
