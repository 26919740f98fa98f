-- A company, its people, and what is said to them. tenant_id is the company's id.

-- The check digit of an Indian tax number: weights 1 and 2 in turn, base 36. Immutable, so that checks may use it.
create function gstin_is_valid(gstin text) returns boolean
    language sql immutable
    as $$
    select gstin ~ '^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$'
       and strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(gstin, 15, 1)) - 1
           = (36 - (select sum(weighted / 36 + weighted % 36)
                      from (select (strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(gstin, i, 1)) - 1)
                                   * (case when i % 2 = 0 then 2 else 1 end) as weighted
                              from generate_series(1, 14) as i) as digits) % 36) % 36
$$;

create table companies (
    tenant_id                 uuid          not null primary key,
    slug                      text          not null unique check (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
    name                      text          not null,
    legal_name                text          not null,
    base_currency             char(3)       not null check (base_currency ~ '^[A-Z]{3}$'),
    country                   char(2)       not null check (country ~ '^[A-Z]{2}$'),
    time_zone                 text          not null,
    tax_regime                text          not null check (tax_regime in ('IN_GST', 'EU_VAT', 'none')),
    gstin                     text          check (gstin_is_valid(gstin)),
    state_code                char(2),
    address_line1             text,
    city                      text,
    pin                       text,
    fiscal_year_start_month   int           not null check (fiscal_year_start_month between 1 and 12),
    aato                      numeric(20, 4) check (aato >= 0),
    lock_date                 date,
    unrouted_orders           text          not null default 'hold' check (unrouted_orders in ('hold', 'approve')),
    version                   int           not null default 1,
    created_at                timestamptz   not null default millrace_now(),
    updated_at                timestamptz   not null default millrace_now(),
    check (gstin is null or tax_regime = 'IN_GST'),
    check (tax_regime <> 'IN_GST' or state_code is not null)
);
call millrace_protect('companies', 'select, insert, update');
call millrace_open_to_lookup('companies');

-- Sign-in knows a company by its slug before it knows the tenant.
create function millrace_tenant_by_slug(wanted text) returns uuid
    language sql stable security definer set search_path = ''
    as $$
    select c.tenant_id from public.companies c where c.slug = wanted
$$;
alter function millrace_tenant_by_slug(text) owner to millrace_lookup;
revoke all on function millrace_tenant_by_slug(text) from public;
grant execute on function millrace_tenant_by_slug(text) to millrace_app;

create table company_modules (
    tenant_id   uuid        not null,
    module      text        not null check (module in ('core', 'finance', 'procurement', 'inventory', 'sales')),
    created_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, module),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('company_modules', 'select, insert, delete');

create table members (
    tenant_id      uuid        not null,
    id             uuid        not null,
    email          text        not null check (email = lower(email)),
    name           text        not null check (name <> ''),
    phone          text        check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    password_hash  text        not null,
    active         boolean     not null default true,
    prefers_email  boolean     not null default false,
    version        int         not null default 1,
    created_at     timestamptz not null default millrace_now(),
    updated_at     timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, email),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('members', 'select, insert, update');

-- A role is known by its name, in definitions too. What each may do is in code: dev.millrace.erp.Permissions.
create table roles (
    tenant_id   uuid        not null,
    name        text        not null check (name <> ''),
    created_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, name),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('roles', 'select, insert, delete');

create table member_roles (
    tenant_id   uuid        not null,
    role        text        not null,
    member_id   uuid        not null,
    created_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, role, member_id),
    foreign key (tenant_id, role) references roles (tenant_id, name),
    foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index member_roles_member on member_roles (tenant_id, member_id);
call millrace_protect('member_roles', 'select, insert, delete');

-- Something for a person, or for whoever holds a role, to do.
create table tasks (
    tenant_id    uuid        not null,
    id           uuid        not null,
    title        text        not null check (title <> ''),
    description  text,
    role         text,
    member_id    uuid,
    due_at       timestamptz,
    entity_type  text,
    entity_id    uuid,
    status       text        not null default 'open' check (status in ('open', 'done', 'cancelled')),
    done_by      uuid,
    done_at      timestamptz,
    version      int         not null default 1,
    created_at   timestamptz not null default millrace_now(),
    updated_at   timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, role) references roles (tenant_id, name),
    foreign key (tenant_id, member_id) references members (tenant_id, id),
    check ((role is null) <> (member_id is null)),
    check ((status = 'done') = (done_at is not null))
);
create index tasks_open_role on tasks (tenant_id, role, id) where status = 'open';
create index tasks_open_member on tasks (tenant_id, member_id, id) where status = 'open';
call millrace_protect('tasks', 'select, insert, update');

-- Every message to a person or a partner, sent or to be sent. Without a provider it stays here: the outbox that
-- the web app shows.
create table notifications (
    tenant_id        uuid        not null,
    id               uuid        not null,
    channel          text        not null check (channel in ('in_app', 'email', 'whatsapp')),
    member_id        uuid,
    address          text,
    subject          text,
    body             text,
    template         text,
    variables        json,
    link             text,
    entity_type      text,
    entity_id        uuid,
    status           text        not null check (status in ('queued', 'sent', 'failed')),
    provider_id      text,
    idempotency_key  text,
    tries            int         not null default 0,
    next_try_at      timestamptz,
    error            text,
    sent_at          timestamptz,
    read_at          timestamptz,
    created_at       timestamptz not null default millrace_now(),
    updated_at       timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, idempotency_key),
    foreign key (tenant_id, member_id) references members (tenant_id, id),
    check (channel = 'in_app' or address is not null),
    check (channel <> 'in_app' or member_id is not null),
    check ((status = 'queued') = (next_try_at is not null))
);
create index notifications_queued on notifications (tenant_id, next_try_at) where status = 'queued';
create index notifications_member on notifications (tenant_id, member_id, id) where channel = 'in_app';
call millrace_protect('notifications', 'select, insert, update');
call millrace_open_to_lookup('notifications');

-- Tenants with mail that waits: whom a sender has to visit after a crash.
create function millrace_mail_tenants() returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    select distinct n.tenant_id from public.notifications n
     where n.status = 'queued' and n.next_try_at <= public.millrace_now()
$$;
alter function millrace_mail_tenants() owner to millrace_lookup;
revoke all on function millrace_mail_tenants() from public;
grant execute on function millrace_mail_tenants() to millrace_app;

-- next is the number to give: taken in the transaction of the document, so that a rollback gives it back. The
-- row's lock makes the others wait.
create table number_series (
    tenant_id    uuid        not null,
    series       text        not null,
    fiscal_year  text        not null,
    next         bigint      not null check (next >= 1),
    created_at   timestamptz not null default millrace_now(),
    updated_at   timestamptz not null default millrace_now(),
    primary key (tenant_id, series, fiscal_year),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('number_series', 'select, insert, update');

-- A sent message is evidence: only being read, and what became of a queued one, may change.
create function keep_notification() returns trigger
    language plpgsql
    as $$
begin
    if old.status <> new.status and old.status <> 'queued' then
        raise exception 'a notification goes from queued to sent or failed, not from % to %', old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - '{status,provider_id,tries,next_try_at,error,sent_at,read_at,updated_at}'::text[])
       is distinct from
       (to_jsonb(new) - '{status,provider_id,tries,next_try_at,error,sent_at,read_at,updated_at}'::text[]) then
        raise exception 'notification % is written: what it says does not change', old.id
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger kept before update on notifications
    for each row execute function keep_notification();
