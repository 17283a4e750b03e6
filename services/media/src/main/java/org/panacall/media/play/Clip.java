// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.play;

/** Recorded or synthesised audio: 16 bit linear at 8 kHz. The array is never written again. */
public record Clip(short[] samples) implements Sound {

    @Override
    public int length() {
        return samples.length;
    }

    @Override
    public void addTo(int[] sums, int at, int position, int count) {
        for (int i = 0; i < count; i++) {
            sums[at + i] += samples[position + i];
        }
    }
}
