// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.play;

import org.panacall.media.codec.Codec;

/**
 * One or two sine waves for {@code on} samples, then {@code off} samples of nothing.
 *
 * @param secondHz 0 for a single wave
 */
public record Tone(int firstHz, int secondHz, int on, int off) implements Sound {

    /** One second of 1 Hz: every whole frequency is a stride through it. */
    private static final short[] SINE = sine();

    /** Softens what would be a click, 4 ms. */
    private static final int RAMP = 32;

    private static final int HZ_MAX = Codec.RATE / 2;

    public Tone {
        if (firstHz < 1 || firstHz >= HZ_MAX || secondHz < 0 || secondHz >= HZ_MAX) {
            throw new IllegalArgumentException("a tone has 1 to 3999 Hz");
        }
        if (on <= 0 || off < 0) {
            throw new IllegalArgumentException("a tone must sound for a while");
        }
    }

    /** Two waves until somebody stops them. */
    public static Tone endless(int firstHz, int secondHz) {
        return new Tone(firstHz, secondHz, Integer.MAX_VALUE, 0);
    }

    @Override
    public int length() {
        return on == Integer.MAX_VALUE ? on : on + off;
    }

    @Override
    public void addTo(int[] sums, int at, int position, int count) {
        int audible = Math.min(count, on - position);
        for (int i = 0; i < audible; i++) {
            int p = position + i;
            int wave = SINE[(int) ((long) p * firstHz % Codec.RATE)];
            if (secondHz > 0) {
                wave = (wave + SINE[(int) ((long) p * secondHz % Codec.RATE)]) * 2 / 3;
            }
            int edge = off == 0 ? p : Math.min(p, on - 1 - p);
            sums[at + i] += edge < RAMP ? wave * edge / RAMP : wave;
        }
    }

    private static short[] sine() {
        var table = new short[Codec.RATE];
        for (int i = 0; i < table.length; i++) {
            // About -12 dBm0, as call progress tones should be.
            table[i] = (short) Math.round(7600 * Math.sin(2 * Math.PI * i / Codec.RATE));
        }
        return table;
    }
}
