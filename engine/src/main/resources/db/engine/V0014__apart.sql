-- Executions whose node was lost before they got a step done: few, and claimed one at a time.
create index workflow_executions_apart on workflow_executions (tenant_id, due_at)
    where lease_losses > 0 and due_at is not null;
