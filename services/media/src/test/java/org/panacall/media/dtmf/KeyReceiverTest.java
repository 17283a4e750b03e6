// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.rtp.RtpPacket;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/** One press, one key: whatever the network does to RFC 4733 events. */
class KeyReceiverTest {

    private static final long MS = 1_000_000;

    private final KeyReceiver receiver = new KeyReceiver();
    private final List<Integer> heard = new ArrayList<>();
    private long now = 1000 * MS;

    private record Event(int code, int timestamp, int duration, boolean marker, boolean end) {}

    private void take(Event event) {
        var packet = ByteBuffer.allocate(16);
        packet.put((byte) 0x80).put((byte) (event.marker() ? 101 | 0x80 : 101)).putShort((short) 1);
        packet.putInt(event.timestamp()).putInt(7);
        packet.put((byte) event.code()).put((byte) (event.end() ? 0x8a : 10));
        packet.putShort((short) event.duration());
        var header = new RtpPacket();
        assertTrue(header.read(packet.flip()));
        int key = receiver.take(packet, header, now);
        if (key != Key.NONE) {
            heard.add(key);
        }
        now += 20 * MS;
    }

    /** Five packets and three ends, as phones send them. */
    private static List<Event> press(int code, int timestamp) {
        var events = new ArrayList<Event>();
        for (int i = 1; i <= 5; i++) {
            events.add(new Event(code, timestamp, 160 * i, i == 1, false));
        }
        for (int i = 0; i < 3; i++) {
            events.add(new Event(code, timestamp, 960, false, true));
        }
        return events;
    }

    @Test
    void aPressIsToldOnceWithItsFirstPacket() {
        take(press(5, 1000).getFirst());
        assertEquals(List.of(5), heard);
        press(5, 1000).stream().skip(1).forEach(this::take);
        assertEquals(List.of(5), heard);
        assertEquals(120, receiver.durationMs());
    }

    @Test
    void aPressWhoseEndsAreLostIsToldOnceAndIsOverAfterAWhile() {
        // Given
        press(5, 1000).subList(0, 5).forEach(this::take);
        assertTrue(receiver.held(now));

        // When
        now += 200 * MS;

        // Then
        assertFalse(receiver.held(now));
        press(5, 3000).forEach(this::take);
        assertEquals(List.of(5, 5), heard);
    }

    @Test
    void aPressOfWhichOnlyAnEndArrivesIsTold() {
        take(press(11, 1000).getLast());
        assertEquals(List.of(11), heard);
        assertFalse(receiver.held(now));
    }

    @Test
    void theSameKeyTwiceIsTwoKeysThoughTheSecondsMarkerIsLost() {
        press(7, 1000).forEach(this::take);
        press(7, 1000 + 960 + 480).stream().skip(1).forEach(this::take);
        assertEquals(List.of(7, 7), heard);
    }

    @Test
    void theSameKeyTwiceIsTwoKeysThoughTheFirstsEndsAndTheSecondsMarkerAreLost() {
        press(7, 1000).subList(0, 5).forEach(this::take);
        press(7, 1000 + 960 + 480).stream().skip(1).forEach(this::take);
        assertEquals(List.of(7, 7), heard);
    }

    @Test
    void aKeyHeldForTwentySecondsIsOneKey() {
        // Given
        int timestamp = 1000;
        take(new Event(3, timestamp, 160, true, false));

        // When
        for (int i = 2; i < 1000; i++) {
            int duration = i * 160 % 0xffff;
            timestamp += duration < 160 ? 0xffff : 0;
            take(new Event(3, timestamp, duration, false, false));
        }

        // Then
        assertEquals(List.of(3), heard);
        assertTrue(receiver.held(now));
    }

    @Test
    void aPhoneThatMovesTheTimestampWithEachPacketPressesOnce() {
        for (int i = 1; i <= 5; i++) {
            take(new Event(4, 1000 + 160 * i, 160 * i, i == 1, false));
        }
        assertEquals(List.of(4), heard);
    }

    @Test
    void flashAndTruncatedEventsAreNoKeys() {
        take(new Event(16, 1000, 160, true, false));
        var header = new RtpPacket();
        var packet = ByteBuffer.allocate(14).put(0, (byte) 0x80);
        assertTrue(header.read(packet));
        assertEquals(Key.NONE, receiver.take(packet, header, now));
        assertEquals(List.of(), heard);
    }

    @Test
    void lossRepetitionAndReorderingNeitherDoubleNorInventKeys() {
        Seeds.run(
                seed -> {
                    // Given
                    var dice = new Dice(seed);
                    receiver.reset();
                    heard.clear();
                    var pressed = new ArrayList<Integer>();
                    var packets = new ArrayList<Event>();
                    for (int i = 0; i < 50; i++) {
                        int code = dice.below(16);
                        pressed.add(code);
                        var kept = new ArrayList<>(press(code, -20_000 + i * 1440));
                        var sure = dice.oneOf(kept);
                        kept.removeIf(event -> event != sure && dice.chance(0.4));
                        kept.addAll(List.copyOf(kept).subList(0, dice.below(kept.size() + 1)));
                        Collections.swap(kept, dice.below(kept.size()), dice.below(kept.size()));
                        packets.addAll(kept);
                    }

                    // When
                    packets.forEach(this::take);

                    // Then
                    assertEquals(pressed, heard);
                });
    }
}
