-- The law of the goods and services tax: rates, thresholds and days, each from a date on. A change of the law is another
-- row and no change of code. These tables are the same for every company: they have no tenant_id, everybody reads them
-- and migrations alone write them (before force, or between "no force" and "force row level security").

create table gst_rates (
    percent      numeric(7, 4) not null check (percent between 0 and 100),
    hsn_prefix   text          not null check (hsn_prefix ~ '^[0-9]{0,8}$'),
    valid_from   date          not null,
    valid_until  date          check (valid_until >= valid_from),
    source       text          not null,
    primary key (percent, hsn_prefix, valid_from)
);
insert into gst_rates (percent, hsn_prefix, valid_from, valid_until, source) values
    (0, '', '2017-07-01', null, 'exempt and nil-rated'),
    (0.25, '71', '2017-07-01', null, 'rough stones'),
    (3, '71', '2017-07-01', null, 'gold, jewellery'),
    (5, '', '2017-07-01', null, 'standing rate'),
    (12, '', '2017-07-01', '2025-09-21', 'standing rate until the 56th meeting of the GST Council'),
    (18, '', '2017-07-01', null, 'standing rate'),
    (28, '', '2017-07-01', '2025-09-21', 'standing rate until the 56th meeting of the GST Council'),
    (28, '24', '2025-09-22', null, '56th meeting of the GST Council: tobacco only, for now'),
    (40, '', '2025-09-22', null, '56th meeting of the GST Council');

-- Names are those of dev.millrace.erp.gst.Threshold; amounts in rupees. What the source calls common knowledge was not
-- checked against the text of the law.
create table gst_thresholds (
    name        text           not null check (name ~ '^[a-z0-9_]+$'),
    valid_from  date           not null,
    value       numeric(20, 4) not null,
    source      text           not null,
    primary key (name, valid_from)
);
insert into gst_thresholds (name, valid_from, value, source) values
    ('e_invoice_turnover', '2020-10-01', 5000000000, 'common knowledge'),
    ('e_invoice_turnover', '2021-01-01', 1000000000, 'common knowledge'),
    ('e_invoice_turnover', '2021-04-01', 500000000, 'common knowledge'),
    ('e_invoice_turnover', '2022-04-01', 200000000, 'common knowledge'),
    ('e_invoice_turnover', '2022-10-01', 100000000, 'common knowledge'),
    ('e_invoice_turnover', '2023-08-01', 50000000, 'common knowledge'),
    ('e_invoice_age_turnover', '2023-11-01', 1000000000, 'common knowledge'),
    ('e_invoice_age_turnover', '2025-04-01', 100000000, 'GSTN advisory of 5 November 2024'),
    ('e_invoice_age_days', '2023-11-01', 30, 'GSTN advisory of 5 November 2024'),
    ('e_invoice_lines', '2020-10-01', 1000, 'INV-01, version 1.1'),
    ('irn_cancel_hours', '2020-10-01', 24, 'INV-01, version 1.1'),
    ('e_way_bill_value', '2018-04-01', 50000, 'common knowledge'),
    ('hsn_six_digits_turnover', '2021-04-01', 50000000, 'common knowledge'),
    ('gstr1_day', '2017-07-01', 11, 'tax portals'),
    ('gstr3b_day', '2017-07-01', 20, 'tax portals'),
    ('gstr1_quarter_day', '2021-01-01', 13, 'tax portals'),
    ('gstr2b_day', '2020-08-01', 14, 'common knowledge');

-- quarterly_day: by when a quarterly filer of the state files GSTR-3B.
create table gst_states (
    code           char(2) not null primary key,
    name           text    not null,
    quarterly_day  int     check (quarterly_day between 1 and 28)
);
insert into gst_states (code, name, quarterly_day) values
    ('01', 'Jammu and Kashmir', 24),
    ('02', 'Himachal Pradesh', 24),
    ('03', 'Punjab', 24),
    ('04', 'Chandigarh', 24),
    ('05', 'Uttarakhand', 24),
    ('06', 'Haryana', 24),
    ('07', 'Delhi', 24),
    ('08', 'Rajasthan', 24),
    ('09', 'Uttar Pradesh', 24),
    ('10', 'Bihar', 24),
    ('11', 'Sikkim', 24),
    ('12', 'Arunachal Pradesh', 24),
    ('13', 'Nagaland', 24),
    ('14', 'Manipur', 24),
    ('15', 'Mizoram', 24),
    ('16', 'Tripura', 24),
    ('17', 'Meghalaya', 24),
    ('18', 'Assam', 24),
    ('19', 'West Bengal', 24),
    ('20', 'Jharkhand', 24),
    ('21', 'Odisha', 24),
    ('22', 'Chhattisgarh', 22),
    ('23', 'Madhya Pradesh', 22),
    ('24', 'Gujarat', 22),
    ('26', 'Dadra and Nagar Haveli and Daman and Diu', 22),
    ('27', 'Maharashtra', 22),
    ('29', 'Karnataka', 22),
    ('30', 'Goa', 22),
    ('31', 'Lakshadweep', 22),
    ('32', 'Kerala', 22),
    ('33', 'Tamil Nadu', 22),
    ('34', 'Puducherry', 22),
    ('35', 'Andaman and Nicobar Islands', 22),
    ('36', 'Telangana', 22),
    ('37', 'Andhra Pradesh', 22),
    ('38', 'Ladakh', 24),
    ('96', 'Other Countries', null),
    ('97', 'Other Territory', null);

do $$
declare
    law text;
begin
    foreach law in array '{gst_rates,gst_thresholds,gst_states}'::text[] loop
        execute format('alter table %I enable row level security', law);
        execute format('alter table %I force row level security', law);
        execute format('create policy law_for_all on %I for select using (true)', law);
        execute format('grant select on %I to millrace_app', law);
    end loop;
end $$;

-- The form of a normal registration has more characters than Z in its fourteenth place, and the portal's test systems use
-- three numbers that have neither form nor check digit.
create or replace function gstin_is_valid(gstin text) returns boolean
    language sql immutable
    as $$
    select gstin = any('{01AMBPG7773M002,02AMBPG7773M002,36AMBPG7773M002}')
        or gstin ~ '^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z][Z1-9ABD-J][0-9A-Z]$'
       and strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(gstin, 15, 1)) - 1
           = (36 - (select sum(weighted / 36 + weighted % 36)
                      from (select (strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(gstin, i, 1)) - 1)
                                   * (case when i % 2 = 0 then 2 else 1 end) as weighted
                              from generate_series(1, 14) as i) as digits) % 36) % 36
$$;
