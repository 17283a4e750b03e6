// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment in a window that slides in steps, so that what is remembered is bounded: things of the
 * same step are kept together, and forgotten together.
 */
record When(Instant at, Duration window) {

    private static final int STEPS = 48;

    private long stepMillis() {
        return Math.max(1_000, window.toMillis() / STEPS);
    }

    /** Names the step that the moment belongs to: when it began. */
    long step() {
        var millis = at.toEpochMilli();
        return millis - Math.floorMod(millis, stepMillis());
    }

    /** A step is remembered while any of it is in the window. */
    long forgotten() {
        return at.toEpochMilli() - window.toMillis() - stepMillis();
    }

    boolean remembers(long step) {
        return step > forgotten();
    }
}
