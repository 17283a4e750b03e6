// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A call as its record tells it: when it was queued, and who talked how long. */
public record Served(String agent, Instant queuedAt, Instant talkStartedAt, Instant endedAt) {

    static Served of(JsonNode record) {
        return new Served(
                record.path("agent").asText(),
                time(record, "queuedAt"),
                time(record, "talkStartedAt"),
                time(record, "endedAt"));
    }

    private static Instant time(JsonNode record, String field) {
        return Instant.parse(record.path(field).asText());
    }
}
