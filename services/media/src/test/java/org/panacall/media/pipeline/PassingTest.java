// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.media.Spectrum;
import org.panacall.media.codec.Codec;
import org.panacall.media.pipeline.Studio.Party;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/** Packets of a talk of two, passed on as they come: when they leave, and how they are numbered. */
class PassingTest {

    private final Studio studio = new Studio();
    private Party anna;
    private Party boris;

    @BeforeEach
    void join() {
        anna = studio.party("a", 5000, Codec.PCMA);
        boris = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", anna, boris);
        studio.run(100);
    }

    @Test
    void aPacketLeavesWithoutWaitingForTheFrame() {
        // Given
        int before = boris.packets.size();
        // When
        anna.says(400).speakFrame();
        // Then
        assertEquals(before + 1, boris.packets.size());
    }

    @Test
    void noFrameIsSentTwice() {
        // Given
        anna.says(400);
        studio.run(200);
        int before = boris.packets.size();
        // When
        studio.run(1000);
        // Then
        assertEquals(50, boris.packets.size() - before);
        assertContinuous(boris.packets);
    }

    @Test
    void silenceTakesOverWhenTheSpeakerFallsSilent() {
        // Given
        anna.says(400);
        studio.run(200);
        int before = boris.packets.size();
        // When
        anna.says(0);
        studio.run(1000);
        // Then
        assertTrue(boris.packets.size() - before >= 45, "sent " + boris.packets.size());
        assertTrue(boris.hears(400) < 1000);
        assertContinuous(boris.packets);
    }

    @Test
    void aPlayInterruptsTheTalkAndTheTalkGoesOn() {
        // Given
        anna.says(400);
        studio.run(200);
        // When
        var tone = Item.of(new Tone(1000, 0, 4000, 0));
        studio.shard.play("b", new Play("play", List.of(tone), false, false), studio.now);
        studio.run(400);
        // Then
        assertTrue(Spectrum.amplitude(boris.heard(10), 1000) > 1000);
        studio.run(2000);
        assertTrue(boris.hears(400) > 3500);
        assertTrue(boris.hears(1000) < 60);
        assertContinuous(boris.packets);
    }

    @Test
    void whatIsLostOnTheWayHereIsMissingInTheNumbersToo() {
        // Given
        anna.says(400);
        studio.run(200);
        int before = boris.packets.size();
        // When
        anna.skipFrame();
        anna.speakFrame();
        // Then
        assertEquals(before + 1, boris.packets.size());
        assertEquals(2, step(boris.packets, before));
        assertContinuous(boris.packets);
    }

    @Test
    void anOvertakenPacketFillsItsHoleOnce() {
        // Given
        anna.says(400);
        studio.run(200);
        int before = boris.packets.size();
        anna.skipFrame();
        anna.speakFrame();
        // When
        anna.back(2).speakFrame();
        anna.back(1).speakFrame();
        // Then
        assertEquals(before + 2, boris.packets.size());
        assertEquals(-1, step(boris.packets, before + 1));
        assertContinuous(boris.packets);
    }

    @Test
    void aPacketFromBeforeIsLeftOut() {
        // Given
        anna.says(400);
        studio.run(200);
        int before = boris.packets.size();
        // When
        anna.back(1).speakFrame();
        anna.back(3).speakFrame();
        // Then
        assertEquals(before, boris.packets.size());
    }

    @Test
    void onePacketForEverIsNoTalk() {
        // Given
        anna.says(400);
        studio.run(200);
        anna.says(0);
        int before = boris.packets.size();
        // When
        for (int i = 0; i < 50; i++) {
            anna.back(1).speakFrame();
            studio.run(20);
        }
        // Then
        assertTrue(boris.packets.size() - before >= 45, "sent " + boris.packets.size());
        assertContinuous(boris.packets);
    }

    @Test
    void aStrangerBesideTheSpeakerIsNotPassedOn() {
        // Given
        anna.says(400);
        studio.run(200);
        int before = boris.packets.size();
        int own = anna.ssrc;
        // When
        anna.ssrc = 666;
        anna.speakFrame();
        anna.ssrc = own;
        // Then
        assertEquals(before, boris.packets.size());
        studio.run(1000);
        assertEquals(1, studio.shard.close("a", studio.now).orElseThrow().packets().strangers());
    }

    @Test
    void aKeyOfTheSpeakerReachesTheOtherOnceAndTheTalkGoesOn() {
        // Given
        anna.says(400);
        studio.run(200);
        // When
        anna.says(0);
        for (int duration = 160; duration <= 800; duration += 160) {
            anna.key(5, duration, false);
            studio.run(20);
        }
        anna.key(5, 800, true);
        anna.timestamp += 800;
        anna.says(400);
        studio.run(2000);
        // Then
        var times = new HashSet<Integer>();
        boris.events().forEach(event -> times.add(ByteBuffer.wrap(event).getInt(4)));
        assertEquals(1, times.size());
        assertTrue(boris.hears(400) > 3500);
        assertContinuous(boris.packets);
    }

    @Test
    void whatIsPassedOnIsMeasuredAllTheSame() {
        // Given
        anna.says(400);
        studio.run(200);
        anna.skipFrame();
        // When
        studio.run(1800);
        // Then
        var measured = studio.shard.close("a", studio.now).orElseThrow();
        assertEquals(1, measured.packets().lost());
        assertTrue(measured.mos() > 3, "mos " + measured.mos());
        assertTrue(studio.counters.passedThrough.value() > 90);
    }

    @Test
    void aBurstDoesNotDelayTheTalkForEver() {
        // Given
        anna.says(400);
        studio.run(200);
        // When
        for (int i = 0; i < 50; i++) {
            anna.speakFrame();
        }
        studio.run(2000);
        // Then
        var last = ByteBuffer.wrap(boris.packets.getLast()).getInt(4);
        var first = ByteBuffer.wrap(boris.packets.getFirst()).getInt(4);
        assertTrue(last - first <= (2300 + 100) * 8, "ahead by " + (last - first - 2300 * 8));
        assertContinuous(boris.packets);
    }

    @Test
    void theStreamIsOneWhateverComesInWhateverOrder() {
        Seeds.run(PassingTest::oneStream);
    }

    private static void oneStream(long seed) {
        var dice = new Dice(seed);
        var studio = new Studio();
        var anna = studio.party("a", 5000, Codec.PCMA);
        var boris = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", anna, boris);
        for (int step = 0; step < 300; step++) {
            switch (dice.below(9)) {
                case 0 -> anna.timestamp += dice.below(20_000) - 10_000;
                case 1 -> anna.sequence += dice.below(10) - 5;
                case 2 -> anna.ssrc = dice.below(3);
                case 3 -> studio.shard.sendKeys("b", new int[] {dice.below(16)}, studio.now);
                case 4 -> {
                    var tone = Item.of(new Tone(1000, 0, 1 + dice.below(4000), 0));
                    var play = new Play("play_" + step, List.of(tone), false, false);
                    studio.shard.play("b", play, studio.now);
                }
                case 5 -> studio.conference("bridge", anna, boris);
                case 6 -> studio.shard.configure("b", boris.settings(), studio.now);
                case 7 -> anna.says(dice.below(2) * 400);
                default -> anna.speakFrame();
            }
            studio.run(2 * dice.below(60));
        }
        assertContinuous(boris.packets);
    }

    /** How far the number of a packet is from the one before. */
    private static int step(List<byte[]> packets, int at) {
        int before = ByteBuffer.wrap(packets.get(at - 1)).getShort(2);
        return (short) (ByteBuffer.wrap(packets.get(at)).getShort(2) - before);
    }

    /** No number comes twice or far from its time, and in their order audio never goes back. */
    private static void assertContinuous(List<byte[]> packets) {
        var inOrder = new TreeMap<Integer, ByteBuffer>();
        int newest = 0;
        for (int i = 0; i < packets.size(); i++) {
            int number = newest + (i == 0 ? 0 : step(packets, i));
            assertTrue(Math.abs(number - newest) <= 64, "far from " + newest + ": " + number);
            assertNull(inOrder.put(number, ByteBuffer.wrap(packets.get(i))), "twice " + number);
            newest = number;
        }
        int ssrc = ByteBuffer.wrap(packets.getFirst()).getInt(8);
        int reached = ByteBuffer.wrap(packets.getFirst()).getInt(4);
        for (var packet : inOrder.values()) {
            assertEquals(ssrc, packet.getInt(8));
            if ((packet.get(1) & 0x7f) != Studio.EVENTS) {
                assertTrue(packet.getInt(4) - reached >= 0, "back in time");
                reached = packet.getInt(4) + Codec.FRAME;
            }
        }
    }
}
