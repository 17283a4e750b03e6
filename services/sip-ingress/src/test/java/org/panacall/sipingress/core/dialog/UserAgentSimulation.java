// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two user agents call each other over a bad network, do whatever comes to their minds and get
 * whatever the network makes of it. {@code -Dseed=n} runs one seed, {@code -Dseeds=n} so many.
 */
class UserAgentSimulation {

    static LongStream seeds() {
        var one = System.getProperty("seed");
        return one != null
                ? LongStream.of(Long.parseLong(one))
                : LongStream.range(0, Long.getLong("seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyInviteHasOneOutcomeAndEveryLegEnds(long seed) {
        new TwoAgents(seed).live(60);
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        // Given
        var first = new TwoAgents(7);
        var second = new TwoAgents(7);

        // When
        first.live(40);
        second.live(40);

        // Then
        assertEquals(first.history(), second.history());
    }
}
