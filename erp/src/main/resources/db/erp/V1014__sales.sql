-- Customers.

-- exposure is what the customer owes and has ordered: open invoices and confirmed orders that are not invoiced. It
-- changes in the transaction of what changes it.
create table customers (
    tenant_id       uuid           not null,
    id              uuid           not null,
    code            text           not null check (code <> ''),
    name            text           not null check (name <> ''),
    gstin           text           check (gstin_is_valid(gstin)),
    gst_treatment   text           not null check (gst_treatment in ('regular', 'sez', 'overseas', 'deemed_export')),
    state_code      char(2),
    country         char(2)        not null check (country ~ '^[A-Z]{2}$'),
    address_line1   text,
    city            text,
    pin             text,
    email           text,
    phone           text           check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    is_key_account  boolean        not null,
    credit_limit    numeric(20, 4) not null check (credit_limit >= 0 and credit_limit = round(credit_limit, 2)),
    credit_days     int            not null check (credit_days between 0 and 365),
    credit_hold     boolean        not null default false,
    hold_reason     text,
    exposure        numeric(20, 4) not null default 0 check (exposure = round(exposure, 2)),
    version         int            not null default 1,
    created_at      timestamptz    not null default millrace_now(),
    updated_at      timestamptz    not null default millrace_now(),
    primary key (tenant_id, id),
    unique (tenant_id, code),
    foreign key (tenant_id) references companies (tenant_id),
    check (gst_treatment <> 'overseas' or (country <> 'IN' and gstin is null)),
    check (gst_treatment not in ('sez', 'deemed_export') or gstin is not null)
);
create unique index customers_gstin on customers (tenant_id, gstin) where gstin is not null;
call millrace_protect('customers', 'select, insert, update');

alter table sales_invoices add foreign key (tenant_id, customer_id) references customers (tenant_id, id);
