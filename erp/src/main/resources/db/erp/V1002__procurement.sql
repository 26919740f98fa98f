-- Suppliers, items and purchase orders.

create table suppliers (
    tenant_id           uuid        not null,
    id                  uuid        not null,
    code                text        not null check (code <> ''),
    name                text        not null check (name <> ''),
    gstin               text        check (gstin_is_valid(gstin)),
    pan                 text,
    state_code          char(2),
    country             char(2)     not null,
    address_line1       text,
    city                text,
    pin                 text,
    email               text,
    phone               text        check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    currency            char(3)     not null check (currency ~ '^[A-Z]{3}$'),
    payment_terms_days  int         not null check (payment_terms_days between 0 and 365),
    msme                text        not null default 'none' check (msme in ('none', 'micro', 'small', 'medium')),
    udyam_no            text,
    status              text        not null check (status in ('new', 'active', 'blocked', 'rejected')),
    version             int         not null default 1,
    created_at          timestamptz not null default millrace_now(),
    updated_at          timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, code)
);
create unique index suppliers_gstin on suppliers (tenant_id, gstin) where gstin is not null;
call millrace_protect('suppliers', 'select, insert, update');

create function guard_supplier_status() returns trigger
    language plpgsql
    as $$
begin
    if old.status <> new.status
       and old.status || ' ' || new.status not in ('new active', 'new rejected', 'active blocked', 'blocked active') then
        raise exception 'a supplier does not go from % to %', old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before update on suppliers
    for each row execute function guard_supplier_status();

create table items (
    tenant_id             uuid           not null,
    id                    uuid           not null,
    code                  text           not null check (code <> ''),
    name                  text           not null check (name <> ''),
    hsn_sac               text           not null check (hsn_sac ~ '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'),
    is_service            boolean        not null check (not is_service or hsn_sac like '99%'),
    uqc                   text           not null check (uqc ~ '^[A-Z]{3}$'),
    gst_rate              numeric(7, 4)  not null check (gst_rate between 0 and 100),
    standard_cost         numeric(20, 6) not null check (standard_cost >= 0),
    over_receipt_percent  numeric(7, 4)  not null default 0 check (over_receipt_percent between 0 and 100),
    active                boolean        not null default true,
    version               int            not null default 1,
    created_at            timestamptz    not null default millrace_now(),
    updated_at            timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, code)
);
call millrace_protect('items', 'select, insert, update');

-- Orders are taken in currencies with two decimals only; the amounts' checks say so once more.
create table purchase_orders (
    tenant_id         uuid           not null,
    id                uuid           not null,
    number            text           not null,
    supplier_id       uuid           not null,
    currency          char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    rate              numeric(18, 8) not null check (rate > 0),
    net               numeric(20, 4) not null check (net >= 0 and net = round(net, 2)),
    tax               numeric(20, 4) not null check (tax >= 0 and tax = round(tax, 2)),
    total             numeric(20, 4) not null check (total = net + tax),
    amount_base       numeric(20, 4) not null check (amount_base = round(total * rate, 2)),
    category          text,
    cost_center       text,
    requested_by      uuid           not null,
    needed_by         date,
    status            text           not null
        check (status in ('draft', 'pending_approval', 'approved', 'partially_received', 'received', 'closed',
                          'cancelled')),
    submitted_at      timestamptz,
    locked_at         timestamptz,
    approval_id       uuid,
    approved_by       text,
    cancelled_at      timestamptz,
    cancel_reason     text,
    received_percent  numeric(7, 4)  not null default 0 check (received_percent >= 0),
    invoiced_percent  numeric(7, 4)  not null default 0 check (invoiced_percent >= 0),
    version           int            not null default 1,
    created_at        timestamptz    not null default millrace_now(),
    updated_at        timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, supplier_id) references suppliers (tenant_id, id),
    foreign key (tenant_id, requested_by) references members (tenant_id, id),
    check (status not in ('approved', 'partially_received', 'received', 'closed') or locked_at is not null),
    check ((status = 'cancelled') = (cancelled_at is not null))
);
create index purchase_orders_supplier on purchase_orders (tenant_id, supplier_id, created_at);
create index purchase_orders_requester on purchase_orders (tenant_id, requested_by, id);
call millrace_protect('purchase_orders', 'select, insert, update');

create table purchase_order_lines (
    tenant_id          uuid           not null,
    id                 uuid           not null,
    purchase_order_id  uuid           not null,
    line_no            int            not null check (line_no between 1 and 500),
    item_id            uuid           not null,
    description        text           not null,
    hsn_sac            text           not null,
    quantity           numeric(18, 3) not null check (quantity > 0),
    uqc                text           not null,
    unit_price         numeric(20, 6) not null check (unit_price >= 0),
    gst_rate           numeric(7, 4)  not null check (gst_rate between 0 and 100),
    amount             numeric(20, 4) not null check (amount = round(quantity * unit_price, 2)),
    tax                numeric(20, 4) not null check (tax >= 0 and tax = round(tax, 2)),
    match_mode         text           not null check (match_mode in ('three_way', 'two_way', 'none')),
    received_qty       numeric(18, 3) not null default 0 check (received_qty >= 0),
    returned_qty       numeric(18, 3) not null default 0 check (returned_qty >= 0),
    invoiced_qty       numeric(18, 3) not null default 0 check (invoiced_qty >= 0),
    warehouse_id       uuid,
    version            int            not null default 1,
    created_at         timestamptz    not null default millrace_now(),
    updated_at         timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, purchase_order_id, line_no),
    foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
    foreign key (tenant_id, item_id) references items (tenant_id, id)
);
create index purchase_order_lines_item on purchase_order_lines (tenant_id, item_id);
call millrace_protect('purchase_order_lines', 'select, insert, update');
