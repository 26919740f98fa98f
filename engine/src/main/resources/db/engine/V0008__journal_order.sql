-- How far each follower of the journal has read, by seal number. The row's lock is the right to read on; who sends
-- outside holds it by a lease instead, for no lock is held during a call. The row of the nil tenant says that the
-- follower is known: what a tenant sealed before that is not for it.
create table journal_cursors (
    tenant_id    uuid   not null,
    follower     text   not null,
    seq          bigint not null check (seq >= 0),
    owner        uuid,
    owned_until  timestamptz,
    primary key (tenant_id, follower),
    check ((owner is null) = (owned_until is null))
);
call millrace_protect('journal_cursors', 'select, insert, update');
call millrace_open_to_lookup('journal_cursors');
call millrace_open_to_lookup('journal_heads');

-- Tenants with seals that a follower has not read.
create function millrace_unread_tenants(follower_name text) returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    select h.tenant_id
      from public.journal_heads h
      left join public.journal_cursors c on c.tenant_id = h.tenant_id and c.follower = follower_name
     where h.seq > coalesce(c.seq, 0)
$$;
alter function millrace_unread_tenants(text) owner to millrace_lookup;
revoke all on function millrace_unread_tenants(text) from public;
grant execute on function millrace_unread_tenants(text) to millrace_app;

-- Tenants that have a journal.
create function millrace_journal_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$ select h.tenant_id from public.journal_heads h $$;
alter function millrace_journal_tenants() owner to millrace_lookup;
revoke all on function millrace_journal_tenants() from public;
grant execute on function millrace_journal_tenants() to millrace_app;

-- All entries of older transactions are sealed. Not a row, for it belongs to no tenant, and losing it costs one long
-- scan; a start that finds it ahead of the database's transactions (a restored dump) begins at nothing.
create sequence journal_drained_below minvalue 0 start 0;
grant select, update on sequence journal_drained_below to millrace_app;

-- Pages filled since the last vacuum would else be scanned at each pass.
drop index workflow_journal_xid;
create index workflow_journal_xid on workflow_journal using brin (xid) with (pages_per_range = 16, autosummarize = on);

-- The lowest time-ordered id of a moment.
create function millrace_uuid_floor(moment timestamptz) returns uuid
    language sql immutable
    as $$ select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

-- A time-ordered id of now, for what the maintenance itself journals.
create function millrace_new_uuid() returns uuid
    language sql volatile
    as $$
    select (substr(replace(public.millrace_uuid_floor(clock_timestamp())::text, '-', ''), 1, 12)
            || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text || clock_timestamp()::text), 1, 15))::uuid
$$;

-- One month of a table that is ranged by time-ordered ids. A month of which rows lie in the default partition already
-- (nobody made it ahead) stays there.
create procedure millrace_add_month(parent regclass, month date)
    language plpgsql
    as $$
declare
    name text := (select c.relname from pg_catalog.pg_class c where c.oid = parent) || to_char(month, '"_"YYYYMM');
begin
    if to_regclass('public.' || name) is not null then
        return;
    end if;
    execute format('create table public.%I partition of %s for values from (%L) to (%L)', name, parent,
        public.millrace_uuid_floor(month::timestamp at time zone 'UTC'),
        public.millrace_uuid_floor((month + interval '1 month')::timestamp at time zone 'UTC'));
    call public.millrace_protect(('public.' || name)::regclass, '');
    if name like 'workflow_journal%' then
        -- The row triggers of the whole hold for its parts; those of statements do not.
        execute format('create trigger never_emptied before truncate on public.%I'
            ' for each statement execute function public.refuse_change()', name);
    end if;
exception when check_violation then
    raise notice '% stays in the default partition', name;
end $$;

-- Makes the months that are missing from this one on. For the serving role, which owns nothing.
create function millrace_add_months(ahead int) returns void
    language plpgsql security definer set search_path = '' set lock_timeout = '2s'
    as $$
declare
    month date := date_trunc('month', clock_timestamp() at time zone 'UTC')::date;
begin
    for i in 0 .. least(ahead, 24) loop
        call public.millrace_add_month('public.workflow_journal', (month + make_interval(months => i))::date);
        call public.millrace_add_month('public.workflow_events', (month + make_interval(months => i))::date);
    end loop;
end $$;
revoke all on function millrace_add_months(int) from public;
grant execute on function millrace_add_months(int) to millrace_app;
select millrace_add_months(3);

-- What retention took off a tenant's journal: entries with lower ids, up to the seal last_seq. Their seals stay, for
-- they tell nothing but that there was something. Verification begins behind from_seq, with the hash kept here.
create table journal_cuts (
    tenant_id  uuid        not null,
    before     uuid        not null,
    at         timestamptz not null default statement_timestamp(),
    from_seq   bigint      not null,
    from_hash  bytea       not null,
    last_seq   bigint      not null,
    entries    bigint      not null,
    primary key (tenant_id, before)
);
call millrace_protect('journal_cuts', 'select');
create trigger append_only before update or delete on journal_cuts
    for each row execute function refuse_change();
create trigger never_emptied before truncate on journal_cuts
    for each statement execute function refuse_change();

-- The first moment of the financial year (from April) that lies so many years before the current one, and a month of
-- grace, for a year begins earlier in some zones.
create function millrace_books_from(years int) returns timestamptz
    language sql stable set search_path = ''
    as $$
    select (make_date((extract(year from clock_timestamp() at time zone 'UTC' - interval '3 months'))::int - years, 4, 1)
            - interval '1 month')::timestamp at time zone 'UTC'
$$;

-- Drops the months of the journal or of the events that are wholly older than keep_from, and writes into each tenant's
-- journal what went. The one way in which anything leaves the journal.
create function millrace_drop_months(target text, keep_from timestamptz) returns int
    language plpgsql security definer set search_path = '' set lock_timeout = '2s'
    as $$
declare
    part    record;
    tenant  uuid;
    bound   uuid;
    gone    bigint;
    dropped int := 0;
begin
    if target not in ('workflow_journal', 'workflow_events') then
        raise exception 'nothing is ever dropped from %', target using errcode = 'restrict_violation';
    end if;
    if target = 'workflow_journal' and keep_from > public.millrace_books_from(7) then
        raise exception 'the journal is kept for seven financial years at least, from % on, but % was asked for',
            public.millrace_books_from(7), keep_from using errcode = 'restrict_violation';
    end if;
    if target = 'workflow_events' and keep_from > clock_timestamp() - interval '90 days' then
        raise exception 'events are kept for 90 days at least' using errcode = 'restrict_violation';
    end if;
    for part in
        select c.relname, to_date(right(c.relname, 6), 'YYYYMM') as month
          from pg_catalog.pg_class c join pg_catalog.pg_inherits i on i.inhrelid = c.oid
         where i.inhparent = ('public.' || target)::regclass and c.relname ~ '_[0-9]{6}$'
           and (to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month')::timestamp at time zone 'UTC' <= keep_from
         order by 2
         limit 1 -- each month in a transaction of its own
    loop
        bound := public.millrace_uuid_floor((part.month + interval '1 month')::timestamp at time zone 'UTC');
        for tenant in select public.millrace_journal_tenants() loop
            perform set_config('millrace.tenant', tenant::text, true);
            execute format('select count(*) from public.%I where tenant_id = $1', part.relname) into gone using tenant;
            continue when gone = 0;
            if target = 'workflow_journal' then
                perform public.millrace_cut(tenant, part.relname, bound, gone);
            end if;
            insert into public.workflow_journal (tenant_id, id, type, actor_kind, actor_name, resource_type,
                   resource_id, comment)
            values (tenant, public.millrace_new_uuid(), 'journal.retention', 'system', 'Millrace', 'retention',
                   part.relname, gone || ' rows of ' || to_char(part.month, 'YYYY-MM') || ' were dropped from '
                   || target);
        end loop;
        execute format('drop table public.%I', part.relname);
        dropped := dropped + 1;
    end loop;
    perform set_config('millrace.tenant', '', true);
    return dropped;
end $$;

-- Remembers where the chain of one tenant goes on, before a month of it is dropped.
create function millrace_cut(tenant uuid, part text, bound uuid, gone bigint) returns void
    language plpgsql set search_path = ''
    as $$
declare
    first_kept bigint;
    last_gone  bigint;
begin
    execute format('select max(s.seq) from public.journal_seals s join public.%I p'
        ' on p.tenant_id = s.tenant_id and p.id = s.journal_id where s.tenant_id = $1', part) into last_gone using tenant;
    if last_gone is null then  -- cannot be after so long, and would break the chain
        raise exception 'entries of % have no seal yet', part using errcode = 'restrict_violation';
    end if;
    select coalesce(min(s.seq), last_gone + 1) into first_kept
      from public.journal_seals s where s.tenant_id = tenant and s.journal_id >= bound;
    insert into public.journal_cuts (tenant_id, before, from_seq, from_hash, last_seq, entries)
    select tenant, bound, first_kept - 1,
           coalesce((select s.hash from public.journal_seals s where s.tenant_id = tenant and s.seq = first_kept - 1), ''),
           last_gone, gone;
end $$;

revoke all on function millrace_drop_months(text, timestamptz) from public;
revoke all on function millrace_cut(uuid, text, uuid, bigint) from public;
grant execute on function millrace_drop_months(text, timestamptz) to millrace_app;

-- Keys that only have to outlive their repetition are deleted by age.
grant delete on event_keys to millrace_app;
