// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is counted from the time when an agent signed in.
 *
 * @param leftAt when he was gone; empty while he is there
 * @param breaks time spent in each reason, by code
 * @param missedInRow offers that he missed since the last one that he took
 */
public record Shift(
        Instant since,
        Optional<Instant> leftAt,
        NavigableMap<String, Duration> breaks,
        int missedInRow) {

    /** Codes are the tenant's; what is beyond is not counted. */
    private static final int REASONS_MAX = 64;

    public Shift {
        breaks = Collections.unmodifiableNavigableMap(new TreeMap<>(breaks));
    }

    /** One in which nothing has happened yet, and he has not come. */
    static Shift none(Instant now) {
        return new Shift(now, Optional.of(now), Collections.emptyNavigableMap(), 0);
    }

    /** He is there. After a gap that long this is another shift. */
    Shift come(Instant now, Duration gap) {
        if (leftAt.isEmpty()) {
            return this;
        }
        return leftAt.get().plus(gap).isAfter(now)
                ? new Shift(since, Optional.empty(), breaks, missedInRow)
                : new Shift(now, Optional.empty(), Collections.emptyNavigableMap(), 0);
    }

    Shift left(Instant now) {
        return leftAt.isPresent() ? this : new Shift(since, Optional.of(now), breaks, missedInRow);
    }

    Shift spent(String reason, Duration time) {
        if (breaks.size() >= REASONS_MAX && !breaks.containsKey(reason)) {
            return this;
        }
        var more = new TreeMap<>(breaks);
        more.merge(reason, time, Duration::plus);
        return new Shift(since, leftAt, more, missedInRow);
    }

    /** Time spent in a reason, but for the present break. */
    public Duration in(String reason) {
        return breaks.getOrDefault(reason, Duration.ZERO);
    }

    Shift missed() {
        return new Shift(since, leftAt, breaks, missedInRow + 1);
    }

    Shift took() {
        return missedInRow == 0 ? this : new Shift(since, leftAt, breaks, 0);
    }
}
