-- An e-mail about a request for approval says which one, and until when it can be decided: whoever sends it adds a link.
-- digest: beyond the mails that a member gets at once in a day, it waits for the others and goes out with them.
alter table notifications
    add column request_id uuid,
    add column request_expires_at timestamptz,
    add column digest boolean not null default false;
create index notifications_mailed on notifications (tenant_id, member_id, created_at) where channel = 'email';

-- A link in an e-mail by which the one member to whom it went can decide one request. What is in the mail is random and
-- stands nowhere else; this is its hash, so that nobody who reads the outbox or a backup can decide for somebody else.
create table decision_links (
    tenant_id   uuid        not null,
    hash        bytea       not null check (length(hash) = 32),
    request_id  uuid        not null,
    member_id   uuid        not null,
    used_at     timestamptz,
    created_at  timestamptz not null default millrace_now(),
    primary key (tenant_id, hash),
    foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index decision_links_hash on decision_links (hash);
call millrace_protect('decision_links', 'select, insert, update');
call millrace_open_to_lookup('decision_links');

-- Whose link it is: the reader of a mail has no token that names the company.
create function millrace_decision_link(wanted bytea) returns setof uuid
    language sql stable security definer set search_path = ''
    as $$
    select l.tenant_id from public.decision_links l where l.hash = wanted
$$;
alter function millrace_decision_link(bytea) owner to millrace_lookup;
revoke all on function millrace_decision_link(bytea) from public;
grant execute on function millrace_decision_link(bytea) to millrace_app;
