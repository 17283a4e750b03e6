// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.Spectrum;
import org.panacall.media.codec.Codec;
import org.panacall.media.pipeline.Notice.SpeechOutcome;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;
import org.panacall.media.tap.Ear;

/** When a party is taken to speak, what is kept of it, and when nobody listens any more. */
class ListeningTest {

    private static final int PATIENCE = 250;
    private static final int LONGEST = 150;

    private final Studio studio = new Studio();
    private final Hearer hearer = new Hearer();

    /** Remembers what it is told. */
    private static final class Hearer implements Ear.Owner {

        private short[] said = {};
        private int overs;
        private boolean cutOff;

        @Override
        public void said(Ear ear) {
            assertEquals(0, said.length, "an ear hears once");
            cutOff = ear.cutOff();
            said = ear.samples();
        }

        @Override
        public void over(Ear ear) {
            overs++;
        }

        private double seconds() {
            return (double) said.length / Codec.RATE;
        }
    }

    /** Plays a tone to the leg and listens to it. */
    private Ear listen(String playId, int toneMilliseconds) {
        var ear = new Ear(PATIENCE, LONGEST, hearer);
        var tone = Item.of(new Tone(1000, 0, toneMilliseconds * 8, 0));
        var taps = new Play.Taps(null, ear);
        studio.shard.play("a", new Play(playId, List.of(tone), false, true, taps), studio.now);
        return ear;
    }

    private long began() {
        return studio.told.stream()
                .filter(Notice.SpeechNoticed.class::isInstance)
                .map(Notice.SpeechNoticed.class::cast)
                .filter(noticed -> noticed.outcome() == SpeechOutcome.BEGAN)
                .count();
    }

    private List<Notice.Outcome> ends() {
        return studio.told.stream()
                .filter(Notice.PromptsEnded.class::isInstance)
                .map(notice -> ((Notice.PromptsEnded) notice).outcome())
                .toList();
    }

    @Test
    void whatIsSaidAfterThePromptsIsKeptFromItsFirstLetterOn() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMU);
        listen("play", 400);
        studio.run(1000);

        // When
        a.says(440);
        studio.run(1200);
        a.says(0);
        studio.run(600);
        assertEquals(0, hearer.said.length);
        studio.run(400);

        // Then
        assertEquals(1, began());
        assertEquals(List.of(Notice.Outcome.COMPLETED), ends());
        assertEquals(1.2 + 0.7 + 0.5, hearer.seconds(), 0.3);
        assertFalse(hearer.cutOff);
        var middle = new short[4000];
        System.arraycopy(hearer.said, 7000, middle, 0, middle.length);
        assertTrue(Spectrum.amplitude(middle, 440) > 3500);
        assertEquals(0, hearer.overs);
    }

    @Test
    void aVoiceStopsThePromptsAsAKeyWould() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        listen("play", 60_000);
        studio.run(1000);

        // When
        a.says(440);
        studio.run(600);

        // Then
        assertEquals(1, began());
        assertEquals(List.of(Notice.Outcome.BARGED_IN), ends());
    }

    @Test
    void aCoughAndANoiseThatIsAlwaysThereAreNoSpeech() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        a.says(300);
        studio.run(100);
        listen("noise", 100);

        // When
        studio.run(3000);
        a.says(0);
        studio.run(1000);
        listen("cough", 100);
        studio.run(500);
        a.says(440);
        studio.run(80);
        a.says(0);
        studio.run(3000);

        // Then
        assertEquals(0, began());
    }

    @Test
    void aKeyIsFaster() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        var ear = listen("play", 400);
        studio.run(1000);
        a.says(440);
        studio.run(400);
        assertEquals(1, began());

        // When
        a.key(5, 160, false);
        studio.run(3000);

        // Then
        assertTrue(ear.cancelled());
        assertEquals(1, hearer.overs);
        assertEquals(0, hearer.said.length);
    }

    @Test
    void aKeyIsFasterStillWhenWordsAreBeingLookedFor() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        var ear = listen("play", 100);
        studio.run(500);
        a.says(440);
        studio.run(500);
        a.says(0);
        studio.run(1000);
        assertTrue(hearer.said.length > 0);

        // When
        a.key(5, 160, false);

        // Then
        assertTrue(ear.cancelled());
        assertEquals(0, hearer.overs);
    }

    @Test
    void whoSaysNothingIsListenedToForAWhileOnly() {
        // Given
        studio.party("a", 5000, Codec.PCMA);
        listen("play", 3000);

        // When
        studio.run(3000 + PATIENCE * 20 - 200);
        assertEquals(0, hearer.overs);
        studio.run(400);

        // Then
        assertEquals(1, hearer.overs);
        assertEquals(0, began());
    }

    @Test
    void whoNeverStopsIsCutOff() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        listen("play", 100);
        studio.run(500);

        // When
        a.says(440);
        studio.run(LONGEST * 20 + 400);

        // Then
        assertEquals((LONGEST + 37) / 50.0, hearer.seconds(), 0.3);
        assertTrue(hearer.cutOff);
        var end = new short[4000];
        System.arraycopy(hearer.said, hearer.said.length - 4000, end, 0, 4000);
        assertTrue(Spectrum.amplitude(end, 440) > 3500);
    }

    @Test
    void theNextPlayATalkAndTheEndOfTheLegEndIt() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        var b = studio.party("b", 5002, Codec.PCMA);

        // When, Then
        listen("first", 100);
        listen("second", 100);
        assertEquals(1, hearer.overs);
        studio.shard.stopPlay("a", "second", studio.now);
        assertEquals(2, hearer.overs);
        listen("third", 100);
        studio.conference("bridge", a, b);
        assertEquals(3, hearer.overs);
        listen("fourth", 100);
        studio.shard.close("a", studio.now);
        assertEquals(4, hearer.overs);
    }

    @Test
    void thePlayThatIsAskedForAgainHasItsEarAlready() {
        // Given
        studio.party("a", 5000, Codec.PCMA);
        var ear = listen("play", 400);

        // When
        var second = listen("play", 400);

        // Then
        assertTrue(second.cancelled());
        assertFalse(ear.cancelled());
    }
}
