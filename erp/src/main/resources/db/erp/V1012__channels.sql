-- What goes out to partners: the keys that a company's secrets are encrypted with, and the secrets of its webhooks.

-- A company's own data keys, each wrapped (in base64) by the installation's master key; master names that one (the beginning of its
-- digest). A row is wrapped anew when the master key is exchanged; the data key in it stays.
create table tenant_keys (
    tenant_id   uuid        not null,
    version     int         not null check (version >= 1),
    wrapped     text        not null,
    master      text        not null check (master ~ '^[0-9a-f]{16}$'),
    created_at  timestamptz not null default millrace_now(),
    updated_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, version),
    foreign key (tenant_id) references companies (tenant_id)
);
call millrace_protect('tenant_keys', 'select, insert, update');

-- What webhooks are signed with, encrypted. The one before goes on signing until previous_until, so that the receiver
-- can change over in peace.
create table webhook_secrets (
    tenant_id       uuid        not null,
    name            text        not null check (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
    id              uuid        not null,
    secret          bytea       not null,
    previous        bytea,
    previous_until  timestamptz,
    version         int         not null default 1,
    updated_by      text        not null,
    created_at      timestamptz not null default millrace_now(),
    updated_at      timestamptz not null default millrace_now(),
    primary key (tenant_id, name),
    unique (tenant_id, id),
    foreign key (tenant_id) references companies (tenant_id),
    check ((previous is null) = (previous_until is null))
);
call millrace_protect('webhook_secrets', 'select, insert, update, delete');
