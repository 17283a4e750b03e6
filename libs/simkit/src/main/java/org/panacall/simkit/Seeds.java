// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Runs a simulation over seeds: 20 by default, {@code -Dsim.seeds=n} for another number, {@code
 * -Dsim.from=n} to begin later than at 0, {@code -Dsim.seed=n} for just that one, and always those
 * that once found a defect. A failure names its seed.
 */
public final class Seeds {

    private static final int COUNT = 20;

    private Seeds() {}

    public static void run(LongConsumer simulation) {
        run(simulation, new long[0]);
    }

    /**
     * Runs it over the usual seeds, and then over some more.
     *
     * @param notable seeds that once found a defect
     */
    public static void run(LongConsumer simulation, long... notable) {
        seeds(notable).forEach(seed -> run(simulation, seed));
    }

    private static void run(LongConsumer simulation, long seed) {
        try {
            simulation.accept(seed);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + " (again with -Dsim.seed=" + seed + "): " + failure, failure);
        }
    }

    private static LongStream seeds(long... notable) {
        var only = Long.getLong("sim.seed");
        if (only != null) {
            return LongStream.of(only);
        }
        long from = Long.getLong("sim.from", 0);
        var usual = LongStream.range(from, from + Integer.getInteger("sim.seeds", COUNT));
        return LongStream.concat(usual, LongStream.of(notable)).distinct();
    }
}
