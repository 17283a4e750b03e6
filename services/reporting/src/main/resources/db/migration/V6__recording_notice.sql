-- SPDX-License-Identifier: Apache-2.0
-- When the caller had heard to the end that the call may be recorded, in which language, and what
-- was said: prompts and the version of the flow that has them. Without it there is no proof.
alter table call
    add column notice_at timestamptz,
    add column notice_language text not null default '',
    add column notice_prompts text not null default '',
    add column notice_version bigint not null default 0;
