-- What no statement may do to a purchase order, whoever runs it: skip a state, or change a locked one. Columns that
-- are not listed as free are frozen, so a column added later is frozen until someone says otherwise.

create function guard_purchase_order() returns trigger
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
           'pending_approval approved', 'pending_approval cancelled',
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
create trigger guarded before insert or update on purchase_orders
    for each row execute function guard_purchase_order();

create function keep_purchase_order() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'purchase orders are cancelled, never deleted'
        using errcode = 'restrict_violation';
end $$;
create trigger never_deleted before delete on purchase_orders
    for each row execute function keep_purchase_order();
create trigger never_emptied before truncate on purchase_orders
    for each statement execute function keep_purchase_order();
create trigger never_emptied before truncate on purchase_order_lines
    for each statement execute function keep_purchase_order();

-- The header is read with a share lock: it makes a line wait for an approval under way, and an approval for a line.
create function guard_purchase_order_line() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{received_qty,returned_qty,invoiced_qty,version,updated_at}';
    line purchase_order_lines%rowtype;
    header record;
begin
    line := case when tg_op = 'DELETE' then old else new end;
    if tg_op = 'UPDATE' then
        if old.tenant_id <> new.tenant_id or old.purchase_order_id <> new.purchase_order_id then
            raise exception 'a line stays with its purchase order'
                using errcode = 'restrict_violation';
        end if;
        if (to_jsonb(old) - free) is not distinct from (to_jsonb(new) - free) then
            return new;
        end if;
    end if;
    select o.number, o.status, o.locked_at into header
      from purchase_orders o
     where o.tenant_id = line.tenant_id and o.id = line.purchase_order_id
       for share;
    if header.locked_at is not null or header.status = 'cancelled' then
        raise exception 'purchase order % is locked: its lines do not change', header.number
            using errcode = 'restrict_violation';
    end if;
    return line;
end $$;
create trigger guarded before insert or update or delete on purchase_order_lines
    for each row execute function guard_purchase_order_line();
