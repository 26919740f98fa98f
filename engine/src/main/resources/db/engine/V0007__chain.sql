-- Entries of one execution are chained in the transaction that writes them, under the lock of the execution's row: each
-- carries the hash of the one before it and of itself. What the seals of a tenant do a moment later for everything, this
-- does at once for each history.
alter table workflow_executions add column journal_head bytea not null default ''::bytea;
alter table workflow_journal add column link bytea;
alter table workflow_journal add constraint workflow_journal_linked check ((link is null) = (execution_id is null));

-- The canonical form of an entry of an execution, said here and nowhere else: a JSON array of its columns in this order,
-- the time in seconds, hashed. See docs/journal.md.
create function millrace_entry_digest(tenant uuid, execution uuid, seq int, id uuid, at timestamptz, type text,
        actor_kind text, actor_id text, actor_name text, resource_type text, resource_id text, step text,
        definition uuid, workflow text, version int, before text, after text, comment text) returns bytea
    language sql stable
    return sha256(convert_to(json_build_array(tenant, execution, seq, id, extract(epoch from at)::text, type,
        actor_kind, actor_id, actor_name, resource_type, resource_id, step, definition, workflow, version, before,
        after, comment)::text, 'UTF8'));

-- The link of an entry: the hash of the link before it, or of the execution's head, and of its own digest.
create function millrace_link(previous bytea, head bytea, digest bytea) returns bytea
    language sql immutable
    return sha256(coalesce(previous, head) || digest);

-- The links of several entries, over their order.
create aggregate millrace_chain(head bytea, digest bytea) (sfunc = millrace_link, stype = bytea);

-- Ends a statement with an error of its own: where a refusal must keep the COMMIT behind it from happening.
create function millrace_refuse(state text, reason text) returns text
    language plpgsql
    as $$
begin
    raise exception using errcode = state, message = reason;
end $$;
