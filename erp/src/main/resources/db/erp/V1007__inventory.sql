-- What an item is to those who buy, keep and sell it. The accounts are codes of the company's chart; empty: its usual ones.

alter table items
    add column sales_price            numeric(20, 6) check (sales_price >= 0),
    add column preferred_supplier_id  uuid,
    add column is_critical            boolean        not null default false,
    add column allow_negative         boolean        not null default false,
    add column stock_account          text           check (stock_account <> ''),
    add column expense_account        text           check (expense_account <> ''),
    add foreign key (tenant_id, preferred_supplier_id) references suppliers (tenant_id, id);

create table warehouses (
    tenant_id      uuid        not null,
    id             uuid        not null,
    code           text        not null check (code <> ''),
    name           text        not null check (name <> ''),
    state_code     char(2),
    address_line1  text,
    city           text,
    pin            text,
    is_default     boolean     not null default false,
    active         boolean     not null default true,
    version        int         not null default 1,
    created_at     timestamptz not null default millrace_now(),
    updated_at     timestamptz not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, code),
    foreign key (tenant_id) references companies (tenant_id)
);
-- Where goods go when an order does not say.
create unique index warehouses_default on warehouses (tenant_id) where is_default;
call millrace_protect('warehouses', 'select, insert, update');

-- One row for each item in each warehouse. moves and on_hand are those of the newest movement: see below. value is the
-- sum of the movements' values, in the company's currency. A level with reorder_qty 0 is not watched; of a watched one
-- below_since says since when what is there and on order, less what is promised, is not above reorder_level.
create table stock_levels (
    tenant_id       uuid           not null,
    item_id         uuid           not null,
    warehouse_id    uuid           not null,
    on_hand         numeric(18, 3) not null default 0,
    reserved        numeric(18, 3) not null default 0 check (reserved >= 0),
    on_order        numeric(18, 3) not null default 0 check (on_order >= 0),
    average_cost    numeric(20, 6) not null default 0 check (average_cost >= 0),
    value           numeric(20, 4) not null default 0 check (value = round(value, 2)),
    reorder_level   numeric(18, 3) not null default 0 check (reorder_level >= 0),
    reorder_qty     numeric(18, 3) not null default 0 check (reorder_qty >= 0),
    allow_negative  boolean        not null default false,
    below_since     timestamptz,
    moves           bigint         not null default 0,
    version         int            not null default 1,
    created_at      timestamptz    not null default millrace_now(),
    updated_at      timestamptz    not null default millrace_now(),
    primary key (tenant_id, item_id, warehouse_id),
    foreign key (tenant_id, item_id) references items (tenant_id, id),
    foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    constraint stock_never_negative check (on_hand >= 0 or allow_negative),
    constraint stock_below check (
        (below_since is not null) = (reorder_qty > 0 and on_hand + on_order - reserved <= reorder_level))
);
create index stock_levels_below on stock_levels (tenant_id, below_since) where below_since is not null;
create index stock_levels_warehouse on stock_levels (tenant_id, warehouse_id, item_id);
call millrace_protect('stock_levels', 'select, insert, update');

-- Append-only. seq counts within a level, from 1; on_hand_after is what was there after it.
create table stock_movements (
    tenant_id      uuid           not null,
    id             uuid           not null,
    item_id        uuid           not null,
    warehouse_id   uuid           not null,
    seq            bigint         not null check (seq >= 1),
    quantity       numeric(18, 3) not null check (quantity <> 0),
    on_hand_after  numeric(18, 3) not null,
    unit_cost      numeric(20, 6) not null check (unit_cost >= 0),
    value          numeric(20, 4) not null check (value = round(value, 2)),
    reason         text           not null
        check (reason in ('opening', 'count', 'damage', 'loss', 'found', 'return', 'other', 'receipt',
                          'receipt_reversed', 'delivery', 'delivery_reversed')),
    note           text,
    source_type    text,
    source_id      uuid,
    journal_id     uuid,
    moved_by       text           not null,
    created_at     timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, item_id, warehouse_id, seq),
    foreign key (tenant_id, item_id, warehouse_id) references stock_levels (tenant_id, item_id, warehouse_id),
    check ((source_type is null) = (source_id is null))
);
create index stock_movements_source on stock_movements (tenant_id, source_id) where source_id is not null;
create index stock_movements_time on stock_movements (tenant_id, id);
call millrace_protect('stock_movements', 'select, insert');

-- What is there is the sum of the movements, and no statement can make it otherwise: each movement adds to the one before
-- it, a level is what its newest movement says, and both are so at commit. Whether it may fall below nothing is the
-- item's business.
create function guard_stock_movement() returns trigger
    language plpgsql
    as $$
declare
    before numeric;
begin
    if tg_op <> 'INSERT' then
        raise exception 'stock movements are never changed or deleted: move the stock back'
            using errcode = 'restrict_violation';
    end if;
    select m.on_hand_after into before
      from stock_movements m
     where m.tenant_id = new.tenant_id and m.item_id = new.item_id and m.warehouse_id = new.warehouse_id
       and m.seq = new.seq - 1;
    if (before is null and new.seq > 1) or new.on_hand_after is distinct from coalesce(before, 0) + new.quantity then
        raise exception 'stock movement % does not follow the one before it', new.seq
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guarded before insert or update or delete on stock_movements
    for each row execute function guard_stock_movement();
create trigger never_emptied before truncate on stock_movements
    for each statement execute function guard_stock_movement();

create function check_stock_movement() returns trigger
    language plpgsql
    as $$
begin
    if not exists (select from stock_levels s
                    where s.tenant_id = new.tenant_id and s.item_id = new.item_id
                      and s.warehouse_id = new.warehouse_id and s.moves >= new.seq) then
        raise exception 'stock movement % changed no stock', new.seq
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger applied after insert on stock_movements
    deferrable initially deferred
    for each row execute function check_stock_movement();

create function guard_stock_level() returns trigger
    language plpgsql
    as $$
begin
    if tg_op = 'INSERT' then
        if new.on_hand <> 0 or new.moves <> 0 or new.value <> 0 then
            raise exception 'stock begins at nothing, and comes in by a movement'
                using errcode = 'restrict_violation';
        end if;
        if exists (select from items i where i.tenant_id = new.tenant_id and i.id = new.item_id and i.is_service) then
            raise exception 'a service is not kept in stock'
                using errcode = 'restrict_violation';
        end if;
    elsif (old.tenant_id, old.item_id, old.warehouse_id)
          is distinct from (new.tenant_id, new.item_id, new.warehouse_id) then
        raise exception 'a stock level stays with its item and its warehouse'
            using errcode = 'restrict_violation';
    elsif new.moves not in (old.moves, old.moves + 1)
          or (new.moves = old.moves and (new.on_hand <> old.on_hand or new.value <> old.value)) then
        raise exception 'stock changes by one movement at a time'
            using errcode = 'restrict_violation';
    end if;
    select i.allow_negative into new.allow_negative
      from items i where i.tenant_id = new.tenant_id and i.id = new.item_id;
    return new;
end $$;
create trigger guarded before insert or update on stock_levels
    for each row execute function guard_stock_level();

create function check_stock_level() returns trigger
    language plpgsql
    as $$
begin
    if not exists (select from stock_movements m
                    where m.tenant_id = new.tenant_id and m.item_id = new.item_id
                      and m.warehouse_id = new.warehouse_id and m.seq = new.moves
                      and m.on_hand_after = new.on_hand and m.value = new.value - old.value) then
        raise exception 'the stock of an item changed without its movement'
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger moved after update on stock_levels
    deferrable initially deferred
    for each row when (new.moves <> old.moves)
    execute function check_stock_level();

create function spread_allow_negative() returns trigger
    language plpgsql
    as $$
begin
    update stock_levels set version = version + 1, updated_at = millrace_now()
     where tenant_id = new.tenant_id and item_id = new.id;
    return null;
end $$;
create trigger spread_allow_negative after update on items
    for each row when (new.allow_negative <> old.allow_negative)
    execute function spread_allow_negative();

-- Where the goods of a line are to go.
alter table purchase_order_lines
    add foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id);
