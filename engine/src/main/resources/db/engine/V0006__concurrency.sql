-- Who runs for which key of a definition with concurrency. While somebody queues for a key it is never free: the holder
-- hands it on in the transaction in which it ends.
create table workflow_keys (
    tenant_id      uuid not null,
    workflow_name  text not null,
    key            text not null,
    execution_id   uuid not null,
    primary key (tenant_id, workflow_name, key)
);
create index workflow_keys_execution on workflow_keys (tenant_id, execution_id);
call millrace_protect('workflow_keys', 'select, insert, update, delete');

create table workflow_key_queue (
    tenant_id      uuid        not null,
    workflow_name  text        not null,
    key            text        not null,
    execution_id   uuid        not null,
    queued_at      timestamptz not null default millrace_now(),
    primary key (tenant_id, workflow_name, key, execution_id)
);
create index workflow_key_queue_execution on workflow_key_queue (tenant_id, execution_id);
call millrace_protect('workflow_key_queue', 'select, insert, update, delete');
