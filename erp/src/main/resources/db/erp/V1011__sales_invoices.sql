-- Sales invoices, what the portal's sandbox keeps, and what suppliers reported about us.

-- inv01 is the document as it goes to the portal: what was built when the invoice was made is what is sent, however often.
-- einvoice_status: a failed one may be sent again; what was registered ends only as cancelled.
create table sales_invoices (
    tenant_id            uuid           not null,
    id                   uuid           not null,
    number               text           check (number ~ '^[A-Za-z1-9][A-Za-z0-9/-]{0,15}$'),
    customer_id          uuid           not null,
    sales_order_id       uuid,
    tax_paid             boolean        not null,
    ship_to              json,
    date                 date,
    due_date             date,
    place_of_supply      char(2)        check (place_of_supply ~ '^[0-9]{2}$'),
    supply_type          text
        check (supply_type in ('B2B', 'B2C', 'SEZWP', 'SEZWOP', 'EXPWP', 'EXPWOP', 'DEXP')),
    reverse_charge       boolean        not null default false,
    customer_name        text,
    customer_gstin       text           check (gstin_is_valid(customer_gstin)),
    taxable              numeric(20, 4) not null default 0 check (taxable >= 0 and taxable = round(taxable, 2)),
    cgst                 numeric(20, 4) not null default 0 check (cgst >= 0 and cgst = round(cgst, 2)),
    sgst                 numeric(20, 4) not null default 0 check (sgst >= 0 and sgst = round(sgst, 2)),
    igst                 numeric(20, 4) not null default 0 check (igst >= 0 and igst = round(igst, 2)),
    cess                 numeric(20, 4) not null default 0 check (cess >= 0 and cess = round(cess, 2)),
    round_off            numeric(20, 4) not null default 0 check (abs(round_off) < 1 and round_off = round(round_off, 2)),
    total                numeric(20, 4) not null default 0 check (total >= 0 and total = round(total, 2)),
    open_amount          numeric(20, 4) not null default 0 check (open_amount between 0 and total),
    currency             char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    status               text           not null check (status in ('draft', 'posted', 'part_paid', 'paid', 'cancelled')),
    e_way_bill_required  boolean        not null default false,
    einvoice_status      text           not null default 'not_required'
        check (einvoice_status in ('not_required', 'pending', 'registered', 'failed', 'cancelled')),
    einvoice_error       text,
    inv01                json,
    irn                  text           check (irn ~ '^[0-9a-f]{64}$'),
    ack_no               text,
    ack_at               timestamptz,
    signed_qr            text,
    e_way_bill_no        text,
    journal_id           uuid,
    cancelled_at         timestamptz,
    cancel_reason        text,
    created_by           text           not null,
    version              int            not null default 1,
    created_at           timestamptz    not null default millrace_now(),
    updated_at           timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    unique (tenant_id, irn),
    check (status in ('draft', 'cancelled')
           or (number is not null and date is not null and due_date is not null and place_of_supply is not null
               and supply_type is not null and customer_name is not null)),
    check (total = taxable + case when reverse_charge then 0 else cgst + sgst + igst + cess end + round_off),
    check (cgst = sgst and (cgst = 0 or igst = 0)),
    check ((einvoice_status in ('registered', 'cancelled')) = (irn is not null)),
    check ((irn is null) = (ack_no is null) and (irn is null) = (ack_at is null)),
    check ((status = 'cancelled') = (cancelled_at is not null)),
    check (status <> 'paid' or open_amount = 0)
);
create index sales_invoices_customer on sales_invoices (tenant_id, customer_id, id);
create index sales_invoices_date on sales_invoices (tenant_id, date) where status <> 'draft';
create unique index sales_invoices_order on sales_invoices (tenant_id, sales_order_id)
    where sales_order_id is not null and status <> 'cancelled';
call millrace_protect('sales_invoices', 'select, insert, update');

create table sales_invoice_lines (
    tenant_id         uuid           not null,
    sales_invoice_id  uuid           not null,
    line_no           int            not null check (line_no between 1 and 1000),
    item_id           uuid,
    description       text           not null check (description <> ''),
    hsn_sac           text           not null check (hsn_sac ~ '^([0-9]{4,8})?$'),
    is_service        boolean        not null,
    uqc               text           not null check (uqc ~ '^[A-Z]{3}$'),
    quantity          numeric(18, 3) not null check (quantity > 0),
    unit_price        numeric(20, 6) not null check (unit_price >= 0),
    discount          numeric(20, 4) not null check (discount >= 0 and discount = round(discount, 2)),
    taxable           numeric(20, 4) not null check (taxable >= 0),
    gst_rate          numeric(7, 4)  not null check (gst_rate between 0 and 100),
    cgst              numeric(20, 4) not null default 0 check (cgst >= 0 and cgst = round(cgst, 2)),
    sgst              numeric(20, 4) not null default 0 check (sgst >= 0 and sgst = round(sgst, 2)),
    igst              numeric(20, 4) not null default 0 check (igst >= 0 and igst = round(igst, 2)),
    cess              numeric(20, 4) not null default 0 check (cess >= 0 and cess = round(cess, 2)),
    created_at        timestamptz    not null default millrace_now(),
    primary key (tenant_id, sales_invoice_id, line_no),
    foreign key (tenant_id, sales_invoice_id) references sales_invoices (tenant_id, id),
    check (taxable = round(quantity * unit_price, 2) - discount)
);
call millrace_protect('sales_invoice_lines', 'select, insert, update');

-- What no statement may do to a sales invoice: skip a state, or change what was invoiced. Columns that are not listed as
-- free are frozen from the moment it is posted.
create function guard_sales_invoice() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,open_amount,einvoice_status,einvoice_error,irn,ack_no,ack_at,signed_qr,e_way_bill_no,cancelled_at,cancel_reason,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'draft' then
            raise exception 'a sales invoice begins as a draft'
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.status <> new.status
       and old.status || ' ' || new.status not in (
           'draft posted', 'draft cancelled', 'posted part_paid', 'posted paid', 'part_paid paid', 'part_paid posted',
           'paid part_paid', 'paid posted', 'posted cancelled') then
        raise exception 'sales invoice % does not go from % to %', old.number, old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if old.status <> 'draft' and (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) then
        raise exception 'sales invoice % is posted: what it says does not change', old.number
            using errcode = 'restrict_violation';
    end if;
    if old.status = 'cancelled' and new is distinct from old then
        raise exception 'sales invoice % is cancelled and does not change any more', old.number
            using errcode = 'restrict_violation';
    end if;
    if old.status <> 'draft' and old.einvoice_status <> new.einvoice_status
       and old.einvoice_status || ' ' || new.einvoice_status not in (
           'pending registered', 'pending failed', 'failed registered', 'registered cancelled') then
        raise exception 'the e-invoice of % does not go from % to %', old.number, old.einvoice_status, new.einvoice_status
            using errcode = 'restrict_violation';
    end if;
    if old.irn is not null and (old.irn, old.ack_no, old.ack_at) is distinct from (new.irn, new.ack_no, new.ack_at) then
        raise exception 'sales invoice % is registered: its IRN does not change', old.number
            using errcode = 'restrict_violation';
    end if;
    if new.status = 'cancelled' and new.einvoice_status = 'registered' then
        raise exception 'sales invoice % is registered: cancel its IRN, or write a credit note', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on sales_invoices
    for each row execute function guard_sales_invoice();

create function keep_sales_invoice() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'sales invoices are cancelled, never deleted'
        using errcode = 'restrict_violation';
end $$;
create trigger never_deleted before delete on sales_invoices
    for each row execute function keep_sales_invoice();
create trigger never_emptied before truncate on sales_invoices
    for each statement execute function keep_sales_invoice();
create trigger never_deleted before delete on sales_invoice_lines
    for each row execute function keep_sales_invoice();
create trigger never_emptied before truncate on sales_invoice_lines
    for each statement execute function keep_sales_invoice();

-- The header is read with a share lock: it makes a line wait for the posting under way, and the posting for a line.
create function guard_sales_invoice_line() returns trigger
    language plpgsql
    as $$
declare
    header record;
begin
    select i.number, i.status into header
      from sales_invoices i
     where i.tenant_id = new.tenant_id and i.id = new.sales_invoice_id
       for share;
    if header.status <> 'draft' then
        raise exception 'sales invoice % is posted: its lines do not change', header.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on sales_invoice_lines
    for each row execute function guard_sales_invoice_line();

-- What the portal's sandbox has registered: the portal's memory, not the company's.
create table irp_sandbox_documents (
    tenant_id       uuid        not null,
    irn             text        not null check (irn ~ '^[0-9a-f]{64}$'),
    seller_gstin    text        not null,
    ack_no          bigint      not null,
    ack_at          timestamptz not null,
    signed_invoice  text        not null,
    signed_qr       text        not null,
    e_way_bill_no   bigint,
    cancelled_at    timestamptz,
    cancel_code     text,
    cancel_remark   text,
    created_at      timestamptz not null default millrace_now(),
    primary key (tenant_id, irn),
    unique (tenant_id, ack_no)
);
call millrace_protect('irp_sandbox_documents', 'select, insert, update');

-- When a period's returns were filed. A period without a row is open.
create table gst_periods (
    tenant_id      uuid        not null,
    id             uuid        not null,
    period         char(7)     not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    gstr1_status   text        not null default 'open' check (gstr1_status in ('open', 'filed')),
    gstr3b_status  text        not null default 'open' check (gstr3b_status in ('open', 'filed')),
    gstr1_due      date        not null,
    gstr3b_due     date        not null,
    arn            text        check (arn <> ''),
    version        int         not null default 1,
    created_at     timestamptz not null default millrace_now(),
    updated_at     timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, period),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('gst_periods', 'select, insert, update');

create function guard_gst_period() returns trigger
    language plpgsql
    as $$
begin
    if (old.gstr1_status = 'filed' and new.gstr1_status <> 'filed')
       or (old.gstr3b_status = 'filed' and new.gstr3b_status <> 'filed') then
        raise exception 'a return of % was filed: it does not become open again', old.period
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before update on gst_periods
    for each row execute function guard_gst_period();

-- A period's statement as it was imported last; another import of the period takes its place.
create table gstr2b_imports (
    tenant_id      uuid           not null,
    period         char(7)        not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    digest         text           not null,
    documents      int            not null check (documents >= 0),
    itc_available  numeric(20, 4) not null,
    imported_by    text           not null,
    imported_at    timestamptz    not null,
    primary key (tenant_id, period)
);
call millrace_protect('gstr2b_imports', 'select, insert, update');

create table gstr2b_documents (
    tenant_id           uuid           not null,
    id                  uuid           not null,
    period              char(7)        not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    supplier_gstin      text           not null,
    trade_name          text           not null,
    doc_type            text           not null,
    number              text           not null,
    number_norm         text           not null,
    date                date           not null,
    value               numeric(20, 4) not null,
    taxable             numeric(20, 4) not null,
    igst                numeric(20, 4) not null,
    cgst                numeric(20, 4) not null,
    sgst                numeric(20, 4) not null,
    cess                numeric(20, 4) not null,
    pos                 text,
    itc_available       boolean        not null,
    reason              text,
    irn                 text,
    match_status        text
        check (match_status in ('matched', 'mismatched', 'suggested', 'missing_in_books')),
    matched_invoice_id  uuid,
    created_at          timestamptz    not null default millrace_now(),
    updated_at          timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, period, supplier_gstin, doc_type, number_norm),
    foreign key (tenant_id, period) references gstr2b_imports (tenant_id, period)
);
call millrace_protect('gstr2b_documents', 'select, insert, update, delete');
