-- What a trial adds to the engine's tables.

-- One row per effect, without a unique key: a double effect is seen, and not hidden by the database.
create table trial_effect (
    tenant_id     uuid        not null,
    execution_id  uuid        not null,
    step_id       text        not null,
    attempt       int         not null,
    node          uuid        not null,
    at            timestamptz not null default clock_timestamp()
);
create index trial_effect_execution on trial_effect (tenant_id, execution_id);
call millrace_protect('trial_effect', 'select, insert');

-- What definitions promise: their edges, and how many effects a completed execution has.
create table trial_edge (workflow_name text not null, step text not null, depends_on text not null);
create table trial_plan (workflow_name text not null primary key, effects int not null);

-- What must never be seen on an execution's row. Sessions say by their application_name who they are.
create table trial_watch (
    tenant_id     uuid        not null,
    execution_id  uuid        not null,
    what          text        not null,
    writer        text        not null,
    told          text        not null,
    at            timestamptz not null default clock_timestamp()
);
call millrace_protect('trial_watch', 'select, insert');

create function trial_watch_execution() returns trigger
    language plpgsql
    as $$
declare
    writer text := current_setting('application_name');
    seen text := case
        when new.fence < old.fence then 'fence_went_back'
        -- Two nodes own it: a live lease may end by its owner, by an end or a cancel, and by nothing else.
        when new.fence > old.fence and new.due_at is not null and old.lease_until > millrace_now() then 'lease_taken'
        -- A node that was overtaken writes. Who only signals needs no lease.
        when new.fence = old.fence and new.signal = old.signal and writer like 'node-%'
             and old.lease_owner is not null and writer <> 'node-' || old.lease_owner then 'foreign_write'
        -- A decision wakes what is parked and leaves alone what runs.
        when new.fence = old.fence and new.signal > old.signal and old.lease_until > millrace_now()
             and (new.due_at is distinct from old.due_at or new.lease_owner is distinct from old.lease_owner)
            then 'lease_destroyed'
        when new.signal < old.signal then 'signal_went_back'
        when old.due_at is null and new.due_at is not null then 'came_back_to_life'
    end;
begin
    if seen is not null then
        insert into trial_watch (tenant_id, execution_id, what, writer, told)
        values (new.tenant_id, new.id, seen, writer,
                format('fence %s to %s, signal %s to %s, due %s to %s, lease of %s until %s', old.fence, new.fence,
                       old.signal, new.signal, old.due_at, new.due_at, old.lease_owner, old.lease_until));
    end if;
    return new;
end $$;
create trigger trial_watch after update on workflow_executions
    for each row execute function trial_watch_execution();

-- The checker is the owner. Row-level security is forced on him too, so he is given a policy of his own, here only.
do $$
declare
    t regclass;
begin
    for t in select c.oid::regclass
               from pg_class c
               join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
              where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    loop
        execute format('create policy trial_checker on %s to %I using (true) with check (true)', t, current_user);
    end loop;
end $$;
