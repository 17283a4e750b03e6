-- SPDX-License-Identifier: Apache-2.0
-- Queues, people's settings and a tenant's further ones are kept as the contract's own messages, as flows are, so that a new
-- field needs no migration. Each row says at which version of the configuration it was changed.
-- Expanded, not contracted: the old columns stay, and triggers keep both forms alike, so that the
-- release before this one reads what this one writes, and this one what that one writes. A later
-- migration drops the triggers and the columns below "old form".

alter table queue
    -- panacall.directory.v1.Queue as protobuf JSON, without its id.
    add column definition text,
    add column revision bigint not null default 0;

alter table tenant
    -- panacall.directory.v1.Tenant as protobuf JSON, without what has a column or a table.
    add column settings text not null default '{}',
    add column revision bigint not null default 0;

alter table person
    -- panacall.directory.v1.Person as protobuf JSON, without id, extension, name and roles.
    add column settings text,
    add column revision bigint not null default 0;

-- Old form: name, extension, strategy, offer_timeout_ms, reoffer_after_ms, capacity,
-- music_prompt_id, agent_extensions.
create function queue_in_both_forms() returns trigger language plpgsql as $$
declare
    d jsonb;
begin
    if new.definition is null then
        new.definition := jsonb_build_object(
            'name', new.name,
            'extension', new.extension,
            'strategy', 'STRATEGY_LONGEST_IDLE',
            'offerTimeout', (new.offer_timeout_ms / 1000.0)::numeric(20, 3) || 's',
            'reofferAfter', (new.reoffer_after_ms / 1000.0)::numeric(20, 3) || 's',
            'capacity', new.capacity,
            'musicPromptId', new.music_prompt_id,
            'agentExtensions', to_jsonb(new.agent_extensions))::text;
        new.revision := (select version from directory.configuration);
        return new;
    end if;
    d := new.definition::jsonb;
    new.name := coalesce(d ->> 'name', '');
    new.extension := coalesce(d ->> 'extension', '');
    -- The only one that the release before knows.
    new.strategy := 'longest-idle';
    new.offer_timeout_ms := coalesce(rtrim(d ->> 'offerTimeout', 's')::numeric * 1000, 15000);
    new.reoffer_after_ms := coalesce(rtrim(d ->> 'reofferAfter', 's')::numeric * 1000, 30000);
    new.capacity := coalesce((d ->> 'capacity')::int, 500);
    new.music_prompt_id := coalesce(d ->> 'musicPromptId', '');
    new.agent_extensions := case
        when jsonb_array_length(coalesce(d -> 'members', '[]')) > 0 then
            array(select member ->> 'extension' from jsonb_array_elements(d -> 'members') member)
        else
            array(select jsonb_array_elements_text(coalesce(d -> 'agentExtensions', '[]')))
        end;
    return new;
end
$$;
create trigger both_forms before insert or update on queue
    for each row execute function queue_in_both_forms();

-- Old form: phone_only, wrap_up_ms.
create function person_in_both_forms() returns trigger language plpgsql as $$
declare
    s jsonb;
begin
    if new.settings is null then
        new.settings := jsonb_build_object(
            'phoneOnly', new.phone_only,
            'wrapUp', (new.wrap_up_ms / 1000.0)::numeric(20, 3) || 's')::text;
        new.revision := (select version from directory.configuration);
        return new;
    end if;
    s := new.settings::jsonb;
    new.phone_only := coalesce((s ->> 'phoneOnly')::boolean, false);
    new.wrap_up_ms := coalesce(rtrim(s ->> 'wrapUp', 's')::numeric * 1000, 0);
    return new;
end
$$;
create trigger both_forms before insert or update on person
    for each row execute function person_in_both_forms();

update queue set definition = null;
update person set settings = null;
alter table queue alter column definition set not null;
alter table person alter column settings set not null;

-- Who changed what, for as long as the database lives, also when the tenant is gone.
create table audit (
    change_id bigint generated always as identity primary key,
    tenant_id text not null,
    at timestamptz not null default now(),
    -- A person's id, a token's name, or "seed".
    author text not null,
    -- queue-created, queue-changed, queue-deleted, members-changed, person-changed,
    -- tenant-changed, tenant-seeded
    kind text not null,
    entity_id text not null,
    -- The definition as protobuf JSON; null where there was none, or is none any more.
    before text,
    after text
);
create index audit_by_tenant on audit (tenant_id, change_id desc);
create index audit_by_entity on audit (tenant_id, entity_id, change_id desc);

create function audit_is_only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is only added to';
end
$$;
create trigger only_added_to before update or delete or truncate on audit
    for each statement execute function audit_is_only_added_to();

-- Requests that were carried out, by the keys their senders gave them: a repeat changes nothing,
-- even when another request has come in between.
create table carried_out (
    tenant_id text not null,
    author text not null,
    request_key text not null,
    -- SHA-256 of what was asked, to tell a repeat from another request with the same key.
    request_hash text not null,
    at timestamptz not null default now(),
    primary key (tenant_id, author, request_key)
);
create index carried_out_by_time on carried_out (at);
