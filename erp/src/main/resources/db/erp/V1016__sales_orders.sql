-- Sales orders, deliveries and changes of selling prices.

-- In the company's own currency, as its tax invoices are. confirmed_at says when the order was confirmed first: from then
-- on it is locked, also while it is on hold. discount_percent is the highest of its lines'; margin_percent is empty where
-- nobody knows what the items cost.
create table sales_orders (
    tenant_id         uuid           not null,
    id                uuid           not null,
    number            text           not null,
    customer_id       uuid           not null,
    currency          char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    net               numeric(20, 4) not null check (net >= 0 and net = round(net, 2)),
    tax               numeric(20, 4) not null check (tax >= 0 and tax = round(tax, 2)),
    total             numeric(20, 4) not null check (total = net + tax),
    amount_base       numeric(20, 4) not null check (amount_base = total),
    discount_percent  numeric(7, 4)  not null check (discount_percent between 0 and 100),
    margin_percent    numeric(24, 4),
    customer_ref      text           check (customer_ref <> ''),
    requested_by      uuid           not null,
    needed_by         date,
    status            text           not null
        check (status in ('draft', 'pending_approval', 'returned', 'on_hold', 'confirmed', 'part_delivered', 'delivered',
                          'invoiced', 'closed', 'cancelled')),
    submitted_at      timestamptz,
    revised_at        timestamptz,
    confirmed_at      timestamptz,
    approval_id       uuid,
    confirmed_by      text,
    hold_reason       text,
    cancelled_at      timestamptz,
    cancel_reason     text,
    version           int            not null default 1,
    created_at        timestamptz    not null default millrace_now(),
    updated_at        timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, customer_id) references customers (tenant_id, id),
    foreign key (tenant_id, requested_by) references members (tenant_id, id),
    check (status not in ('confirmed', 'part_delivered', 'delivered', 'invoiced', 'closed') or confirmed_at is not null),
    check ((status = 'on_hold') = (hold_reason is not null)),
    check ((status = 'cancelled') = (cancelled_at is not null and cancel_reason is not null))
);
create index sales_orders_customer on sales_orders (tenant_id, customer_id, id);
create index sales_orders_requester on sales_orders (tenant_id, requested_by, id);
call millrace_protect('sales_orders', 'select, insert, update');

-- discount is an amount off the line; reserved_qty is what of the stock level's reserved is this line's. unit_cost is what
-- one was worth when the order was written.
create table sales_order_lines (
    tenant_id         uuid           not null,
    id                uuid           not null,
    sales_order_id    uuid           not null,
    line_no           int            not null check (line_no between 1 and 500),
    item_id           uuid           not null,
    description       text           not null,
    hsn_sac           text           not null,
    is_service        boolean        not null,
    quantity          numeric(18, 3) not null check (quantity > 0),
    uqc               text           not null,
    unit_price        numeric(20, 6) not null check (unit_price >= 0),
    discount_percent  numeric(7, 4)  not null check (discount_percent between 0 and 100),
    discount          numeric(20, 4) not null
        check (discount = round(round(quantity * unit_price, 2) * discount_percent / 100, 2)),
    gst_rate          numeric(7, 4)  not null check (gst_rate between 0 and 100),
    amount            numeric(20, 4) not null check (amount = round(quantity * unit_price, 2) - discount),
    tax               numeric(20, 4) not null check (tax >= 0 and tax = round(tax, 2)),
    unit_cost         numeric(20, 6) check (unit_cost > 0),
    warehouse_id      uuid           check (warehouse_id is null or not is_service),
    reserved_qty      numeric(18, 3) not null default 0 check (reserved_qty >= 0),
    delivered_qty     numeric(18, 3) not null default 0 check (delivered_qty >= 0),
    invoiced_qty      numeric(18, 3) not null default 0 check (invoiced_qty >= 0),
    version           int            not null default 1,
    created_at        timestamptz    not null default millrace_now(),
    updated_at        timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, sales_order_id, line_no),
    foreign key (tenant_id, sales_order_id) references sales_orders (tenant_id, id),
    foreign key (tenant_id, item_id) references items (tenant_id, id),
    foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    constraint sales_line_not_over_delivered check (delivered_qty <= quantity),
    constraint sales_line_reserved_of_what_is_open check (reserved_qty <= quantity - delivered_qty),
    constraint sales_line_invoiced_as_delivered check (invoiced_qty <= delivered_qty)
);
create index sales_order_lines_item on sales_order_lines (tenant_id, item_id);
call millrace_protect('sales_order_lines', 'select, insert, update, delete');

-- What no statement may do to a sales order, whoever runs it: skip a state, or change a confirmed one. Columns that are not
-- listed as free are frozen.
create function guard_sales_order() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,hold_reason,approval_id,confirmed_by,cancelled_at,cancel_reason,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'draft' or new.confirmed_at is not null then
            raise exception 'sales order % begins as a draft', new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if old.status <> new.status
       and old.status || ' ' || new.status not in (
           'draft pending_approval', 'draft confirmed', 'draft cancelled',
           'pending_approval confirmed', 'pending_approval on_hold', 'pending_approval returned',
           'pending_approval cancelled',
           'returned pending_approval', 'returned cancelled',
           'on_hold pending_approval', 'on_hold confirmed', 'on_hold cancelled',
           'confirmed on_hold', 'confirmed part_delivered', 'confirmed delivered', 'confirmed cancelled',
           'part_delivered confirmed', 'part_delivered delivered',
           'delivered part_delivered', 'delivered confirmed', 'delivered invoiced',
           'invoiced delivered', 'invoiced closed', 'closed invoiced') then
        raise exception 'sales order % does not go from % to %', old.number, old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if old.confirmed_at is not null and new.status in ('pending_approval', 'returned', 'draft') then
        raise exception 'sales order % is confirmed: it is not submitted again', old.number
            using errcode = 'restrict_violation';
    end if;
    if (old.confirmed_at is not null or old.status = 'cancelled')
       and (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) then
        raise exception 'sales order % is confirmed: what it says does not change', old.number
            using errcode = 'restrict_violation';
    end if;
    -- Who confirmed it changes only with another confirmation.
    if old.confirmed_at is not null and (old.approval_id, old.confirmed_by) is distinct from (new.approval_id, new.confirmed_by)
       and not (old.status = 'on_hold' and new.status = 'confirmed') then
        raise exception 'sales order % is confirmed: what it says does not change', old.number
            using errcode = 'restrict_violation';
    end if;
    if old.status = 'cancelled' and new is distinct from old then
        raise exception 'sales order % is cancelled and does not change any more', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update on sales_orders
    for each row execute function guard_sales_order();

create function keep_sales_order() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'sales orders are cancelled, never deleted'
        using errcode = 'restrict_violation';
end $$;
create trigger never_deleted before delete on sales_orders
    for each row execute function keep_sales_order();
create trigger never_emptied before truncate on sales_orders
    for each statement execute function keep_sales_order();
create trigger never_emptied before truncate on sales_order_lines
    for each statement execute function keep_sales_order();

-- The header is read with a share lock: it makes a line wait for a confirmation under way, and a confirmation for a line.
create function guard_sales_order_line() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{reserved_qty,delivered_qty,invoiced_qty,version,updated_at}';
    line sales_order_lines%rowtype;
    header record;
begin
    line := case when tg_op = 'DELETE' then old else new end;
    if tg_op = 'UPDATE' then
        if old.tenant_id <> new.tenant_id or old.sales_order_id <> new.sales_order_id then
            raise exception 'a line stays with its sales order'
                using errcode = 'restrict_violation';
        end if;
        if (to_jsonb(old) - free) is not distinct from (to_jsonb(new) - free) then
            return new;
        end if;
    end if;
    select o.number, o.status, o.confirmed_at into header
      from sales_orders o
     where o.tenant_id = line.tenant_id and o.id = line.sales_order_id
       for share;
    if header.confirmed_at is not null or header.status = 'cancelled' then
        raise exception 'sales order % is confirmed: its lines do not change', header.number
            using errcode = 'restrict_violation';
    end if;
    return line;
end $$;
create trigger guarded before insert or update or delete on sales_order_lines
    for each row execute function guard_sales_order_line();

-- Goods that left for a sales order. value is what they cost, in the company's currency.
create table deliveries (
    tenant_id            uuid           not null,
    id                   uuid           not null,
    number               text           not null,
    sales_order_id       uuid           not null,
    date                 date           not null,
    value                numeric(20, 4) not null check (value >= 0 and value = round(value, 2)),
    reference            text           check (reference <> ''),
    delivered_by         text           not null,
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
    foreign key (tenant_id, sales_order_id) references sales_orders (tenant_id, id),
    check ((status = 'reversed') = (reversed_at is not null and reverse_reason is not null)),
    check (reversal_journal_id is null or status = 'reversed')
);
create index deliveries_order on deliveries (tenant_id, sales_order_id, id);
call millrace_protect('deliveries', 'select, insert, update');

-- A line without a warehouse moved no stock: a service, or goods of a company that keeps none.
create table delivery_lines (
    tenant_id      uuid           not null,
    id             uuid           not null,
    delivery_id    uuid           not null,
    line_no        int            not null check (line_no between 1 and 500),
    order_line_id  uuid           not null,
    item_id        uuid           not null,
    warehouse_id   uuid,
    quantity       numeric(18, 3) not null check (quantity > 0),
    value          numeric(20, 4) not null check (value >= 0 and value = round(value, 2)),
    created_at     timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, delivery_id, line_no),
    foreign key (tenant_id, delivery_id) references deliveries (tenant_id, id),
    foreign key (tenant_id, order_line_id) references sales_order_lines (tenant_id, id),
    foreign key (tenant_id, item_id) references items (tenant_id, id),
    foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id)
);
create index delivery_lines_order_line on delivery_lines (tenant_id, order_line_id);
call millrace_protect('delivery_lines', 'select, insert');

create function guard_delivery() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,reversed_at,reverse_reason,reversal_journal_id,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'posted' then
            raise exception 'delivery % begins as posted', new.number
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if tg_op <> 'UPDATE' then
        raise exception 'deliveries are reversed, never deleted'
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) or old.status = 'reversed' then
        raise exception 'delivery % is posted and does not change: reverse it', old.number
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update or delete on deliveries
    for each row execute function guard_delivery();
create trigger never_emptied before truncate on deliveries
    for each statement execute function guard_delivery();

create function keep_delivery_line() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'lines of deliveries do not change: reverse the delivery'
        using errcode = 'restrict_violation';
end $$;
create trigger never_changed before update or delete on delivery_lines
    for each row execute function keep_delivery_line();
create trigger never_emptied before truncate on delivery_lines
    for each statement execute function keep_delivery_line();

-- A selling price that somebody wants from a day on. An applied one counts from its day; in_force_at says when the item took
-- it over.
create table price_changes (
    tenant_id       uuid           not null,
    id              uuid           not null,
    item_id         uuid           not null,
    old_price       numeric(20, 6) not null check (old_price >= 0),
    new_price       numeric(20, 6) not null check (new_price > 0),
    margin_percent  numeric(24, 4),
    effective_date  date           not null,
    reason          text           check (reason <> ''),
    requested_by    uuid           not null,
    status          text           not null check (status in ('requested', 'applied', 'refused')),
    decided_at      timestamptz,
    decided_by      text,
    decide_reason   text,
    in_force_at     timestamptz,
    version         int            not null default 1,
    created_at      timestamptz    not null default millrace_now(),
    updated_at      timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, item_id) references items (tenant_id, id),
    foreign key (tenant_id, requested_by) references members (tenant_id, id),
    check ((status = 'requested') = (decided_at is null and decided_by is null)),
    check (in_force_at is null or status = 'applied')
);
create index price_changes_item on price_changes (tenant_id, item_id, id);
create index price_changes_coming on price_changes (tenant_id, effective_date)
    where status = 'applied' and in_force_at is null;
call millrace_protect('price_changes', 'select, insert, update');

create function guard_price_change() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,decided_at,decided_by,decide_reason,in_force_at,version,updated_at}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'requested' then
            raise exception 'a change of price begins as requested'
                using errcode = 'restrict_violation';
        end if;
        return new;
    end if;
    if tg_op <> 'UPDATE' then
        raise exception 'changes of prices are refused, never deleted'
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free)
       or old.status <> 'requested'
          and (old.status, old.decided_at, old.decided_by, old.decide_reason)
              is distinct from (new.status, new.decided_at, new.decided_by, new.decide_reason)
       or old.in_force_at is not null and new.in_force_at is distinct from old.in_force_at then
        raise exception 'a change of price does not change any more: request another one'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update or delete on price_changes
    for each row execute function guard_price_change();
create trigger never_emptied before truncate on price_changes
    for each statement execute function guard_price_change();
