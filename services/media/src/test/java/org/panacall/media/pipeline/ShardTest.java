// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;
import org.panacall.media.rtp.Remote;

/** Whose packets are heard, what is told, what ends by itself. */
class ShardTest {

    private final Studio studio = new Studio();

    private long count(String notice) {
        return studio.notices.stream().filter(line -> line.contains(notice)).count();
    }

    private static Play play(String id, Tone tone) {
        return new Play(id, List.of(Item.of(tone)), true, true);
    }

    @Test
    void aStrangerIsNotHeardNotAnsweredAndCounted() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", a, b);

        // When
        var stranger = studio.stranger("x", 6000, Codec.PCMA).says(1900);
        stranger.ssrc = a.ssrc;
        studio.run(3000);

        // Then
        assertTrue(b.hears(400) > 3500);
        assertTrue(b.hears(1900) < 60);
        assertEquals(0, stranger.packets.size());
        assertTrue(studio.counters.strangers.value() > 120);
    }

    @Test
    void aSecondSourceFromTheRightAddressIsNotMixed() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", a, b);
        studio.run(200);

        // When
        for (int i = 0; i < 150; i++) {
            studio.run(20);
            a.ssrc = 77;
            a.send(8, false, new byte[160]);
            a.ssrc = 5000;
        }

        // Then
        assertTrue(b.hears(400) > 3500);
        var measured = studio.shard.close("a", studio.now).orElseThrow();
        assertEquals(150, measured.packets().strangers());
    }

    @Test
    void heldPacketsAreHeardWhenTheAddressBecomesKnownInTime() {
        // Given
        studio.open("a");
        var a = studio.stranger("a", 5000, Codec.PCMA).says(400);
        studio.run(100);

        // When
        studio.shard.configure("a", a.settings(), studio.now);

        // Then
        assertEquals(1, count("AudioStarted"));
        assertEquals(5, studio.counters.held.value());
        studio.run(400);
        assertEquals(0, studio.counters.strangers.value());
    }

    @Test
    void ofTwoLegsAtOneAddressTheLaterWins() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        studio.shard.play("a", play("old", Tone.endless(425, 0)), studio.now);
        studio.run(200);

        // When
        studio.open("b");
        studio.shard.configure("b", a.settings(), studio.now);
        a.packets.clear();
        studio.run(1000);

        // Then
        assertEquals(1, a.packets.stream().map(p -> p[8] << 8 | p[9]).distinct().count());
        assertEquals(50, a.packets.size(), 1);
        assertTrue(a.hears(425) < 60);
        assertEquals(1, count("b AudioStarted"));
    }

    @Test
    void aPartyThatMovesIsHeardFromItsNewPortAndDrainedAtTheOld() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", a, b);
        studio.run(500);

        // When
        var moved = studio.stranger("a", 5100, Codec.PCMA).says(1000);
        studio.shard.configure("a", moved.settings(), studio.now);
        studio.run(1900);

        // Then
        assertTrue(b.hears(1000) > 3500);
        assertTrue(b.hears(400) < 60);
        assertEquals(0, studio.counters.strangers.value());
        assertTrue(studio.counters.drained.value() > 80);
        studio.run(2000);
        assertTrue(studio.counters.strangers.value() > 0);
    }

    @Test
    void aLegThatIsNotListenedToIsNeitherHeardNorMissed() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        var b = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", a, b);
        var plain = a.settings();
        var held =
                new LegSettings(
                        plain.codec(),
                        plain.payloadTypes(),
                        plain.rtp(),
                        plain.rtcp(),
                        new LegSettings.Directions(false, false));

        // When
        studio.shard.configure("a", held, studio.now);
        a.packets.clear();
        studio.run(40_000);

        // Then
        assertTrue(b.hears(400) < 60);
        assertEquals(0, a.packets.size());
        assertEquals(0, count("a AudioStopped"));
    }

    @Test
    void legsNobodyCaresForAreClosed() {
        // Given
        studio.open("never configured");
        studio.party("forgotten", 5000, Codec.PCMA);

        // When
        studio.run(301_000);

        // Then
        assertFalse(studio.shard.knows("never configured"));
        assertTrue(studio.shard.knows("forgotten"));
        studio.run(3_310_000);
        assertEquals(0, studio.shard.size());
        assertEquals(2, count("LegClosed"));
    }

    @Test
    void aKeyEndsThePlayWithinOneFrame() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        studio.shard.play("a", play("menu", Tone.endless(425, 0)), studio.now);
        studio.run(1000);
        assertTrue(a.hears(425) > 3500);

        // When
        a.key(5, 160, false);
        a.packets.clear();
        studio.run(20);

        // Then
        assertEquals(1, a.packets.size());
        assertEquals(0, org.panacall.media.Spectrum.level(a.heard(1)), 10);
        var keyThenEnd = studio.notices.subList(1, 3).toString();
        assertTrue(keyThenEnd.matches(".*KeyPressed.key=5.*BARGED_IN.*"), keyThenEnd);
    }

    @Test
    void everyPlayEndsOnce() {
        // Given
        studio.party("a", 5000, Codec.PCMA);
        var tone = new Tone(425, 0, 800, 0);
        studio.shard.play("a", new Play("1", List.of(Item.of(tone)), false, false), studio.now);
        studio.run(200);
        studio.shard.play("a", play("2", tone), studio.now);
        studio.run(200);
        studio.shard.play("a", play("2", tone), studio.now);

        // When
        studio.shard.play("a", play("3", tone), studio.now);
        studio.shard.close("a", studio.now);

        // Then
        var ends = studio.notices.stream().filter(n -> n.contains("PromptsEnded")).toList();
        assertEquals(
                "[a PromptsEnded[playId=1, outcome=COMPLETED, recorded=Optional.empty],"
                        + " a PromptsEnded[playId=2, outcome=STOPPED, recorded=Optional.empty],"
                        + " a PromptsEnded[playId=3, outcome=STOPPED, recorded=Optional.empty]]",
                ends.toString());
    }

    @Test
    void aKeyHeldByOnePartyIsHeldForTheOther() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        var b = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", a, b);

        // When
        for (int i = 1; i <= 25; i++) {
            a.key(9, 160 * i, false);
            studio.run(20);
        }
        a.key(9, 160 * 25, true);
        studio.run(200);

        // Then
        var last = b.events().getLast();
        int held = (last[14] & 0xff) << 8 | last[15] & 0xff;
        assertEquals(160 * 25, held, 480);
        assertEquals(3, b.events().stream().filter(event -> event[13] < 0).count());
        assertEquals(1, b.events().stream().filter(event -> event[1] < 0).count());
    }

    @Test
    void twoKeysInQuickSuccessionAreTwoKeysForTheOther() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        var b = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", a, b);

        // When
        for (int key = 1; key <= 2; key++) {
            for (int i = 1; i <= 4; i++) {
                a.key(key, 160 * i, i == 4);
                studio.run(20);
            }
            a.timestamp += 1000;
        }
        studio.run(500);

        // Then
        var keys = b.events().stream().map(event -> (int) event[12]).toList();
        assertEquals(List.of(1, 2), keys.stream().distinct().toList());
        assertTrue(
                b.events().stream().allMatch(event -> (event[15] & 0xff | event[14] << 8) < 900));
    }

    @Test
    void reportsOnTheRtpPortAreNoAudio() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        studio.run(200);

        // When
        var report = java.nio.ByteBuffer.allocate(28).put(0, (byte) 0x80).put(1, (byte) 200);
        studio.shard.onRtp(report.putShort(2, (short) 6), a.remote.key(), studio.now);

        // Then
        var packets = studio.shard.close("a", studio.now).orElseThrow().packets();
        assertEquals(0, packets.strangers());
        assertEquals(10, packets.received());
    }

    @Test
    void keysForAPartyWithoutEventsAreTones() {
        // Given
        var a = studio.stranger("a", 5000, Codec.PCMA);
        studio.open("a");
        var types = new LegSettings.PayloadTypes(8, 0);
        var plain = a.settings();
        var both = new LegSettings.Directions(true, true);
        studio.shard.configure(
                "a",
                new LegSettings(Codec.PCMA, types, plain.rtp(), plain.rtcp(), both),
                studio.now);

        // When
        studio.shard.sendKeys("a", new int[] {5}, studio.now);
        studio.run(100);

        // Then
        var tone = a.heard(5);
        assertTrue(org.panacall.media.Spectrum.amplitude(tone, 770) > 3000);
        assertTrue(org.panacall.media.Spectrum.amplitude(tone, 1336) > 3000);
    }

    @Test
    void reportsGoOutEveryFiveSecondsAndStrangersReportsAreIgnored() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);

        // When
        studio.run(21_000);
        var bogus = java.nio.ByteBuffer.allocate(64);
        studio.shard.onRtcp(bogus, Remote.of("127.0.0.1", 9999).key(), studio.now);

        // Then
        assertEquals(4, a.reports.size(), 1);
        assertEquals((byte) 200, a.reports.getFirst()[1]);
        assertEquals(1, studio.counters.strangers.value());
    }

    @Test
    void packetTimesFromTenToSixtyMillisecondsAreHeard() {
        for (int samples : new int[] {80, 160, 240, 320, 480}) {
            // Given
            var each = new Studio();
            var a = each.party("a", 5000, Codec.PCMA);
            var b = each.party("b", 5002, Codec.PCMA);
            each.conference("bridge", a, b);
            int at = 0;

            // When
            for (int frame = 0; frame < 200; frame++) {
                for (; at < frame * 160; at += samples) {
                    var payload = new byte[samples];
                    for (int i = 0; i < samples; i++) {
                        double wave = Math.sin(2 * Math.PI * 400 * (at + i) / 8000);
                        payload[i] = Codec.PCMA.encode((int) (4000 * wave));
                    }
                    a.send(8, false, payload);
                    a.timestamp += samples;
                }
                each.run(20);
            }

            // Then
            assertTrue(b.hears(400) > 3800, samples + ": " + b.hears(400));
        }
    }
}
