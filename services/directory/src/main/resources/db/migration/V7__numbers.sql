-- SPDX-License-Identifier: Apache-2.0
-- Numbers are changed one by one while calls come.

alter table number add column revision bigint not null default 0;
update number set revision = (select version from configuration);
