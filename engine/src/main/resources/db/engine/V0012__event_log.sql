-- Which document an event tells of: `purchase_order.created` with an `id` tells of that purchase order. For the timeline
-- of a document, which shows also what did not start.
alter table workflow_events add column entity_type text, add column entity_id uuid;
create index workflow_events_entity on workflow_events (tenant_id, entity_id, id) where entity_id is not null;

-- What a stored event started later, by hand: once per workflow, whatever its versions.
create table event_starts (
    tenant_id      uuid        not null,
    event_row      uuid        not null,
    workflow_name  text        not null,
    definition_id  uuid        not null,
    execution_id   uuid,
    started_by     json        not null,
    started_at     timestamptz not null,
    primary key (tenant_id, event_row, workflow_name)
);
call millrace_protect('event_starts', 'select, insert, update');
