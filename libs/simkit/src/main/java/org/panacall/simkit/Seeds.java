// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Runs a simulation over seeds: 20 by default, {@code -Dsim.seeds=n} for another number, {@code
 * -Dsim.seed=n} for just that one. A failure names its seed.
 */
public final class Seeds {

    private static final int COUNT = 20;

    private Seeds() {}

    public static void run(LongConsumer simulation) {
        seeds().forEach(seed -> run(simulation, seed));
    }

    private static void run(LongConsumer simulation, long seed) {
        try {
            simulation.accept(seed);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + " (again with -Dsim.seed=" + seed + "): " + failure, failure);
        }
    }

    private static LongStream seeds() {
        var only = Long.getLong("sim.seed");
        return only != null
                ? LongStream.of(only)
                : LongStream.range(0, Integer.getInteger("sim.seeds", COUNT));
    }
}
