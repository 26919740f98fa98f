-- Goods that came for purchase orders, and what is being ordered because stock is low.

-- value is in the order's currency, value_base in the company's own at the receipt's rate.
create table goods_receipts (
    tenant_id            uuid           not null,
    id                   uuid           not null,
    number               text           not null,
    purchase_order_id    uuid           not null,
    warehouse_id         uuid,
    date                 date           not null,
    currency             char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    rate                 numeric(18, 8) not null check (rate > 0),
    value                numeric(20, 4) not null check (value >= 0 and value = round(value, 2)),
    value_base           numeric(20, 4) not null check (value_base >= 0 and value_base = round(value_base, 2)),
    delivery_note        text           check (delivery_note <> ''),
    received_by          text           not null,
    journal_id           uuid,
    status               text           not null check (status in ('posted', 'reversed')),
    reversed_at          timestamptz,
    reverse_reason       text,
    reversal_journal_id  uuid,
    version              int            not null default 1,
    created_at           timestamptz    not null default millrace_now(),
    updated_at           timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
    foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    check ((status = 'reversed') = (reversed_at is not null and reverse_reason is not null)),
    check (reversal_journal_id is null or status = 'reversed')
);
create index goods_receipts_order on goods_receipts (tenant_id, purchase_order_id, id);
call millrace_protect('goods_receipts', 'select, insert, update');

-- unit_price is the order's. A service goes nowhere and is worth nothing here: its invoice is its cost.
create table goods_receipt_lines (
    tenant_id         uuid           not null,
    id                uuid           not null,
    goods_receipt_id  uuid           not null,
    line_no           int            not null check (line_no between 1 and 500),
    po_line_id        uuid           not null,
    item_id           uuid           not null,
    warehouse_id      uuid,
    quantity          numeric(18, 3) not null check (quantity > 0),
    accepted          numeric(18, 3) not null check (accepted >= 0),
    rejected          numeric(18, 3) not null check (rejected >= 0),
    reject_reason     text           check (reject_reason <> ''),
    unit_price        numeric(20, 6) not null check (unit_price >= 0),
    value             numeric(20, 4) not null check (value >= 0 and value = round(value, 2)),
    value_base        numeric(20, 4) not null check (value_base >= 0 and value_base = round(value_base, 2)),
    created_at        timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, goods_receipt_id, line_no),
    unique (tenant_id, goods_receipt_id, po_line_id),
    foreign key (tenant_id, goods_receipt_id) references goods_receipts (tenant_id, id),
    foreign key (tenant_id, po_line_id) references purchase_order_lines (tenant_id, id),
    foreign key (tenant_id, item_id) references items (tenant_id, id),
    foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    check (accepted + rejected = quantity)
);
create index goods_receipt_lines_order_line on goods_receipt_lines (tenant_id, po_line_id);
call millrace_protect('goods_receipt_lines', 'select, insert');

create function guard_goods_receipt() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,reversed_at,reverse_reason,reversal_journal_id,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'posted' then
            raise exception 'goods receipt % begins as posted', new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if tg_op <> 'UPDATE' then
        raise exception 'goods receipts are reversed, never deleted'
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) or old.status = 'reversed' then
        raise exception 'goods receipt % is posted and does not change: reverse it', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update or delete on goods_receipts
    for each row execute function guard_goods_receipt();
create trigger never_emptied before truncate on goods_receipts
    for each statement execute function guard_goods_receipt();

create function keep_goods_receipt_line() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'lines of goods receipts do not change: reverse the receipt'
        using errcode = 'restrict_violation';
end $$;
create trigger never_changed before update or delete on goods_receipt_lines
    for each row execute function keep_goods_receipt_line();
create trigger never_emptied before truncate on goods_receipt_lines
    for each statement execute function keep_goods_receipt_line();

-- No more is received than was ordered and the item allows on top of that, and none is taken back that was invoiced.
create function guard_received() returns trigger
    language plpgsql
    as $$
declare
    allowed numeric;
begin
    if new.received_qty > old.received_qty then
        select round(new.quantity * (1 + i.over_receipt_percent / 100), 3) into allowed
          from items i where i.tenant_id = new.tenant_id and i.id = new.item_id;
        if new.received_qty > allowed then
            raise exception 'line % takes at most %, but % were received', new.line_no, allowed, new.received_qty
                using errcode = 'restrict_violation';
        end if;
    elsif new.received_qty - new.returned_qty < new.invoiced_qty and new.match_mode = 'three_way' then
        raise exception 'line % was invoiced with %: less cannot stay received', new.line_no, new.invoiced_qty
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger received before update of received_qty on purchase_order_lines
    for each row when (new.received_qty <> old.received_qty)
    execute function guard_received();

-- The newest reorder of an item for a warehouse: its row is the lock under which another one is made. It is open as
-- long as its order is not approved or cancelled, or, without one, as long as its task is open.
create table reorders (
    tenant_id          uuid           not null,
    item_id            uuid           not null,
    warehouse_id       uuid           not null,
    quantity           numeric(18, 3) not null default 0 check (quantity >= 0),
    estimated_amount   numeric(20, 4) not null default 0 check (estimated_amount >= 0),
    purchase_order_id  uuid,
    task_id            uuid,
    version            int            not null default 1,
    created_at         timestamptz    not null default millrace_now(),
    updated_at         timestamptz    not null default millrace_now(),
    primary key (tenant_id, item_id, warehouse_id),
    foreign key (tenant_id, item_id) references items (tenant_id, id),
    foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
    check (purchase_order_id is null or task_id is null)
);
call millrace_protect('reorders', 'select, insert, update');
