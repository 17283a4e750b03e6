-- SPDX-License-Identifier: Apache-2.0
-- What became of the wish to record talks of a call: recorded, and where, or why not. A talk that
-- came to another media node has one recording for each.
create table talk_recording (
    call_id text not null references call on delete cascade,
    -- Of the agent.
    leg_id text not null,
    outcome text not null,
    recording_id text not null,
    at timestamptz not null,
    primary key (call_id, leg_id, outcome, recording_id)
);
