// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Waits between the lives of a process, on virtual time. */
class BackoffTest {

    private static final Instant START = Instant.EPOCH;

    private final Backoff backoff = new Backoff();

    @Test
    void theFirstDeathIsRepairedWithinASecond() {
        // When
        var due = backoff.restartAt(START, START.plusSeconds(5));

        // Then
        assertTrue(Duration.between(START.plusSeconds(5), due).toMillis() < 1000);
    }

    @Test
    void whoKeepsDyingWaitsLongerButNeverBeyondTheBound() {
        // Given
        var longest = Duration.ZERO;
        var now = START;

        // When
        for (int death = 0; death < 20; death++) {
            var due = backoff.restartAt(now, now);
            var wait = Duration.between(now, due);
            assertTrue(wait.compareTo(longest) >= 0);
            longest = wait;
            now = due;
        }

        // Then
        assertEquals(Duration.ofSeconds(10), longest);
    }

    @Test
    void aStableMinuteForgives() {
        // Given
        var first = Duration.between(START, backoff.restartAt(START, START));
        backoff.restartAt(START, START);
        backoff.restartAt(START, START);

        // When
        var now = START.plus(Duration.ofMinutes(1));
        var due = backoff.restartAt(START, now);

        // Then
        assertEquals(first, Duration.between(now, due));
    }
}
