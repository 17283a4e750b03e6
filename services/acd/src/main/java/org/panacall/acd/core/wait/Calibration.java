// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;

/**
 * What forecasts have taught about themselves: by how many steps they are wrong in the mean, and
 * how far above the mean nine of ten waits lie. A servo holds that share whatever the distribution
 * of waits may be.
 *
 * <p>Who gives up is heard too: his wait would have been longer. Callers who waited long before
 * they were answered stand for those who gave up on the way, and so count more.
 */
public final class Calibration {

    static final double SHARE = 0.9;
    private static final double OFFSET_GAIN = 0.005;
    private static final double OFFSET_MAX = 2;
    private static final double REACH_GAIN = 0.02;
    private static final double REACH_FIRST = 1.3;
    private static final double REACH_MIN = 0.2;
    private static final double REACH_MAX = 5;
    private static final double ERROR_MAX = 4;
    private static final double WEIGHT_MAX = 4;

    private double offset;
    private double reach = REACH_FIRST;

    /** What is remembered, for a snapshot. */
    public record Kept(double offset, double reach) {}

    /** Added to the mean, in steps. */
    double offset() {
        return offset;
    }

    /** Standard deviations from the mean to what nine of ten do not exceed. */
    double reach() {
        return reach;
    }

    void answered(Forecast forecast, Duration waited, Patience patience) {
        if (!forecast.known()) {
            return;
        }
        var weight = Math.min(WEIGHT_MAX, 1 / patience.lasting(seconds(waited)));
        var error = (seconds(waited) - seconds(forecast.expected())) / seconds(forecast.step());
        offset += OFFSET_GAIN * weight * Math.clamp(error, -ERROR_MAX, ERROR_MAX);
        offset = Math.clamp(offset, -OFFSET_MAX, OFFSET_MAX);
        if (waited.compareTo(forecast.likely()) > 0) {
            exceeded(forecast, patience);
        } else {
            move(-(1 - SHARE) * weight);
        }
    }

    void abandoned(Forecast forecast, Duration waited, Patience patience) {
        if (forecast.known() && waited.compareTo(forecast.likely()) > 0) {
            exceeded(forecast, patience);
        }
    }

    private void exceeded(Forecast forecast, Patience patience) {
        move(SHARE * Math.min(WEIGHT_MAX, 1 / patience.lasting(seconds(forecast.likely()))));
    }

    private void move(double by) {
        reach = Math.clamp(reach + REACH_GAIN * by, REACH_MIN, REACH_MAX);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    Kept kept() {
        return new Kept(offset, reach);
    }

    void restore(Kept kept) {
        offset = kept.offset();
        reach = kept.reach();
    }
}
