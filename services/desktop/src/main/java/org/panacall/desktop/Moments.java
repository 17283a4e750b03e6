// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.panacall.desktop.problems.Problem;

/** Moments as people write them: with a zone, or by the clocks on the wall. */
public final class Moments {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private Moments() {}

    /**
     * A problem when it is no moment of this century.
     *
     * @param zone of those that name none
     */
    public static Instant read(String field, String text, ZoneId zone) {
        try {
            var moment =
                    text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).atZone(zone).toInstant();
            if (!moment.isBefore(FIRST) && moment.isBefore(LAST)) {
                return moment;
            }
        } catch (DateTimeException none) {
            // Told below.
        }
        throw Problem.mistake(field, "must be like 2026-01-09T10:05");
    }
}
