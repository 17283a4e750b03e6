-- SPDX-License-Identifier: Apache-2.0
-- Prompts that tenants made. They stay when a tenant is seeded anew, as the audit does: nobody else
-- has a clinic's audio.

create table prompt (
    tenant_id text not null,
    prompt_id text not null,
    language text not null,
    -- The version that is heard; 0: none, it is as shipped.
    published int not null,
    -- The highest number that a version ever had.
    newest int not null,
    revision bigint not null,
    primary key (tenant_id, prompt_id, language)
);

-- Audio, once each, by the SHA-256 of what is played.
create table prompt_audio (
    tenant_id text not null,
    audio_hash text not null,
    -- WAVE, 8 kHz, 16 bit, mono, at even loudness.
    wave bytea not null,
    duration_ms bigint not null,
    -- As it was uploaded, so that it can be converted anew.
    original bytea not null,
    original_format text not null,
    -- LUFS by EBU R 128; null when too short to be measured.
    original_loudness double precision,
    primary key (tenant_id, audio_hash)
);

create table prompt_version (
    tenant_id text not null,
    prompt_id text not null,
    language text not null,
    version int not null,
    text text not null,
    -- Null: the text is spoken.
    audio_hash text,
    made_at timestamptz not null default now(),
    author text not null,
    primary key (tenant_id, prompt_id, language, version),
    foreign key (tenant_id, prompt_id, language) references prompt on delete cascade,
    foreign key (tenant_id, audio_hash) references prompt_audio
);
create index prompt_version_by_audio on prompt_version (tenant_id, audio_hash);
