-- When each company's next day begins, and what is overdue then.

-- next_day is the company's own: the first day whose morning was not gone through yet. due_at is its 00:15 at the
-- company's place. Whoever moves the row on has gone through the day, in the same transaction.
create table company_days (
    tenant_id   uuid        not null primary key,
    next_day    date        not null,
    due_at      timestamptz not null,
    created_at  timestamptz not null default millrace_now(),
    updated_at  timestamptz not null default millrace_now(),
    foreign key (tenant_id) references companies (tenant_id)
);
create index company_days_due on company_days (due_at);
call millrace_protect('company_days', 'select, insert, update');
call millrace_open_to_lookup('company_days');

-- Companies that are here already begin with the day after this one.
alter table companies no force row level security;
alter table company_days no force row level security;
insert into company_days (tenant_id, next_day, due_at)
select c.tenant_id, (millrace_now() at time zone c.time_zone)::date + 1,
       ((millrace_now() at time zone c.time_zone)::date + 1 + time '00:15') at time zone c.time_zone
  from companies c;
alter table company_days force row level security;
alter table companies force row level security;

-- Companies whose next day has begun.
create function millrace_day_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    select d.tenant_id from public.company_days d where d.due_at <= public.millrace_now()
$$;
alter function millrace_day_tenants() owner to millrace_lookup;
revoke all on function millrace_day_tenants() from public;
grant execute on function millrace_day_tenants() to millrace_app;

create index sales_invoices_due on sales_invoices (tenant_id, due_date) where status in ('posted', 'part_paid');
