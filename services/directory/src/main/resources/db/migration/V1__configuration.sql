-- SPDX-License-Identifier: Apache-2.0
-- Tenants and all that belongs to them. Durations are in milliseconds.

-- The one row is locked by every change and read with every snapshot, so that a snapshot is whole.
create table configuration (
    only_row boolean primary key default true check (only_row),
    version bigint not null
);
insert into configuration (version) values (0);

create table tenant (
    tenant_id text primary key,
    name text not null,
    sip_domain text not null unique,
    time_zone text not null,
    language text not null,
    country text not null,
    default_caller_number text not null,
    -- What the seed file held when it was loaded; null for tenants that no seed file made.
    seed_hash text
);

create table queue (
    tenant_id text not null references tenant on delete cascade,
    queue_id text not null,
    position int not null,
    name text not null,
    extension text not null,
    strategy text not null,
    offer_timeout_ms bigint not null,
    reoffer_after_ms bigint not null,
    capacity int not null,
    music_prompt_id text not null,
    agent_extensions text[] not null,
    primary key (tenant_id, queue_id)
);

create table number (
    number text primary key,
    tenant_id text not null references tenant on delete cascade,
    -- flow, queue, extension or echo; target is empty for echo.
    destination text not null,
    target text not null,
    source text not null,
    fallback_queue_id text not null
);

create table person (
    person_id text primary key,
    tenant_id text not null references tenant on delete cascade,
    user_name text not null,
    -- Null for people without a phone.
    extension text,
    name text not null,
    roles text[] not null,
    phone_only boolean not null,
    wrap_up_ms bigint not null,
    -- pbkdf2-sha512$iterations$salt$hash
    password_hash text not null,
    -- MD5 of user:domain:password for SIP digest, encrypted; null for people without a phone.
    ha1 bytea,
    unique (tenant_id, user_name),
    unique (tenant_id, extension)
);

create table service_extension (
    tenant_id text not null references tenant on delete cascade,
    extension text not null,
    function text not null,
    primary key (tenant_id, extension)
);

create table flow (
    tenant_id text not null references tenant on delete cascade,
    flow_id text not null,
    version bigint not null,
    -- panacall.directory.v1.Flow as protobuf JSON, without id and version.
    definition text not null,
    primary key (tenant_id, flow_id)
);

create table api_token (
    -- SHA-256 of the token, hexadecimal; the token itself is kept nowhere.
    token_hash text primary key,
    tenant_id text not null references tenant on delete cascade,
    name text not null,
    roles text[] not null
);
