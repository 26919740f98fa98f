-- For the demo and for tests only: time can be moved forward. Idempotent.
create table if not exists millrace_clock (
    one    boolean  primary key default true check (one),
    ahead  interval not null default interval '0'
);
insert into millrace_clock default values on conflict do nothing;
grant select, update on millrace_clock to millrace_app, millrace_lookup;
create or replace function millrace_now() returns timestamptz
    language sql stable
    as $$ select statement_timestamp() + (select c.ahead from public.millrace_clock c) $$;
