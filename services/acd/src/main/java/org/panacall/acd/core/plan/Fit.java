// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.need.Relaxation;

/**
 * Who will do for the calls of a queue.
 *
 * @param needs what each of its calls wants, besides its own needs
 * @param relaxations what is wanted no longer after a wait, in their order
 * @param tierWait how long a call waits for each tier before the next may have it; zero: the next
 *     one may at once when nobody of those before is free
 * @param preferredFor how long a call waits for those it prefers, while one of them is at work
 * @param ringsBusy whether who talks outside the queue is rung when nobody else is free
 */
public record Fit(
        Needs needs,
        List<Relaxation> relaxations,
        Duration tierWait,
        Duration preferredFor,
        boolean ringsBusy) {

    /** Anybody who serves the queue, but the preferred agent first for 15 seconds. */
    public static final Fit ANYBODY =
            new Fit(Needs.NONE, List.of(), Duration.ZERO, Duration.ofSeconds(15), false);

    public Fit {
        relaxations = relaxations.stream().sorted(Comparator.comparing(Relaxation::after)).toList();
        if (tierWait.isNegative() || preferredFor.isNegative()) {
            throw new IllegalArgumentException("nobody waits for less than nothing");
        }
    }
}
