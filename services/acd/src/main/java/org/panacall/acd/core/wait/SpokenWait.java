// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;

/**
 * A wait as people say it: less than a minute, so many minutes, more than an hour. Rounded up, as
 * who is answered early does not mind; beyond five minutes by fives.
 *
 * @param minutes 0: less than one; 61: more than an hour
 */
public record SpokenWait(int minutes) implements Comparable<SpokenWait> {

    public static final SpokenWait LESS_THAN_A_MINUTE = new SpokenWait(0);
    public static final SpokenWait MORE_THAN_AN_HOUR = new SpokenWait(61);

    private static final int FEW = 5;
    private static final int STEP = 5;
    private static final int HOUR = 60;

    /** What goes beyond a round number by so little is still called by it. */
    private static final long GRACE_SECONDS = 10;

    public SpokenWait {
        var few = minutes >= 0 && minutes <= FEW;
        var round = minutes <= HOUR && minutes % STEP == 0;
        if (minutes < 0 || !few && !round && minutes != HOUR + 1) {
            throw new IllegalArgumentException("nobody says about " + minutes + " minutes");
        }
    }

    public static SpokenWait of(Duration wait) {
        var minutes = up(wait.toSeconds() - GRACE_SECONDS, HOUR);
        if (minutes <= 1 && wait.compareTo(Duration.ofMinutes(1)) <= 0) {
            return LESS_THAN_A_MINUTE;
        }
        if (minutes <= FEW) {
            return new SpokenWait((int) Math.max(1, minutes));
        }
        var rounded = up(wait.toSeconds() - HOUR, STEP * HOUR) * STEP;
        return rounded <= HOUR ? new SpokenWait((int) rounded) : MORE_THAN_AN_HOUR;
    }

    private static long up(long seconds, long unit) {
        return Math.ceilDiv(Math.max(0, seconds), unit);
    }

    /** What the caller understands by it at the latest. */
    public Duration most() {
        return Duration.ofMinutes(Math.max(1, minutes));
    }

    /** By how much it may be wrong for no other reason than that it is round. */
    public Duration roundness() {
        return Duration.ofSeconds(minutes <= FEW ? 30 : 150);
    }

    public boolean bounded() {
        return minutes <= HOUR;
    }

    @Override
    public int compareTo(SpokenWait other) {
        return Integer.compare(minutes, other.minutes);
    }
}
