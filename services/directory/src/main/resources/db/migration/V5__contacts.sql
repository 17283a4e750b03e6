-- SPDX-License-Identifier: Apache-2.0
-- Patients and others whom a tenant knows. They stay when a tenant is seeded anew, as prompts do.

create table contact (
    tenant_id text not null,
    contact_id text not null,
    -- panacall.directory.v1.Contact as protobuf JSON, without its id.
    definition text not null,
    category text not null,
    -- Null when there is none.
    external_id text,
    -- Words of the names, for their beginnings.
    names tsvector not null,
    revision bigint not null,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    primary key (tenant_id, contact_id)
);
create unique index contact_by_external_id on contact (tenant_id, external_id)
    where external_id is not null;
create index contact_by_category on contact (tenant_id, category, contact_id)
    where category <> '';
create index contact_by_names on contact using gin (names);

create table contact_number (
    tenant_id text not null,
    number text not null,
    contact_id text not null,
    is_old boolean not null,
    primary key (tenant_id, number, contact_id),
    foreign key (tenant_id, contact_id) references contact on delete cascade
);
create index contact_number_by_contact on contact_number (tenant_id, contact_id);

-- How many contacts a tenant has. Its row is locked by whoever changes any of them.
create table contact_total (
    tenant_id text primary key,
    contacts bigint not null
);

-- Revisions follow the clock, so that a database set up anew does not repeat one.
create sequence contact_revision;
select setval('contact_revision', (extract(epoch from now()) * 1000)::bigint);

create table contact_import (
    tenant_id text not null,
    import_id text not null,
    -- panacall.directory.v1.ContactImport as protobuf JSON.
    progress text not null,
    -- Who works it off says so again and again.
    touched_at timestamptz not null default now(),
    primary key (tenant_id, import_id)
);
create index contact_import_by_time on contact_import (touched_at);
