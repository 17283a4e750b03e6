// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

/** How loud one frequency is in a piece of audio at 8 kHz (Goertzel). */
public final class Spectrum {

    private Spectrum() {}

    /** Amplitude of the wave of this frequency, in units of 16 bit samples. */
    public static double amplitude(short[] samples, int hz) {
        double step = 2 * Math.cos(2 * Math.PI * hz / 8000);
        double last = 0;
        double beforeLast = 0;
        for (short sample : samples) {
            double now = sample + step * last - beforeLast;
            beforeLast = last;
            last = now;
        }
        double power = last * last + beforeLast * beforeLast - step * last * beforeLast;
        return 2 * Math.sqrt(Math.max(0, power)) / samples.length;
    }

    /** Root mean square. */
    public static double level(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return samples.length == 0 ? 0 : Math.sqrt(sum / samples.length);
    }
}
