-- Invoices are paid by what is posted, orders are closed, and books are locked up to a day.

-- paid_amount is the sum of posted payments; open_amount is what neither they nor drafts have taken. The state follows
-- what is paid.
alter table supplier_invoices
    add column paid_amount numeric(20, 4) not null default 0
        check (paid_amount >= 0 and paid_amount = round(paid_amount, 2)),
    drop constraint supplier_invoices_check6,
    drop constraint supplier_invoices_check7;

create or replace function guard_supplier_invoice() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,open_amount,paid_amount,hold_code,hold_reason,end_reason,match_result,match_outcome,match_tolerances,match_differences,approval_id,journal_id,version,updated_at}';
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

-- What is there already: until now drafts counted as paid. Of all companies, hence without their policies.
alter table supplier_invoices no force row level security;
alter table payments no force row level security;
alter table payment_allocations no force row level security;
with posted as (
    select i.tenant_id, i.id,
           coalesce((select sum(a.amount)
                       from payment_allocations a
                       join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
                      where a.tenant_id = i.tenant_id and a.document_id = i.id and a.document_type = 'supplier_invoice'
                        and p.status = 'posted'), 0) as paid
      from supplier_invoices i
     where i.status in ('part_paid', 'paid')
)
update supplier_invoices i
   set paid_amount = posted.paid,
       status = case when posted.paid = 0 then 'released' when posted.paid = i.total then 'paid' else 'part_paid' end
  from posted
 where i.tenant_id = posted.tenant_id and i.id = posted.id;
alter table supplier_invoices force row level security;
alter table payments force row level security;
alter table payment_allocations force row level security;

alter table supplier_invoices
    add constraint supplier_invoices_taken_check check (open_amount + paid_amount <= total),
    add constraint supplier_invoices_part_paid_check
        check ((status = 'part_paid') = (paid_amount > 0 and paid_amount < total)),
    add constraint supplier_invoices_paid_check check ((status = 'paid') = (paid_amount = total));

create index supplier_invoices_date on supplier_invoices (tenant_id, invoice_date);

-- An order that nothing more comes for.
alter table purchase_orders
    add column closed_at     timestamptz,
    add column close_reason  text check (close_reason <> ''),
    add constraint purchase_orders_closed_check check ((status = 'closed') = (closed_at is not null));

create or replace function guard_purchase_order() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,received_percent,invoiced_percent,cancelled_at,cancel_reason,closed_at,close_reason,version,updated_at}';
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
           'pending_approval approved', 'pending_approval cancelled', 'pending_approval returned',
           'returned pending_approval', 'returned cancelled',
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
    if old.status = 'partially_received' and new.status = 'closed' and new.close_reason is null then
        raise exception 'purchase order % is not received in full: closing it needs a reason', old.number
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

-- A journal goes into a period that is not closed, and after the day up to which the books are locked. The period's share
-- lock makes a close wait for it, and it for a close or for the setting of that day.
create or replace function guard_journal() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,version,updated_at}';
    standing text;
    locked date;
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
        select c.lock_date into locked from companies c where c.tenant_id = new.tenant_id;
        if new.date <= locked then
            raise exception 'the books are locked up to %: journal % cannot be posted on %', locked, new.number, new.date
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
