-- Suppliers as documents: who asked for them, what they are expected to cost, and where their money goes.

-- bank is what dev.millrace.erp.core.Vault sealed; bank_last4 is what everybody may see of it.
alter table suppliers
    add column category               text           check (category <> ''),
    add column expected_annual_spend  numeric(20, 4)
        check (expected_annual_spend >= 0 and expected_annual_spend = round(expected_annual_spend, 2)),
    add column requested_by           uuid,
    add column status_reason          text           check (status_reason <> ''),
    add column bank                   bytea,
    add foreign key (tenant_id, requested_by) references members (tenant_id, id),
    add constraint suppliers_pan_check check (pan ~ '^[A-Z]{5}[0-9]{4}[A-Z]$'),
    add constraint suppliers_udyam_check check (udyam_no ~ '^UDYAM-[A-Z]{2}-[0-9]{2}-[0-9]{7}$'),
    add constraint suppliers_bank_check check (bank is null or bank_last4 is not null);

-- Bank data that changed are not verified, whoever changes them.
create or replace function guard_supplier_status() returns trigger
    language plpgsql
    as $$
begin
    if (old.tenant_id, old.id, old.code) is distinct from (new.tenant_id, new.id, new.code) then
        raise exception 'supplier % keeps its code', old.code
            using errcode = 'restrict_violation';
    end if;
    if old.status <> new.status
       and old.status || ' ' || new.status not in ('new active', 'new rejected', 'active blocked', 'blocked active') then
        raise exception 'a supplier does not go from % to %', old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if (old.bank, old.bank_last4) is distinct from (new.bank, new.bank_last4)
       and (new.bank_verified or new.bank_changed_at is null
            or new.bank_changed_at is not distinct from old.bank_changed_at) then
        raise exception 'the bank data of supplier % changed: they are to be verified anew', old.code
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
