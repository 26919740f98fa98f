-- What an item is to those who buy, keep and sell it. The accounts are codes of the company's chart; empty: its usual ones.

alter table items
    add column sales_price            numeric(20, 6) check (sales_price >= 0),
    add column preferred_supplier_id  uuid,
    add column is_critical            boolean        not null default false,
    add column allow_negative         boolean        not null default false,
    add column stock_account          text           check (stock_account <> ''),
    add column expense_account        text           check (expense_account <> ''),
    add foreign key (tenant_id, preferred_supplier_id) references suppliers (tenant_id, id);
