// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.Spectrum;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.pipeline.Studio.Party;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Silence;

/** Who hears whom, how loud, measured by frequency. */
class MatrixTest {

    private static final double AUDIBLE = 3500;
    private static final double INAUDIBLE = 60;

    private final Studio studio = new Studio();

    private static void assertHears(Party party, int hz) {
        assertTrue(party.hears(hz) > AUDIBLE, party.leg + " hears " + hz + ": " + party.hears(hz));
    }

    private static void assertDeaf(Party party, int hz) {
        assertTrue(party.hears(hz) < INAUDIBLE, party.leg + " hears " + party.hears(hz));
    }

    @Test
    void aLostPacketIsTheLastOneFading() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMU);
        studio.conference("bridge", a, b);
        studio.run(1000);

        // When
        a.says(0);
        a.timestamp += 160;
        a.sequence++;
        studio.run(20);
        a.says(400);
        studio.run(200);

        // Then
        var heard = b.heard(11);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 11; i++) {
            var frame = Arrays.copyOfRange(heard, i * 160, i * 160 + 160);
            least = Math.min(least, Spectrum.amplitude(frame, 400));
        }
        assertEquals(2000, least, 100);
        assertEquals(1, studio.shard.close("a", studio.now).orElseThrow().packets().lost());
    }

    @Test
    void twoPartiesOfOneCodecHearEachOtherWithoutDecoding() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA).says(1000);

        // When
        studio.conference("bridge", a, b);
        studio.run(3000);

        // Then
        assertHears(a, 1000);
        assertHears(b, 400);
        assertDeaf(a, 400);
        assertDeaf(b, 1000);
        assertEquals(0, studio.counters.mixed.value());
        assertTrue(studio.counters.passedThrough.value() > 200);
    }

    @Test
    void passingThroughAndMixingSoundTheSame() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA);
        var c = studio.party("c", 5004, Codec.PCMA);
        studio.shard.setMatrix(
                "bridge",
                List.of(
                        new Matrix.Cell("b", "a", Gain.UNITY),
                        new Matrix.Cell("c", "a", Gain.UNITY)),
                studio.now);
        var silence = Item.of(new Silence(Integer.MAX_VALUE));
        studio.shard.play("c", new Play("play", List.of(silence), false, false), studio.now);

        // When
        studio.run(3000);

        // Then
        assertTrue(studio.counters.mixed.value() > 100);
        assertTrue(studio.counters.passedThrough.value() > 100);
        assertArrayEquals(b.heard(100), c.heard(100));
    }

    @Test
    void lawsAreTranslated() {
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMU).says(1000);
        studio.conference("bridge", a, b);
        studio.run(3000);
        assertHears(a, 1000);
        assertHears(b, 400);
    }

    @Test
    void sixInAConferenceHearTheOthersAndNotThemselves() {
        // Given
        int[] tones = {400, 700, 1000, 1300, 1600, 1900};
        var all = new Party[tones.length];
        for (int i = 0; i < tones.length; i++) {
            var codec = i % 2 == 0 ? Codec.PCMA : Codec.PCMU;
            all[i] = studio.party("p" + i, 5000 + 2 * i, codec).says(tones[i]);
        }

        // When
        studio.conference("bridge", all);
        studio.run(3000);

        // Then
        for (int i = 0; i < tones.length; i++) {
            for (int k = 0; k < tones.length; k++) {
                if (i == k) {
                    assertDeaf(all[i], tones[k]);
                } else {
                    assertHears(all[i], tones[k]);
                }
            }
        }
    }

    @Test
    void aSupervisorWhispersToOneOnly() {
        // Given
        var patient = studio.party("patient", 5000, Codec.PCMA).says(400);
        var agent = studio.party("agent", 5002, Codec.PCMA).says(1000);
        var supervisor = studio.party("supervisor", 5004, Codec.PCMA).says(1900);

        // When
        studio.shard.setMatrix(
                "bridge",
                List.of(
                        new Matrix.Cell("patient", "agent", Gain.UNITY),
                        new Matrix.Cell("agent", "patient", Gain.UNITY),
                        new Matrix.Cell("agent", "supervisor", Gain.UNITY),
                        new Matrix.Cell("supervisor", "agent", Gain.UNITY),
                        new Matrix.Cell("supervisor", "patient", Gain.UNITY)),
                studio.now);
        studio.run(3000);

        // Then
        assertHears(patient, 1000);
        assertDeaf(patient, 1900);
        assertHears(agent, 400);
        assertHears(agent, 1900);
        assertHears(supervisor, 400);
        assertHears(supervisor, 1000);
        assertDeaf(supervisor, 1900);
    }

    @Test
    void keysGoToThePartnerThoughASupervisorListens() {
        // Given
        var patient = studio.party("patient", 5000, Codec.PCMA);
        var agent = studio.party("agent", 5002, Codec.PCMA);
        var supervisor = studio.party("supervisor", 5004, Codec.PCMA);
        studio.shard.setMatrix(
                "bridge",
                List.of(
                        new Matrix.Cell("patient", "agent", Gain.UNITY),
                        new Matrix.Cell("agent", "patient", Gain.UNITY),
                        new Matrix.Cell("supervisor", "agent", Gain.UNITY),
                        new Matrix.Cell("supervisor", "patient", Gain.UNITY)),
                studio.now);

        // When
        patient.key(4, 160, false);
        patient.key(4, 320, true);
        studio.run(400);

        // Then
        assertTrue(agent.events().size() >= 3);
        assertEquals(0, supervisor.events().size());
        assertEquals(0, patient.events().size());
    }

    @Test
    void gainsAreDecibels() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA);

        // When
        int gain = Gain.ofDecibels(-20);
        studio.shard.setMatrix("bridge", List.of(new Matrix.Cell("b", "a", gain)), studio.now);
        studio.run(3000);

        // Then
        assertEquals(400, b.hears(400), 20);
        assertDeaf(a, 400);
    }

    @Test
    void aLegThatIsNamedInAnotherBridgeLeavesTheFirst() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA).says(1000);
        var c = studio.party("c", 5004, Codec.PCMA).says(1900);
        studio.conference("first", a, b);
        studio.run(1000);

        // When
        studio.conference("second", b, c);
        studio.run(3000);

        // Then
        assertDeaf(a, 1000);
        assertHears(b, 1900);
        assertDeaf(b, 400);
    }

    @Test
    void anEmptyMatrixSilencesAndAnUnknownLegChangesNothing() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA).says(1000);
        studio.conference("bridge", a, b);
        var wrong = List.of(new Matrix.Cell("a", "nobody", Gain.UNITY));
        assertFalse(studio.shard.setMatrix("bridge", wrong, studio.now));
        studio.run(2000);
        assertHears(a, 1000);

        // When
        assertTrue(studio.shard.setMatrix("bridge", List.of(), studio.now));
        studio.run(2000);

        // Then
        assertEquals(0, Spectrum.level(a.heard(50)), 10);
        assertEquals(0, Spectrum.level(b.heard(50)), 10);
    }

    @Test
    void theStreamIsOneWhateverItIsMadeOf() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMU).says(1000);

        // When
        studio.run(100);
        studio.conference("bridge", a, b);
        studio.run(500);
        studio.shard.sendKeys("a", new int[] {1, 2}, studio.now);
        studio.run(1000);
        var tone = Item.of(org.panacall.media.play.Tone.endless(425, 0));
        studio.shard.play("a", new Play("play", List.of(tone), false, false), studio.now);
        studio.run(500);

        // Then
        var first = java.nio.ByteBuffer.wrap(a.packets.getFirst());
        int sequence = first.getShort(2);
        int frames = -1;
        for (var bytes : a.packets) {
            var packet = java.nio.ByteBuffer.wrap(bytes);
            assertEquals((short) sequence++, packet.getShort(2));
            assertEquals(first.getInt(8), packet.getInt(8));
            int elapsed = packet.getInt(4) - first.getInt(4);
            assertEquals(0, elapsed % 160);
            assertTrue(elapsed / 160 >= frames || (bytes[1] & 0x7f) == Studio.EVENTS);
            frames = Math.max(frames, elapsed / 160);
        }
        assertEquals(2100 / 20 - 1, frames, 1);
    }
}
