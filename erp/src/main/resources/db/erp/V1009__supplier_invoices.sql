-- What suppliers bill: invoices, what each was held against, and what of it an approval accepted.

-- By when a micro or small enterprise is to be paid, from a date on: a change of the law is another row. The table is the
-- same for every company: it has no tenant_id, everybody reads it and migrations alone write it.
create table msme_payment_days (
    valid_from      date not null primary key,
    most            int  not null check (most >= 0),
    not_agreed      int  not null check (not_agreed >= 0),
    source          text not null
);
insert into msme_payment_days (valid_from, most, not_agreed, source) values
    ('2006-10-02', 45, 15, 'MSMED Act, 2006, section 15; days from acceptance');
alter table msme_payment_days enable row level security;
alter table msme_payment_days force row level security;
create policy law_for_all on msme_payment_days for select using (true);
grant select on msme_payment_days to millrace_app;

-- What a company, or it for one supplier, sets instead of the usual tolerances; scope is the company's or the
-- supplier's id, overrides what dev.millrace.erp.payables.Tolerances.Overrides reads.
create table match_tolerances (
    tenant_id   uuid        not null,
    scope       uuid        not null,
    overrides   json        not null,
    version     int         not null default 1,
    created_at  timestamptz not null default millrace_now(),
    updated_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, scope),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('match_tolerances', 'select, insert, update');

-- arrival orders the invoices of one purchase order: it is taken with the order's row locked, so an invoice that is seen
-- never has one before it that is not. duplicate_of: the same number was there already; such a row is kept as evidence.
create table supplier_invoices (
    tenant_id            uuid           not null,
    id                   uuid           not null,
    arrival              bigint         not null generated always as identity,
    internal_number      text           not null,
    invoice_number       text           not null check (invoice_number <> ''),
    invoice_number_norm  text           not null check (invoice_number_norm ~ '^[1-9A-Z][0-9A-Z]*$'),
    fiscal_year          text           not null,
    supplier_id          uuid           not null,
    purchase_order_id    uuid,
    currency             char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    rate                 numeric(18, 8) not null check (rate > 0),
    invoice_date         date           not null,
    received_at          timestamptz    not null,
    due_date             date           not null,
    net                  numeric(20, 4) not null check (net >= 0 and net = round(net, 2)),
    cgst                 numeric(20, 4) not null check (cgst >= 0 and cgst = round(cgst, 2)),
    sgst                 numeric(20, 4) not null check (sgst >= 0 and sgst = round(sgst, 2)),
    igst                 numeric(20, 4) not null check (igst >= 0 and igst = round(igst, 2)),
    charges              numeric(20, 4) not null check (charges >= 0 and charges = round(charges, 2)),
    round_off            numeric(20, 4) not null check (round_off = round(round_off, 2)),
    total                numeric(20, 4) not null check (total > 0 and total = round(total, 2)),
    amount_base          numeric(20, 4) not null check (amount_base = round(total * rate, 2)),
    open_amount          numeric(20, 4) not null default 0
        check (open_amount >= 0 and open_amount <= total and open_amount = round(open_amount, 2)),
    status               text           not null
        check (status in ('received', 'on_hold', 'released', 'part_paid', 'paid', 'rejected', 'cancelled', 'reversed')),
    hold_code            text           check (hold_code in ('price', 'quantity', 'tax', 'receipt', 'duplicate', 'manual')),
    hold_reason          text,
    end_reason           text,
    duplicate_of         uuid,
    irn                  text           check (irn ~ '^[0-9a-f]{64}$'),
    match_result         json,
    match_outcome        text,
    match_tolerances     json,
    match_differences    json,
    approval_id          uuid,
    journal_id           uuid,
    version              int            not null default 1,
    created_at           timestamptz    not null default millrace_now(),
    updated_at           timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, internal_number),
    foreign key (tenant_id, supplier_id) references suppliers (tenant_id, id),
    foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
    foreign key (tenant_id, duplicate_of) references supplier_invoices (tenant_id, id),
    check ((status = 'on_hold') = (hold_code is not null)),
    check ((status in ('released', 'part_paid', 'paid', 'reversed')) = (journal_id is not null)),
    check ((status in ('rejected', 'cancelled', 'reversed')) = (end_reason is not null)),
    check (status not in ('received', 'on_hold', 'rejected', 'cancelled', 'reversed', 'paid') or open_amount = 0),
    check (status <> 'released' or open_amount = total),
    check (status <> 'part_paid' or (open_amount > 0 and open_amount < total)),
    check (duplicate_of is null or status in ('received', 'on_hold', 'rejected', 'cancelled'))
);
-- The same number of a supplier once in a fiscal year: what was refused or taken back may be sent again.
create unique index supplier_invoices_number
    on supplier_invoices (tenant_id, supplier_id, invoice_number_norm, fiscal_year)
    where duplicate_of is null and status not in ('rejected', 'cancelled', 'reversed');
create index supplier_invoices_order on supplier_invoices (tenant_id, purchase_order_id, arrival)
    where purchase_order_id is not null;
create index supplier_invoices_supplier on supplier_invoices (tenant_id, supplier_id, total, invoice_date);
create index supplier_invoices_due on supplier_invoices (tenant_id, due_date) where open_amount > 0;
call millrace_protect('supplier_invoices', 'select, insert, update');

create table supplier_invoice_lines (
    tenant_id        uuid           not null,
    invoice_id       uuid           not null,
    line_no          int            not null check (line_no between 1 and 500),
    po_line_id       uuid,
    description      text           not null,
    hsn_sac          text,
    quantity         numeric(18, 3) not null check (quantity > 0),
    unit_price       numeric(20, 6) not null check (unit_price >= 0),
    taxable          numeric(20, 4) not null check (taxable >= 0 and taxable = round(taxable, 2)),
    gst_rate         numeric(7, 4)  not null check (gst_rate between 0 and 100),
    cgst             numeric(20, 4) not null check (cgst >= 0 and cgst = round(cgst, 2)),
    sgst             numeric(20, 4) not null check (sgst >= 0 and sgst = round(sgst, 2)),
    igst             numeric(20, 4) not null check (igst >= 0 and igst = round(igst, 2)),
    expense_account  text           check (expense_account <> ''),
    created_at       timestamptz    not null default millrace_now(),
    primary key (tenant_id, invoice_id, line_no),
    foreign key (tenant_id, invoice_id) references supplier_invoices (tenant_id, id),
    foreign key (tenant_id, po_line_id) references purchase_order_lines (tenant_id, id)
);
create index supplier_invoice_lines_ordered on supplier_invoice_lines (tenant_id, po_line_id)
    where po_line_id is not null;
call millrace_protect('supplier_invoice_lines', 'select, insert');

-- Evidence: what was found, when, with which tolerances. Nothing changes or deletes it.
create table supplier_invoice_matches (
    tenant_id    uuid        not null,
    invoice_id   uuid        not null,
    attempt      int         not null check (attempt >= 1),
    outcome      text        not null
        check (outcome in ('matched', 'within_tolerance', 'awaiting_receipt', 'variance', 'duplicate', 'invalid')),
    decision     text        not null check (decision in ('release', 'hold', 'review', 'reject')),
    codes        text[]      not null,
    result       json        not null,
    tolerances   json        not null,
    matched_by   text        not null,
    created_at   timestamptz not null default millrace_now(),
    primary key (tenant_id, invoice_id, attempt),
    foreign key (tenant_id, invoice_id) references supplier_invoices (tenant_id, id)
);
call millrace_protect('supplier_invoice_matches', 'select, insert');

-- What a granted approval accepted; line_no 0 is the invoice as a whole. A later match lets the same or less pass.
create table supplier_invoice_acceptances (
    tenant_id    uuid           not null,
    invoice_id   uuid           not null,
    approval_id  uuid           not null,
    code         text           not null,
    line_no      int            not null check (line_no >= 0),
    quantity     numeric(18, 3),
    unit_price   numeric(20, 6),
    deviation    numeric(24, 6) not null check (deviation >= 0),
    created_at   timestamptz    not null default millrace_now(),
    primary key (tenant_id, invoice_id, approval_id, code, line_no),
    foreign key (tenant_id, invoice_id) references supplier_invoices (tenant_id, id)
);
call millrace_protect('supplier_invoice_acceptances', 'select, insert');

-- No statement skips a state or changes what the supplier wrote. A column added later is frozen until someone says otherwise.
create function guard_supplier_invoice() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,open_amount,hold_code,hold_reason,end_reason,match_result,match_outcome,match_tolerances,match_differences,approval_id,journal_id,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'received' then
            raise exception 'supplier invoice % begins as received', new.internal_number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.status <> new.status
       and old.status || ' ' || new.status not in (
           'received on_hold', 'on_hold received',
           'received released', 'on_hold released',
           'received rejected', 'on_hold rejected',
           'received cancelled', 'on_hold cancelled',
           'released part_paid', 'released paid', 'part_paid paid',
           'part_paid released', 'paid part_paid', 'paid released',
           'released reversed') then
        raise exception 'supplier invoice % does not go from % to %', old.internal_number, old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) then
        raise exception 'supplier invoice % is as the supplier wrote it: reject it and have another one sent',
                old.internal_number
            using errcode = 'restrict_violation';
    end if;
    if old.status in ('rejected', 'cancelled', 'reversed') and new is distinct from old then
        raise exception 'supplier invoice % is % and does not change any more', old.internal_number, old.status
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on supplier_invoices
    for each row execute function guard_supplier_invoice();

-- At the end of a transaction that released or reversed: of each line of the order is invoiced what its released invoices
-- say, no more and no less.
create function check_invoiced_quantity() returns trigger
    language plpgsql
    as $$
declare
    wrong record;
begin
    select l.line_no, l.invoiced_qty,
           coalesce((select sum(i.quantity)
                       from supplier_invoice_lines i
                       join supplier_invoices h on h.tenant_id = i.tenant_id and h.id = i.invoice_id
                      where i.tenant_id = l.tenant_id and i.po_line_id = l.id
                        and h.status in ('released', 'part_paid', 'paid')), 0) as released
      into wrong
      from purchase_order_lines l
     where l.tenant_id = new.tenant_id and l.purchase_order_id = new.purchase_order_id
       and l.invoiced_qty <> coalesce((select sum(i.quantity)
                       from supplier_invoice_lines i
                       join supplier_invoices h on h.tenant_id = i.tenant_id and h.id = i.invoice_id
                      where i.tenant_id = l.tenant_id and i.po_line_id = l.id
                        and h.status in ('released', 'part_paid', 'paid')), 0)
     limit 1;
    if found then
        raise exception 'line % of the order of supplier invoice % says that % are invoiced, but its released invoices say %',
                wrong.line_no, new.internal_number, wrong.invoiced_qty, wrong.released
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create constraint trigger invoiced_as_released after update of status on supplier_invoices
    deferrable initially deferred
    for each row when (new.purchase_order_id is not null and old.status <> new.status
                       and (new.status = 'released' and old.status in ('received', 'on_hold') or new.status = 'reversed'))
    execute function check_invoiced_quantity();
