-- SPDX-License-Identifier: Apache-2.0
-- When rtpengine was started last, in Unix seconds.
CREATE TABLE IF NOT EXISTS relay (id INTEGER PRIMARY KEY NOT NULL, started INTEGER NOT NULL);
INSERT OR REPLACE INTO relay (id, started) VALUES (1, CAST(strftime('%s', 'now') AS INTEGER));
