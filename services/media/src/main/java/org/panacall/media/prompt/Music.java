// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import org.panacall.media.codec.Codec;
import org.panacall.media.play.Clip;

/**
 * Waiting music for tenants that brought none: 24 s of soft broken chords, made to be repeated
 * without a seam.
 */
final class Music {

    private static final double BEAT_SECONDS = 0.375;
    private static final int BEATS = 64;
    private static final int NOTES_PER_CHORD = 8;
    private static final double LOUDNESS = 3400;
    private static final double[] OVERTONES = {1, 0.42, 0.16, 0.05};

    /** Semitones above A3: C, Am, F, G, C, Em, Dm, G, each as an arpeggio. */
    private static final int[][] CHORDS = {
        {3, 7, 10, 15}, {0, 3, 7, 12}, {-4, 0, 3, 8}, {-2, 2, 5, 10},
        {3, 7, 10, 15}, {-5, -2, 2, 7}, {-7, -4, 0, 5}, {-2, 2, 5, 10},
    };

    private static final int[] PATTERN = {0, 1, 2, 3, 2, 1, 2, 1};

    private Music() {}

    static Clip waiting() {
        int beat = (int) (BEAT_SECONDS * Codec.RATE);
        var mix = new double[BEATS * beat];
        for (int i = 0; i < BEATS; i++) {
            var chord = CHORDS[i / NOTES_PER_CHORD];
            addNote(mix, i * beat, chord[PATTERN[i % NOTES_PER_CHORD]], 1.6);
            if (i % NOTES_PER_CHORD == 0) {
                addNote(mix, i * beat, chord[0] - 12, 3);
            }
        }
        var samples = new short[mix.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.clamp(Math.round(mix[i]), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return new Clip(samples);
    }

    /** A plucked note that rings on into the next ones, and over the end into the beginning. */
    private static void addNote(double[] mix, int at, int semitones, double seconds) {
        double hz = 220 * Math.pow(2, semitones / 12.0);
        int length = (int) (seconds * Codec.RATE);
        for (int i = 0; i < length; i++) {
            double time = (double) i / Codec.RATE;
            double attack = Math.min(1, time / 0.012);
            double release = Math.min(1, (seconds - time) / 0.08);
            double decay = Math.exp(-2.2 * time);
            double wave = 0;
            for (int k = 0; k < OVERTONES.length; k++) {
                wave += OVERTONES[k] * Math.sin(2 * Math.PI * hz * (k + 1) * time);
            }
            mix[(at + i) % mix.length] += LOUDNESS * attack * release * decay * wave;
        }
    }
}
