-- Which bike is lent to whom: one row for as long as it is away.
create table lent_bike (
    tenant_id     uuid not null,
    bike          text not null,
    execution_id  uuid not null,
    primary key (tenant_id, bike)
);
call millrace_protect('lent_bike', 'select, insert');
