-- What every table of every module stands on: the engine's clock, row-level security, and the grants.
-- Run by the owner's role. The group roles millrace_app and millrace_lookup are there already.

-- The engine's idea of now. In production it is the database's clock and nothing else; the demo and the tests
-- replace it by one with an offset (see movable-clock.sql).
create function millrace_now() returns timestamptz
    language sql stable
    as $$ select statement_timestamp() $$;

-- Makes a table with tenant_id belong to its tenants: forced row-level security, for the owner too, and
-- privileges for the serving role. The sub-select keeps the primary-key index in the plans.
create procedure millrace_protect(target regclass, privileges text)
    language plpgsql
    as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format(
        'create policy tenant_only on %s using (tenant_id = (select nullif(current_setting(''millrace.tenant'', true), '''')::uuid))'
        ' with check (tenant_id = (select nullif(current_setting(''millrace.tenant'', true), '''')::uuid))', target);
    if privileges <> '' then
        execute format('grant %s on %s to millrace_app', privileges, target);
    end if;
end $$;

-- Lets the owner of the cross-tenant look-up functions, and nobody else, read every tenant's rows of a table.
create procedure millrace_open_to_lookup(target regclass)
    language plpgsql
    as $$
begin
    execute format('create policy lookup_reads_all on %s for select to millrace_lookup using (true)', target);
    execute format('grant select on %s to millrace_lookup', target);
end $$;
