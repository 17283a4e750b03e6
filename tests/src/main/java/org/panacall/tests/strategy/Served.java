// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A call as its record tells it: when it was queued, and who talked how long.
 *
 * @param rung telephones that rang for it, the first one first, as they tell it themselves
 */
public record Served(
        String agent, Instant queuedAt, Instant talkStartedAt, Instant endedAt, List<Rung> rung) {

    /**
     * A telephone rang for the call.
     *
     * @param until it was done with it, having talked or not
     */
    public record Rung(String extension, Instant from, Instant until) {}

    Duration talk() {
        return Duration.between(talkStartedAt, endedAt);
    }

    static Served of(JsonNode record, List<Rung> rung) {
        return new Served(
                record.path("agent").asText(),
                time(record, "queuedAt"),
                time(record, "talkStartedAt"),
                time(record, "endedAt"),
                rung);
    }

    private static Instant time(JsonNode record, String field) {
        return Instant.parse(record.path(field).asText());
    }
}
