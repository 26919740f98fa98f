-- Sales invoices of orders, and what of them is paid: paid_amount is the sum of the posted payments; open_amount is less by
-- what drafts are to pay, too.

alter table sales_invoices
    add column paid_amount numeric(20, 4) not null default 0 check (paid_amount between 0 and total),
    add foreign key (tenant_id, sales_order_id) references sales_orders (tenant_id, id);

create or replace function guard_sales_invoice() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,open_amount,paid_amount,einvoice_status,einvoice_error,irn,ack_no,ack_at,signed_qr,e_way_bill_no,cancelled_at,cancel_reason,version,updated_at}';
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
