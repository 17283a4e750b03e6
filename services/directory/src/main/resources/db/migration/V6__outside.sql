-- SPDX-License-Identifier: Apache-2.0
-- Secrets by which flows prove who they are to servers of the clinic. They stay when a tenant is
-- seeded anew: no seed knows them.

create table outside_secret (
    tenant_id text not null,
    name text not null,
    -- AES-256-GCM by panacall.directory.secret, nonce first.
    sealed bytea not null,
    author text not null,
    at timestamptz not null default now(),
    primary key (tenant_id, name)
);
