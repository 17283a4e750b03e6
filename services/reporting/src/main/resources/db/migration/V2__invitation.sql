-- SPDX-License-Identifier: Apache-2.0
-- An INVITE that the edge tried on several sip-ingresses began a call at each. All are kept, one of
-- them counts: CallQuery.COUNTS says which.

-- Names the INVITE that the call began with; empty when it was made by us.
alter table call add column invitation text not null default '';

create index call_by_invitation on call (tenant_id, invitation) where invitation <> '';
