// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;

/**
 * How soon callers give up: abandonments over all the time that callers waited. Who was answered
 * tells that he would have waited longer, so his time counts too; without it the patient would not
 * be heard.
 */
public final class Patience {

    private static final double KEEP = 0.999;

    /** Believed at first: one in ten minutes of waiting gives up. */
    private static final double USUAL_SECONDS = 600;

    private double abandoned;
    private double seconds;

    /** What is remembered, for a snapshot. */
    public record Kept(double abandoned, double seconds) {}

    void add(Duration waited, boolean gaveUp) {
        abandoned = abandoned * KEEP + (gaveUp ? 1 : 0);
        seconds = seconds * KEEP + waited.toMillis() / 1000.0;
    }

    /** Abandonments a second for each caller who waits. */
    double rate() {
        return (abandoned + 1) / (seconds + USUAL_SECONDS);
    }

    /** The share of callers who would wait for that many seconds. */
    double lasting(double wait) {
        return StrictMath.exp(-wait * rate());
    }

    Kept kept() {
        return new Kept(abandoned, seconds);
    }

    void restore(Kept kept) {
        abandoned = kept.abandoned();
        seconds = kept.seconds();
    }
}
