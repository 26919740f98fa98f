-- The workshop's own table, under row-level security like those of the engine.
create table reserved_part (
    tenant_id     uuid not null,
    execution_id  uuid not null,
    part          text not null,
    primary key (tenant_id, execution_id)
);
call millrace_protect('reserved_part', 'select, insert');
