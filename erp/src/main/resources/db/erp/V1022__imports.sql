-- Files of master data that people bring in. A node with workers takes them up; several may try, one does.

-- content is the file, and goes when the import is over. rows_done counts data rows that were looked at and, where rows are
-- left out one by one, written; it is raised in the transaction that writes them, so that a node's death repeats nothing.
create table imports (
    tenant_id        uuid        not null,
    id               uuid        not null,
    kind             text        not null check (kind in ('suppliers', 'customers', 'items', 'opening_stock')),
    file_name        text        not null check (file_name <> ''),
    mode             text        not null check (mode in ('all_or_nothing', 'skip')),
    dry_run          boolean     not null,
    content          bytea,
    status           text        not null check (status in ('waiting', 'running', 'completed', 'failed')),
    rows_total       int         not null check (rows_total >= 0),
    rows_done        int         not null default 0 check (rows_done between 0 and rows_total),
    created          int         not null default 0 check (created >= 0),
    updated          int         not null default 0 check (updated >= 0),
    unchanged        int         not null default 0 check (unchanged >= 0),
    skipped          int         not null default 0 check (skipped >= 0),
    errors           int         not null default 0 check (errors >= 0),
    ignored_columns  text[]      not null default '{}',
    asked_by         uuid        not null,
    finished_at      timestamptz,
    version          int         not null default 1,
    created_at       timestamptz not null default millrace_now(),
    updated_at       timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, asked_by) references members (tenant_id, id),
    check ((status in ('completed', 'failed')) = (finished_at is not null)),
    check ((status in ('waiting', 'running')) = (content is not null)),
    check (rows_done = created + updated + unchanged + skipped)
);
create index imports_open on imports (tenant_id, id) where status in ('waiting', 'running');
call millrace_protect('imports', 'select, insert, update');
call millrace_open_to_lookup('imports');

-- What was wrong with rows of the file; row 1 is the header, as in a spreadsheet. At most the first thousand are kept.
create table import_errors (
    tenant_id    uuid        not null,
    import_id    uuid        not null,
    seq          int         not null check (seq >= 1),
    row_no       int         not null check (row_no >= 1),
    column_name  text        not null,
    value        text        not null,
    code         text        not null,
    message      text        not null,
    created_at   timestamptz not null default millrace_now(),
    primary key (tenant_id, import_id, seq),
    foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
call millrace_protect('import_errors', 'select, insert, delete');

-- What was asked does not change, and what is over stays as it ended.
create function guard_import() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] :=
        '{status,content,rows_done,created,updated,unchanged,skipped,errors,finished_at,version,updated_at}';
begin
    if old.status in ('completed', 'failed') then
        raise exception 'import % is %: bring the file in again', old.id, old.status
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free)
       or new.content is not null and new.content is distinct from old.content then
        raise exception 'import % is asked for: another file is another import', old.id
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before update on imports
    for each row execute function guard_import();

-- Tenants with imports that are to be done: whom a node has to visit, also after another one's death.
create function millrace_import_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    select distinct i.tenant_id from public.imports i where i.status in ('waiting', 'running')
$$;
alter function millrace_import_tenants() owner to millrace_lookup;
revoke all on function millrace_import_tenants() from public;
grant execute on function millrace_import_tenants() to millrace_app;
