-- SPDX-License-Identifier: Apache-2.0
-- What became of calls. Every column can be written again, and in any order: times are the least or
-- greatest of all that were told, and a word that may change stands beside the time it is of.

create table call (
    call_id text primary key,
    tenant_id text not null,
    -- The least time of all events of the call, so that it is there whichever came first.
    started_at timestamptz not null,
    direction text not null default '',
    from_number text not null default '',
    to_number text not null default '',
    carrier text not null default '',
    origin text not null default '',
    answered_at timestamptz,
    queued_at timestamptz,
    dequeued_at timestamptz,
    talk_started_at timestamptz,
    ended_at timestamptz,
    end_fault text not null default '',
    end_reason text not null default '',
    flow_id text not null default '',
    flow_at timestamptz,
    queue_id text not null default '',
    queue_at timestamptz,
    accepted_agent_id text not null default '',
    accepted_at timestamptz,
    -- Who talked, made of the legs.
    agent_id text not null default '',
    agent_extension text not null default ''
);

create index call_by_start on call (tenant_id, started_at desc, call_id desc);
create index call_by_queue on call (tenant_id, queue_id, started_at desc) where queue_id <> '';
create index call_by_agent on call (tenant_id, agent_id, started_at desc) where agent_id <> '';

create table leg (
    call_id text not null references call on delete cascade,
    leg_id text not null,
    role text not null default '',
    direction text not null default '',
    party text not null default '',
    agent_id text not null default '',
    codec text not null default '',
    started_at timestamptz,
    answered_at timestamptz,
    joined_at timestamptz,
    ended_at timestamptz,
    end_fault text not null default '',
    end_reason text not null default '',
    sip_status int not null default 0,
    packets_received bigint not null default 0,
    packets_lost bigint not null default 0,
    jitter_ms double precision not null default 0,
    mos double precision not null default 0,
    primary key (call_id, leg_id)
);
