// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A check of a live run finds what is wrong, and nothing else. */
class ChecksTest {

    private static final List<String> AGENTS = List.of("1001", "1002", "1003");

    /** A call each second, each a talk of half a second. */
    private static List<Served> served(String... agents) {
        var calls = new ArrayList<Served>();
        var at = Instant.parse("2030-01-01T00:00:00Z");
        for (var agent : agents) {
            at = at.plus(Duration.ofSeconds(1));
            calls.add(new Served(agent, at, at.plusMillis(20), at.plusMillis(520)));
        }
        return calls;
    }

    @Test
    void callsInTurnWentToTheLongestIdle() {
        // Given
        var calls = served("1002", "1001", "1003", "1002", "1001", "1003", "1002");

        // When
        var wrong = Checks.longestIdle(calls, AGENTS);

        // Then
        assertEquals(Optional.empty(), wrong);
    }

    @Test
    void aCallToSomebodyWhoWasIdleForLessIsFound() {
        // Given
        var calls = served("1001", "1002", "1003", "1002");

        // When
        var wrong = Checks.longestIdle(calls, AGENTS);

        // Then
        assertTrue(wrong.orElse("nothing").startsWith("1002 was idle since"), wrong::toString);
    }

    @Test
    void aCallToSomebodyAgainBeforeOthersHadTheirFirstIsFound() {
        // Given
        var calls = served("1001", "1001");

        // When
        var wrong = Checks.longestIdle(calls, AGENTS);

        // Then
        assertTrue(wrong.isPresent());
    }

    @Test
    void anUnevenSpreadIsFound() {
        // Given
        var calls = served("1001", "1001", "1002");

        // When
        var wrong = Checks.spread(calls, AGENTS, 1);

        // Then
        assertEquals(Optional.of("from 0 to 2 calls"), wrong);
    }
}
