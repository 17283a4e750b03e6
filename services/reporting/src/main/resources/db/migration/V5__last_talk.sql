-- SPDX-License-Identifier: Apache-2.0
-- Who talked with a number last is asked while its caller waits.
create index call_talked_from on call (tenant_id, from_number, started_at desc)
    where agent_extension <> '';
create index call_talked_to on call (tenant_id, to_number, started_at desc)
    where agent_extension <> '';
