// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.mix;

/** How loud a listener hears a speaker, as a factor with 12 binary places. */
public final class Gain {

    /** As it is. */
    public static final int UNITY = 1 << 12;

    private static final double DECIBEL_MIN = -40;
    private static final double DECIBEL_MAX = 12;

    private Gain() {}

    /** From decibels, -40 to +12. */
    public static int ofDecibels(double decibels) {
        if (!(decibels >= DECIBEL_MIN && decibels <= DECIBEL_MAX)) {
            throw new IllegalArgumentException("a gain has -40 to +12 dB");
        }
        return (int) Math.round(Math.pow(10, decibels / 20) * UNITY);
    }

    static void add(short[] samples, int gain, int[] sums) {
        if (gain == UNITY) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += samples[i];
            }
            return;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += samples[i] * gain >> 12;
        }
    }
}
