-- A company's own rules: policies, working hours, holidays, and who decides for whom. A company without a row has the
-- defaults, at version 0.

-- policies is what the language reads and writes (docs/language.md, "Policies").
create table company_policies (
    tenant_id   uuid        not null primary key,
    policies    json        not null,
    version     int         not null check (version >= 1),
    updated_by  text        not null,
    created_at  timestamptz not null default millrace_now(),
    updated_at  timestamptz not null default millrace_now(),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('company_policies', 'select, insert, update');

-- days are ISO numbers, Monday is 1; the hours are local times of the company's zone.
create table company_calendars (
    tenant_id   uuid        not null primary key,
    days        int[]       not null check (cardinality(days) between 1 and 7 and days <@ '{1,2,3,4,5,6,7}'::int[]),
    opens       time        not null,
    closes      time        not null,
    version     int         not null check (version >= 1),
    updated_by  text        not null,
    created_at  timestamptz not null default millrace_now(),
    updated_at  timestamptz not null default millrace_now(),
    foreign key (tenant_id) references companies (tenant_id),
    check (opens < closes)
);
call millrace_protect('company_calendars', 'select, insert, update');

create table holidays (
    tenant_id   uuid        not null,
    day         date        not null,
    name        text        not null check (name <> ''),
    created_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, day),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('holidays', 'select, insert, delete');

-- Somebody decides for somebody else for a while: for the roles named, or for all of them and the person where none is.
create table delegations (
    tenant_id    uuid        not null,
    id           uuid        not null,
    from_member  uuid        not null,
    to_member    uuid        not null,
    roles        text[]      not null,
    starts       timestamptz not null,
    ends         timestamptz not null,
    reason       text        check (reason <> ''),
    created_by   text        not null,
    ended_at     timestamptz,
    ended_by     text,
    created_at   timestamptz not null default millrace_now(),
    updated_at   timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, from_member) references members (tenant_id, id),
    foreign key (tenant_id, to_member) references members (tenant_id, id),
    check (from_member <> to_member),
    check (starts < ends),
    check ((ended_at is null) = (ended_by is null))
);
create index delegations_from on delegations (tenant_id, from_member, ends) where ended_at is null;
create index delegations_to on delegations (tenant_id, to_member, ends) where ended_at is null;
call millrace_protect('delegations', 'select, insert, update');

-- An order that an approver sent back is returned: its requester changes it and submits it again.
alter table purchase_orders drop constraint purchase_orders_status_check;
alter table purchase_orders add constraint purchase_orders_status_check
    check (status in ('draft', 'pending_approval', 'returned', 'approved', 'partially_received', 'received', 'closed',
                      'cancelled'));
grant delete on purchase_order_lines to millrace_app;
-- When what was submitted was changed: what decides on it without an approval must not do so unseen.
alter table purchase_orders add column revised_at timestamptz;
create index tasks_entity on tasks (tenant_id, entity_id) where status = 'open';

create or replace function guard_purchase_order() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,received_percent,invoiced_percent,cancelled_at,cancel_reason,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'draft' or new.locked_at is not null then
            raise exception 'purchase order % begins as a draft', new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.status <> new.status
       and old.status || ' ' || new.status not in (
           'draft pending_approval', 'draft cancelled',
           'pending_approval approved', 'pending_approval cancelled', 'pending_approval returned',
           'returned pending_approval', 'returned cancelled',
           'approved partially_received', 'approved received', 'approved cancelled',
           'partially_received approved', 'partially_received received', 'partially_received closed',
           'received partially_received', 'received closed') then
        raise exception 'purchase order % does not go from % to %', old.number, old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if new.status = 'cancelled' and (new.received_percent > 0 or new.invoiced_percent > 0) then
        raise exception 'purchase order % has receipts or invoices and cannot be cancelled', old.number
            using errcode = 'restrict_violation';
    end if;
    if (old.locked_at is not null or old.status = 'cancelled')
       and (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) then
        raise exception 'purchase order % is locked: only receipts, invoices and its closing may change it', old.number
            using errcode = 'restrict_violation';
    end if;
    if old.status = 'cancelled' and new is distinct from old then
        raise exception 'purchase order % is cancelled and does not change any more', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
