// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.audio;

import java.util.OptionalDouble;

/**
 * Brings audio to one loudness: one gain for the whole, so that nothing pumps, and never so much
 * that a peak is cut off.
 */
final class Loudness {

    /** Of telephone speech that is neither strained after nor held away from the ear. */
    static final double TARGET_LUFS = -20;

    private static final double PEAK_MAX = Math.pow(10, -1.0 / 20);
    private static final double GAIN_MAX = Math.pow(10, 30.0 / 20);

    /** Below this there is nothing but the noise of the line. */
    private static final double SILENCE_DB = -60;

    private Loudness() {}

    /**
     * Linear samples for playing.
     *
     * @param samples 1.0 is full scale; they may exceed it
     * @param measured in LUFS; the root mean square stands for it in what is too short
     */
    static short[] levelled(float[] samples, OptionalDouble measured) throws AudioRefused {
        double rms = rms(samples);
        if (samples.length == 0 || decibel(rms) < SILENCE_DB) {
            throw new AudioRefused("there is nothing to be heard in it; send another one");
        }
        double loudness = measured.orElse(decibel(rms));
        double wanted = Math.pow(10, (TARGET_LUFS - loudness) / 20);
        double gain = Math.min(Math.min(wanted, GAIN_MAX), PEAK_MAX / peak(samples));
        var levelled = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            levelled[i] = (short) Math.round(samples[i] * gain * Short.MAX_VALUE);
        }
        return levelled;
    }

    private static double peak(float[] samples) {
        double peak = 0;
        for (var sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static double rms(float[] samples) {
        double sum = 0;
        for (var sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / Math.max(1, samples.length));
    }

    private static double decibel(double level) {
        return 20 * Math.log10(Math.max(level, 1e-9));
    }
}
