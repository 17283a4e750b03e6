// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import org.panacall.media.codec.Codec;

/** Brings audio of any rate to 8 kHz by a windowed sinc, which keeps out what would alias. */
final class Resampler {

    /** Zero crossings on each side: enough for speech. */
    private static final int CROSSINGS = 12;

    /** Of the lower of the two Nyquist frequencies. */
    private static final double CUTOFF = 0.92;

    private Resampler() {}

    static short[] toTelephone(short[] samples, int rate) {
        if (rate == Codec.RATE || samples.length == 0) {
            return samples;
        }
        double step = (double) rate / Codec.RATE;
        double bandwidth = CUTOFF * Math.min(1, 1 / step);
        int reach = (int) Math.ceil(CROSSINGS / bandwidth);
        var result = new short[(int) (samples.length / step)];
        for (int i = 0; i < result.length; i++) {
            double centre = i * step;
            int from = Math.max(0, (int) centre - reach);
            int to = Math.min(samples.length - 1, (int) centre + reach);
            double sum = 0;
            for (int k = from; k <= to; k++) {
                sum += samples[k] * weight(k - centre, bandwidth, reach);
            }
            result[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return result;
    }

    private static double weight(double distance, double bandwidth, int reach) {
        double x = Math.PI * distance * bandwidth;
        double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
        double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / (reach + 1));
        return bandwidth * sinc * window;
    }
}
