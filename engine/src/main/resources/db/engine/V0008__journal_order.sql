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
