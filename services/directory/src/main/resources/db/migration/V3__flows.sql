-- SPDX-License-Identifier: Apache-2.0
-- Versions and drafts of flows. The table flow goes on to hold what is published, so that the
-- release before this one reads it.

-- panacall.directory.v1.Number as protobuf JSON, of what has no column of its own.
alter table number add column variables text not null default '{}';

create table flow_version (
    tenant_id text not null references tenant on delete cascade,
    flow_id text not null,
    -- 1, 2, 3 … within the flow.
    version bigint not null,
    -- panacall.directory.v1.Flow as protobuf JSON, without id and version.
    definition text not null,
    -- A person's id, a token's name, or "seed".
    author text not null,
    at timestamptz not null default now(),
    note text not null default '',
    primary key (tenant_id, flow_id, version)
);
insert into flow_version (tenant_id, flow_id, version, definition, author)
select tenant_id, flow_id, version, definition, 'seed' from flow;

create table flow_draft (
    tenant_id text not null references tenant on delete cascade,
    flow_id text not null,
    definition text not null,
    author text not null,
    at timestamptz not null default now(),
    -- Grows with each change, also over drafts that were discarded.
    revision bigint not null,
    primary key (tenant_id, flow_id)
);
