-- What people and programs ask for, and what became of it.

-- An entry that is written for a request has the request's trace id, whoever writes it.
alter table workflow_journal
    alter column trace_id set default nullif(current_setting('millrace.trace', true), '');

-- Answers to writes with an Idempotency-Key, each written in the transaction of its write. A key is its caller's own.
create table idempotency_keys (
    tenant_id    uuid        not null,
    caller_id    uuid        not null,
    key          text        not null,
    fingerprint  bytea       not null,
    status       int         not null,
    headers      json        not null,
    body         bytea       not null,
    created_at   timestamptz not null default statement_timestamp(),
    primary key (tenant_id, caller_id, key)
);
create index idempotency_keys_age on idempotency_keys (tenant_id, created_at);
call millrace_protect('idempotency_keys', 'select, insert, update, delete');
