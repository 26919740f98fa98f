-- Names of the definitions that a version's steps run by core.run_workflow, those that are written out: so that a circle
-- is found when one of them is saved or switched on. What was saved before this migration is found once it is saved again.
alter table workflow_definitions add column runs text[] not null default '{}';

-- The member who saved the version; null: the system did. Under the policy second_person_for_definitions it is somebody
-- else who switches it on.
alter table workflow_definitions add column saved_by uuid;
