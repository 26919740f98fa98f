-- The general ledger: accounts, what postings call them, accounting periods, journals.

-- control_kind says whose sub-ledger alone posts here; an account of kind 'party' tells with each line whose it is.
create table accounts (
    tenant_id     uuid        not null,
    id            uuid        not null,
    code          text        not null check (code ~ '^[0-9A-Z][0-9A-Z.-]{0,19}$'),
    name          text        not null check (name <> ''),
    type          text        not null check (type in ('asset', 'liability', 'equity', 'income', 'expense')),
    control_kind  text        check (control_kind in ('party', 'stock', 'grni')),
    currency      char(3)     check (currency ~ '^[A-Z]{3}$'),
    active        boolean     not null default true,
    version       int         not null default 1,
    created_at    timestamptz not null default millrace_now(),
    updated_at    timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, code),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('accounts', 'select, insert, update');

-- Which account a posting means that names a role: dev.millrace.erp.ledger.AccountRole.
create table account_roles (
    tenant_id   uuid        not null,
    role        text        not null check (role <> ''),
    account_id  uuid        not null,
    created_at  timestamptz not null default millrace_now(),
    updated_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, role),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
call millrace_protect('account_roles', 'select, insert, update');

create table fiscal_periods (
    tenant_id   uuid        not null,
    period      char(7)     not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    status      text        not null check (status in ('open', 'soft_closed', 'closed')),
    version     int         not null default 1,
    created_at  timestamptz not null default millrace_now(),
    updated_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, period),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('fiscal_periods', 'select, insert, update');

create function guard_fiscal_period() returns trigger
    language plpgsql
    as $$
begin
    if old.period <> new.period or old.tenant_id <> new.tenant_id then
        raise exception 'the accounting period % does not become another one', old.period
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before update on fiscal_periods
    for each row execute function guard_fiscal_period();

-- lines, base_debit: what the lines must add up to, so that none can be added later either.
create table journals (
    tenant_id      uuid           not null,
    id             uuid           not null,
    number         text           not null,
    date           date           not null,
    period         char(7)        not null check (period = to_char(date, 'YYYY-MM')),
    narration      text           not null check (narration <> ''),
    currency       char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    rate           numeric(18, 8) not null check (rate > 0),
    total          numeric(20, 4) not null check (total >= 0 and total = round(total, 2)),
    base_total     numeric(20, 4) not null check (base_total > 0 and base_total = round(base_total, 2)),
    line_count     int            not null check (line_count >= 2),
    source_type    text           not null check (source_type <> ''),
    source_id      uuid,
    reference      text           check (reference <> ''),
    by_sub_ledger  boolean        not null,
    status         text           not null check (status in ('posted', 'reversed')),
    reversal_of    uuid,
    posted_by      text           not null,
    version        int            not null default 1,
    created_at     timestamptz    not null default millrace_now(),
    updated_at     timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, period) references fiscal_periods (tenant_id, period),
    foreign key (tenant_id, reversal_of) references journals (tenant_id, id)
);
-- What is posted for a document is posted once.
create unique index journals_source on journals (tenant_id, source_type, source_id, reference)
    nulls not distinct where reference is not null;
create unique index journals_reversal on journals (tenant_id, reversal_of) where reversal_of is not null;
create index journals_period on journals (tenant_id, period, id);
call millrace_protect('journals', 'select, insert, update');

-- A line in the company's currency alone, for what rounding and rates leave over, has neither debit nor credit.
create table journal_lines (
    tenant_id    uuid           not null,
    journal_id   uuid           not null,
    line_no      int            not null check (line_no >= 1),
    account_id   uuid           not null,
    debit        numeric(20, 4) not null check (debit >= 0 and debit = round(debit, 2)),
    credit       numeric(20, 4) not null check (credit >= 0 and credit = round(credit, 2)),
    base_debit   numeric(20, 4) not null check (base_debit >= 0 and base_debit = round(base_debit, 2)),
    base_credit  numeric(20, 4) not null check (base_credit >= 0 and base_credit = round(base_credit, 2)),
    party_type   text           check (party_type in ('supplier', 'customer', 'employee')),
    party_id     uuid,
    cost_center  text,
    memo         text,
    created_at   timestamptz    not null default millrace_now(),
    primary key (tenant_id, journal_id, line_no),
    foreign key (tenant_id, journal_id) references journals (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id),
    check (debit = 0 or credit = 0),
    check (debit + credit + base_debit + base_credit > 0),
    check (base_debit = 0 or (base_credit = 0 and credit = 0)),
    check (base_credit = 0 or debit = 0),
    check ((party_type is null) = (party_id is null))
);
create index journal_lines_account on journal_lines (tenant_id, account_id, journal_id);
create index journal_lines_party on journal_lines (tenant_id, party_id, account_id) where party_id is not null;
call millrace_protect('journal_lines', 'select, insert');

-- A journal goes into a period that is not closed. The share lock makes a close wait for it, and it for a close.
create function guard_journal() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,version,updated_at}';
    standing text;
begin
    if tg_op = 'INSERT' then
        if new.status <> 'posted' then
            raise exception 'journal % begins as posted', new.number
                using errcode = 'restrict_violation';
        end if;
        select p.status into standing
          from fiscal_periods p
         where p.tenant_id = new.tenant_id and p.period = new.period
           for share;
        if standing = 'closed' then
            raise exception 'the accounting period % is closed: journal % cannot be posted into it',
                    new.period, new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) then
        raise exception 'journal % is posted and does not change: reverse it', old.number
            using errcode = 'restrict_violation';
    end if;
    if old.status <> new.status
       and not (old.status = 'posted' and new.status = 'reversed'
                and exists (select from journals r where r.tenant_id = old.tenant_id and r.reversal_of = old.id)) then
        raise exception 'journal % does not go from % to % without its reversal', old.number, old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on journals
    for each row execute function guard_journal();

create function keep_journal() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'journals are reversed, never changed or deleted'
        using errcode = 'restrict_violation';
end $$;
create trigger never_deleted before delete on journals
    for each row execute function keep_journal();
create trigger never_emptied before truncate on journals
    for each statement execute function keep_journal();
create trigger never_changed before update or delete on journal_lines
    for each row execute function keep_journal();
create trigger never_emptied before truncate on journal_lines
    for each statement execute function keep_journal();

-- At commit: the lines are as many and as much as the journal says, debit equals credit in the company's currency and
-- in the journal's own, a party account knows whose each line is, and a reversal undoes its journal, account by account.
create function balance_journal(tenant uuid, journal uuid) returns void
    language plpgsql
    as $$
declare
    head journals%rowtype;
    found record;
begin
    select * into head from journals j where j.tenant_id = tenant and j.id = journal;
    select count(*) as lines, coalesce(sum(l.debit), 0) as debit, coalesce(sum(l.credit), 0) as credit,
           coalesce(sum(l.base_debit), 0) as base_debit, coalesce(sum(l.base_credit), 0) as base_credit,
           coalesce(bool_or(a.control_kind = 'party' and l.party_id is null), false) as nameless,
           coalesce(bool_or(a.control_kind is not null and not head.by_sub_ledger), false) as controlled
      into found
      from journal_lines l join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
     where l.tenant_id = tenant and l.journal_id = journal;
    if found.base_debit is distinct from found.base_credit or found.base_debit is distinct from head.base_total
       or found.debit is distinct from found.credit or found.debit is distinct from head.total then
        raise exception 'journal % does not balance: debit % (% in the company''s currency), credit % (%), total % (%)',
                head.number, found.debit, found.base_debit, found.credit, found.base_credit, head.total, head.base_total
            using errcode = 'check_violation';
    end if;
    if found.lines is distinct from head.line_count then
        raise exception 'journal % has % lines, but was posted with %', head.number, found.lines, head.line_count
            using errcode = 'check_violation';
    end if;
    if found.nameless or found.controlled then
        raise exception 'journal % posts to a control account without its party, or outside its sub-ledger', head.number
            using errcode = 'check_violation';
    end if;
    if head.reversal_of is not null
       and (exists (select from journal_lines l
                     where l.tenant_id = tenant and l.journal_id in (head.id, head.reversal_of)
                     group by l.account_id, l.party_id
                    having sum(l.base_debit) <> sum(l.base_credit) or sum(l.debit) <> sum(l.credit))
            or not exists (select from journals o
                            where o.tenant_id = tenant and o.id = head.reversal_of and o.status = 'reversed')) then
        raise exception 'journal % does not undo the journal that it reverses', head.number
            using errcode = 'check_violation';
    end if;
end $$;

create function check_journal() returns trigger
    language plpgsql
    as $$
begin
    perform balance_journal(new.tenant_id, new.id);
    return null;
end $$;
create constraint trigger balanced after insert on journals
    deferrable initially deferred
    for each row execute function check_journal();

-- A line that is added to a journal later is found by the same check.
create function check_journal_line() returns trigger
    language plpgsql
    as $$
begin
    perform balance_journal(new.tenant_id, new.journal_id);
    return null;
end $$;
create constraint trigger balanced after insert on journal_lines
    deferrable initially deferred
    for each row execute function check_journal_line();
