-- SPDX-License-Identifier: Apache-2.0
-- Of a talk: extension of the agent, who is on the second channel; empty for messages.
alter table recording add column agent text not null default '';
