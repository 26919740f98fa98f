-- Quorum, reminders, asking again, and what exactly an approval is an approval of.

alter table approval_requests
    add column min_approvals  int  not null default 1 check (min_approvals between 1 and 10),
    -- Asked again after the document was changed, or sent back and submitted anew.
    add column replaces       uuid,
    add column replaced_by    uuid,
    -- The document's material fields when it was asked, their hash, and what an approver was shown of it.
    add column snapshot       json,
    add column snapshot_hash  text,
    add column document       json,
    -- What has changed since the request that this one replaces.
    add column changed_since  json,
    -- When each entry of on_timeout falls due, fixed when the step began to wait: a holiday that is declared later
    -- moves nobody's deadline.
    add column deadlines      timestamptz[] not null default '{}',
    add column remind_seconds bigint check (remind_seconds >= 900),
    add column remind_at      timestamptz;

-- decided_by_*, decided_at: who ended the request and when, however it ended. So the one who comes too late can be told.
alter table approval_requests no force row level security;
update approval_requests
   set decided_by_name = 'Millrace', decided_at = millrace_now()
 where status <> 'pending' and decided_at is null;
alter table approval_requests force row level security;
alter table approval_requests
    drop constraint approval_requests_check1,
    add constraint approval_requests_ended check ((status = 'pending') = (decided_at is null));

create index approval_requests_document on approval_requests (tenant_id, entity_id) where entity_id is not null;

-- One row per person who has decided a request. A seat is a person's own, or that of the one whose deputy decided: it
-- counts once.
create table approval_decisions (
    tenant_id     uuid        not null,
    request_id    uuid        not null,
    member_id     uuid        not null,
    member_name   text        not null,
    for_id        uuid,
    for_name      text,
    seat_id       uuid        not null,
    execution_id  uuid        not null,
    decision      text        not null check (decision in ('approved', 'rejected', 'returned')),
    comment       text,
    decided_at    timestamptz not null,
    primary key (tenant_id, request_id, member_id),
    check ((for_id is null) = (for_name is null))
);
create unique index approval_decisions_seat on approval_decisions (tenant_id, request_id, seat_id);
create index approval_decisions_execution on approval_decisions (tenant_id, execution_id);
create index approval_decisions_member on approval_decisions (tenant_id, member_id, decided_at desc);
call millrace_protect('approval_decisions', 'select, insert');
