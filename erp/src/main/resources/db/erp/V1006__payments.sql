-- Payments, what they pay, payment runs and expense claims.

-- What a payment has to know of a supplier's bank: changed data is not verified, and is not paid to.
alter table suppliers
    add column bank_last4      text check (bank_last4 ~ '^[0-9A-Z]{4}$'),
    add column bank_verified   boolean not null default true,
    add column bank_changed_at timestamptz;

create table payment_runs (
    tenant_id      uuid           not null,
    id             uuid           not null,
    number         text           not null,
    bank_account   text           not null check (bank_account <> ''),
    value_date     date           not null,
    currency       char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    total_amount   numeric(20, 4) not null check (total_amount > 0 and total_amount = round(total_amount, 2)),
    payment_count  int            not null check (payment_count >= 1),
    status         text           not null check (status in ('proposed', 'released', 'cancelled')),
    prepared_by    uuid           not null,
    approved_by    uuid[]         not null default '{}',
    cancel_reason  text,
    version        int            not null default 1,
    created_at     timestamptz    not null default millrace_now(),
    updated_at     timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, prepared_by) references members (tenant_id, id),
    check (not prepared_by = any (approved_by)),
    check (status <> 'released' or cardinality(approved_by) >= 1),
    check ((status = 'cancelled') = (cancel_reason is not null))
);
call millrace_protect('payment_runs', 'select, insert, update');

create function guard_payment_run() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,approved_by,cancel_reason,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'proposed' then
            raise exception 'payment run % begins as proposed', new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.status <> 'proposed' and new is distinct from old then
        raise exception 'payment run % is % and does not change any more', old.number, old.status
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) then
        raise exception 'payment run % is proposed: release or cancel it', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on payment_runs
    for each row execute function guard_payment_run();

create table payments (
    tenant_id       uuid           not null,
    id              uuid           not null,
    number          text           not null,
    direction       text           not null check (direction in ('outgoing', 'incoming')),
    party_type      text           not null check (party_type in ('supplier', 'customer', 'employee')),
    party_id        uuid           not null,
    party_name      text           not null,
    amount          numeric(20, 4) not null check (amount > 0 and amount = round(amount, 2)),
    currency        char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    rate            numeric(18, 8) not null check (rate > 0),
    amount_base     numeric(20, 4) not null check (amount_base = round(amount * rate, 2)),
    method          text           not null check (method in ('bank_transfer', 'upi', 'cheque', 'cash')),
    date            date           not null,
    reference       text           check (reference <> ''),
    status          text           not null check (status in ('draft', 'posted', 'reversed', 'cancelled')),
    journal_id      uuid,
    payment_run_id  uuid,
    created_by      text           not null,
    posted_at       timestamptz,
    end_reason      text,
    version         int            not null default 1,
    created_at      timestamptz    not null default millrace_now(),
    updated_at      timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, journal_id) references journals (tenant_id, id),
    foreign key (tenant_id, payment_run_id) references payment_runs (tenant_id, id),
    check ((status in ('posted', 'reversed')) = (journal_id is not null)),
    check ((journal_id is null) = (posted_at is null)),
    check ((status in ('reversed', 'cancelled')) = (end_reason is not null))
);
create index payments_run on payments (tenant_id, payment_run_id, id) where payment_run_id is not null;
create index payments_draft on payments (tenant_id, currency, id) where status = 'draft';
create index payments_party on payments (tenant_id, party_id, id);
call millrace_protect('payments', 'select, insert, update');

create function guard_payment() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,journal_id,posted_at,end_reason,version,updated_at}';
    of_draft constant text[] := '{date,payment_run_id}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'draft' then
            raise exception 'payment % begins as a draft', new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.status <> new.status
       and old.status || ' ' || new.status not in ('draft posted', 'draft cancelled', 'posted reversed') then
        raise exception 'payment % does not go from % to %', old.number, old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if old.status = new.status and old.status <> 'draft' and new is distinct from old then
        raise exception 'payment % is % and does not change: reverse it', old.number, old.status
            using errcode = 'restrict_violation';
    end if;
    if old.status = 'posted' and new.journal_id is distinct from old.journal_id then
        raise exception 'payment % stays with its journal', old.number
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free - of_draft) is distinct from (to_jsonb(new) - free - of_draft)
       or old.status <> 'draft' and (old.date, old.payment_run_id) is distinct from (new.date, new.payment_run_id) then
        raise exception 'payment % does not change: cancel it and make another one', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on payments
    for each row execute function guard_payment();

-- document_type and document_id name a row of another module: that it is not paid twice is held by its open amount, which
-- is lowered in the same transaction where it is enough.
create table payment_allocations (
    tenant_id      uuid           not null,
    payment_id     uuid           not null,
    document_type  text           not null check (document_type <> ''),
    document_id    uuid           not null,
    amount         numeric(20, 4) not null check (amount > 0 and amount = round(amount, 2)),
    number         text           not null,
    rate           numeric(18, 8) not null check (rate > 0),
    created_at     timestamptz    not null default millrace_now(),
    primary key (tenant_id, payment_id, document_type, document_id),
    foreign key (tenant_id, payment_id) references payments (tenant_id, id)
);
create index payment_allocations_document on payment_allocations (tenant_id, document_id);
call millrace_protect('payment_allocations', 'select, insert');

-- What is allocated is never more than the payment. Its row's lock makes two allocations wait for each other.
create function guard_payment_allocation() returns trigger
    language plpgsql
    as $$
declare
    payment record;
    allocated numeric;
begin
    select p.number, p.status, p.amount into payment
      from payments p
     where p.tenant_id = new.tenant_id and p.id = new.payment_id
       for update;
    select coalesce(sum(a.amount), 0) into allocated
      from payment_allocations a
     where a.tenant_id = new.tenant_id and a.payment_id = new.payment_id;
    if payment.status <> 'draft' then
        raise exception 'payment % is %: what it pays does not change', payment.number, payment.status
            using errcode = 'restrict_violation';
    end if;
    if allocated > payment.amount then
        raise exception 'payment % is of %, but % is allocated', payment.number, payment.amount, allocated
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create trigger guarded after insert on payment_allocations
    for each row execute function guard_payment_allocation();

create table expense_claims (
    tenant_id         uuid           not null,
    id                uuid           not null,
    number            text           not null,
    employee_id       uuid           not null,
    manager_id        uuid,
    submitted_by      uuid           not null,
    category          text           not null check (category <> ''),
    currency          char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    rate              numeric(18, 8) not null check (rate > 0),
    amount            numeric(20, 4) not null check (amount > 0 and amount = round(amount, 2)),
    approved_amount   numeric(20, 4) check (approved_amount > 0 and approved_amount = round(approved_amount, 2)),
    open_amount       numeric(20, 4) not null default 0 check (open_amount >= 0),
    has_all_receipts  boolean        not null,
    submitted_on      date           not null,
    status            text           not null check (status in ('submitted', 'approved', 'paid', 'rejected')),
    journal_id        uuid,
    reject_reason     text,
    version           int            not null default 1,
    created_at        timestamptz    not null default millrace_now(),
    updated_at        timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, employee_id) references members (tenant_id, id),
    foreign key (tenant_id, manager_id) references members (tenant_id, id),
    foreign key (tenant_id, submitted_by) references members (tenant_id, id),
    foreign key (tenant_id, journal_id) references journals (tenant_id, id),
    check (manager_id <> employee_id),
    check (approved_amount <= amount),
    check (open_amount <= coalesce(approved_amount, 0)),
    check ((status in ('approved', 'paid')) = (journal_id is not null)),
    check ((journal_id is null) = (approved_amount is null)),
    check ((status = 'rejected') = (reject_reason is not null))
);
create index expense_claims_employee on expense_claims (tenant_id, employee_id, id);
create index expense_claims_submitted on expense_claims (tenant_id, submitted_on) where status = 'submitted';
call millrace_protect('expense_claims', 'select, insert, update');

create table expense_claim_lines (
    tenant_id    uuid           not null,
    claim_id     uuid           not null,
    line_no      int            not null check (line_no between 1 and 200),
    date         date           not null,
    description  text           not null check (description <> ''),
    amount       numeric(20, 4) not null check (amount > 0 and amount = round(amount, 2)),
    has_receipt  boolean        not null,
    created_at   timestamptz    not null default millrace_now(),
    primary key (tenant_id, claim_id, line_no),
    foreign key (tenant_id, claim_id) references expense_claims (tenant_id, id)
);
call millrace_protect('expense_claim_lines', 'select, insert');

create function guard_expense_claim() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,approved_amount,open_amount,journal_id,reject_reason,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'submitted' then
            raise exception 'expense claim % begins as submitted', new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.status <> new.status
       and old.status || ' ' || new.status not in (
           'submitted approved', 'submitted rejected', 'approved paid', 'paid approved') then
        raise exception 'expense claim % does not go from % to %', old.number, old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free)
       or old.status <> 'submitted'
          and (old.approved_amount, old.journal_id) is distinct from (new.approved_amount, new.journal_id) then
        raise exception 'expense claim % does not change: reject it and submit another one', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on expense_claims
    for each row execute function guard_expense_claim();

-- Money that went, or was asked for, stays in the books.
create function keep_payment() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'payments and claims are cancelled, reversed or rejected, never changed afterwards or deleted'
        using errcode = 'restrict_violation';
end $$;
create trigger never_deleted before delete on payments for each row execute function keep_payment();
create trigger never_deleted before delete on payment_runs for each row execute function keep_payment();
create trigger never_deleted before delete on expense_claims for each row execute function keep_payment();
create trigger never_changed before update or delete on payment_allocations
    for each row execute function keep_payment();
create trigger never_changed before update or delete on expense_claim_lines
    for each row execute function keep_payment();
