-- Named texts of messages, what became of WhatsApp messages, and lists to tick off in tasks.

-- subject, body and the parameters are templates of the language over the variables; a name that is none of them is refused
-- when it is saved. whatsapp_name is the template as WhatsApp approved it, which fills its places in order.
create table message_templates (
    tenant_id            uuid        not null,
    name                 text        not null check (name ~ '^[a-z][a-z0-9_]{0,99}$'),
    id                   uuid        not null,
    variables            text[]      not null,
    subject              text        check (subject <> ''),
    body                 text        not null check (body <> ''),
    whatsapp_name        text        check (whatsapp_name <> ''),
    whatsapp_language    text        check (whatsapp_language <> ''),
    whatsapp_parameters  text[],
    version              int         not null default 1,
    updated_by           text        not null,
    created_at           timestamptz not null default millrace_now(),
    updated_at           timestamptz not null default millrace_now(),
    primary key (tenant_id, name),
    unique (tenant_id, id),
    foreign key (tenant_id) references companies (tenant_id),
    check ((whatsapp_name is null) = (whatsapp_language is null)),
    check ((whatsapp_name is null) = (whatsapp_parameters is null))
);
call millrace_protect('message_templates', 'select, insert, update, delete');

-- A provider tells later that a message arrived, was read, or did not get there.
alter table notifications drop constraint notifications_status_check;
alter table notifications add constraint notifications_status_check
    check (status in ('queued', 'sent', 'delivered', 'failed'));
create index notifications_provider on notifications (tenant_id, provider_id) where channel = 'whatsapp';

create or replace function keep_notification() returns trigger
    language plpgsql
    as $$
declare
    free constant text[] := '{status,provider_id,tries,next_try_at,error,sent_at,read_at,updated_at}';
begin
    if old.status <> new.status
       and old.status || ' ' || new.status not in ('queued sent', 'queued failed', 'sent delivered', 'sent failed') then
        raise exception 'a notification goes from queued to sent or failed, from sent to delivered or failed, not from % to %',
            old.status, new.status
            using errcode = 'restrict_violation';
    end if;
    if (to_jsonb(old) - free) is distinct from (to_jsonb(new) - free) then
        raise exception 'notification % is written: what it says does not change', old.id
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

alter table tasks add column checklist text[] not null default '{}';
