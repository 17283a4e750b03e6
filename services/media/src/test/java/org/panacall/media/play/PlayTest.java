// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.Spectrum;

class PlayTest {

    private final int[] sums = new int[160];

    private boolean frame(Play play) {
        Arrays.fill(sums, 0);
        return play.addFrame(sums);
    }

    private static Item clip(int length, int value) {
        var samples = new short[length];
        Arrays.fill(samples, (short) value);
        return Item.of(new Clip(samples));
    }

    @Test
    void promptsFollowEachOtherWithoutAGap() {
        // Given
        var play = new Play("play", List.of(clip(100, 1), clip(100, 2)), false, false);

        // When, Then
        assertTrue(frame(play));
        assertEquals(1, sums[99]);
        assertEquals(2, sums[100]);
        assertTrue(frame(play));
        assertEquals(2, sums[39]);
        assertEquals(0, sums[40]);
        assertFalse(frame(play));
    }

    @Test
    void aPlayWaitsForAPromptThatIsLoading() {
        // Given
        var loading = new Item();
        var play = new Play("play", List.of(clip(80, 1), loading), false, false);
        assertTrue(frame(play));
        assertTrue(frame(play));
        assertEquals(0, sums[0]);

        // When
        loading.fill(new Clip(new short[] {7}));

        // Then
        assertTrue(frame(play));
        assertEquals(7, sums[0]);
        assertFalse(frame(play));
    }

    @Test
    void aRepeatedPlayBeginsAgainAndNeverHoldsTheThread() {
        var play = new Play("play", List.of(clip(100, 1), clip(0, 0)), true, false);
        for (int i = 0; i < 50; i++) {
            assertTrue(frame(play));
            assertEquals(1, sums[159]);
        }
        var nothing = new Play("play", List.of(clip(0, 0)), true, false);
        assertTrue(frame(nothing));
    }

    @Test
    void aPlayHasFailedWhenNothingCouldBeGiven() {
        var missing = new Item();
        missing.substitute(new Silence(1));
        assertTrue(new Play("play", List.of(missing), false, false).failed());
        assertFalse(new Play("play", List.of(missing, clip(1, 1)), false, false).failed());
    }

    @Test
    void aToneHasItsFrequenciesAndItsCadence() {
        // Given
        var tone = new Tone(350, 440, 8000, 8000);
        var sounding = new int[8000];
        var pausing = new int[8000];

        // When
        tone.addTo(sounding, 0, 0, 8000);
        tone.addTo(pausing, 0, 8000, 8000);

        // Then
        assertEquals(16_000, tone.length());
        assertEquals(5066, Spectrum.amplitude(shorts(sounding), 350), 100);
        assertEquals(5066, Spectrum.amplitude(shorts(sounding), 440), 100);
        assertEquals(0, Spectrum.level(shorts(pausing)));
        assertThrows(IllegalArgumentException.class, () -> new Tone(4000, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Tone(400, 0, 0, 1));
    }

    private static short[] shorts(int[] values) {
        var shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = (short) values[i];
        }
        return shorts;
    }
}
