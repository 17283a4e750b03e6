-- SPDX-License-Identifier: Apache-2.0
-- Recordings without their audio, which lies in a store under the name of `object`. What could tell
-- who spoke is sealed by the recording's own key: without the row nothing of it can be read any more,
-- neither here nor in copies of the audio.

create table recording (
    recording_id text primary key,
    tenant_id text not null,
    kind text not null,
    call_id text not null,
    -- Queue id or extension; empty: the tenant's.
    mailbox text not null,
    language text not null,
    started_at timestamptz not null,
    stored_at timestamptz not null default now(),
    -- Of one channel, 8,000 a second.
    samples integer not null,
    channels smallint not null,
    ended text not null,
    heard_at timestamptz,
    deleted_at timestamptz,
    keep_until timestamptz not null,
    caller_sealed bytea not null,
    wrapped_key bytea not null,
    object text not null,
    -- When others were told of it.
    told_at timestamptz
);

create index recording_by_mailbox
    on recording (tenant_id, kind, mailbox, started_at desc, recording_id desc);
create index recording_by_start on recording (tenant_id, started_at desc, recording_id desc);
create index recording_by_call on recording (tenant_id, call_id);
create index recording_untold on recording (stored_at) where told_at is null;
create index recording_to_purge on recording (keep_until);

-- Who did what with a recording. Written before it is done, never changed, kept when it is purged.
create table access (
    access_id bigint generated always as identity primary key,
    tenant_id text not null,
    recording_id text not null,
    at timestamptz not null default clock_timestamp(),
    actor_id text not null,
    actor_extension text not null,
    deed text not null
);

create index access_by_recording on access (tenant_id, recording_id, access_id desc);
