-- SPDX-License-Identifier: Apache-2.0
-- How the last wait in a queue ended, as of dequeued_at: who was promised to be called back has not
-- abandoned the clinic.
alter table call add column queue_end text not null default '';
