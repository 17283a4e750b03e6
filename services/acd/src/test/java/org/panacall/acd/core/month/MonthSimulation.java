// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.month;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Seeds;

/**
 * A large clinic by seed, a day each in the build, {@code -Dsim.days=30} for a month: Monday
 * mornings, shifts, shared agents, breaks, restarts, losses. Invariants are checked after each
 * turn.
 */
class MonthSimulation {

    /** So many seeds are lived twice, to see that chance is in the seed alone. */
    private static final int TWICE = 1;

    @Test
    void daysOfALargeClinicHoldAndAreTheSameByReplay() {
        // Given
        var days = Integer.getInteger("sim.days", 1);
        var sum = new MonthFigures();
        var seeds = new AtomicInteger();

        // When
        Seeds.run(
                seed -> {
                    var lived = Month.of(seed, days);
                    if (seeds.getAndIncrement() < TWICE) {
                        var again = Month.of(seed, days);
                        assertEquals(lived.digest(), again.digest(), "the same seed, another day");
                    }
                    sum.add(lived);
                });

        // Then
        System.out.printf("A clinic's days by seed 0 and on: %d seeds, %s%n", seeds.get(), sum);
        if (Long.getLong("sim.seed") == null) {
            assertTrue(sum.complete(), () -> "too little happened: " + sum);
        }
    }
}
