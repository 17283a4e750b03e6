-- SPDX-License-Identifier: Apache-2.0
-- What the caller rated his talk with, 1 for the worst; 0: he did not. The last one counts.
alter table call add column rating int not null default 0;
alter table call add column rated_at timestamptz;
