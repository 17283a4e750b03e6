// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.panacall.media.rtp.SourceLatch.Verdict;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

class RtpTest {

    private static final long MS = 1_000_000;

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Test
    void contributorsExtensionAndPaddingAreNoPayload() {
        // Given
        var packet = new RtpPacket();
        var wire =
                bytes(
                        "b1 88 0001 00000002 00000003 aabbccdd" // padding, extension, one source
                                + "bede 0001 11223344 0102030405 000003");

        // When
        assertTrue(packet.read(wire));

        // Then
        assertEquals(8, packet.payloadType());
        assertTrue(packet.marker());
        assertEquals(24, packet.payloadAt());
        assertEquals(5, packet.payloadLength());
    }

    @Test
    void whatIsNoSoundPacketIsRefused() {
        var packet = new RtpPacket();
        assertFalse(packet.read(bytes("80 00 0001 00000002 000000")));
        assertFalse(packet.read(bytes("40 00 0001 00000002 00000003 01")));
        assertFalse(packet.read(bytes("8f 00 0001 00000002 00000003 01")));
        assertFalse(packet.read(bytes("a0 00 0001 00000002 00000003 0109")));
        assertFalse(packet.read(bytes("a0 00 0001 00000002 00000003 0100")));
        assertFalse(packet.read(bytes("90 00 0001 00000002 00000003 bede ffff")));
    }

    @Test
    void anotherSourceIsLetInAfterAGapOrThreeInARowButNeverBesideThePresentOne() {
        var latch = new SourceLatch();
        assertEquals(Verdict.CHANGED, latch.judge(1, 0));
        for (int i = 1; i < 50; i++) {
            assertEquals(Verdict.SAME, latch.judge(1, i * 20 * MS));
            assertEquals(Verdict.STRANGER, latch.judge(2, i * 20 * MS + MS));
        }
        assertEquals(Verdict.STRANGER, latch.judge(3, 981 * MS));
        assertEquals(Verdict.STRANGER, latch.judge(3, 1001 * MS));
        assertEquals(Verdict.CHANGED, latch.judge(3, 1021 * MS));
        assertEquals(Verdict.CHANGED, latch.judge(4, 1200 * MS));
    }

    @Test
    void lossIsCountedOverTheEndOfSequencesAndDespiteRepetition() {
        // Given
        var got = new ReceptionStatistics();

        // When
        for (int i = 0; i < 1000; i++) {
            if (i % 10 != 3) {
                got.count(65_000 + i & 0xffff);
            }
            if (i % 100 == 50) {
                got.count(65_000 + i & 0xffff);
            }
        }

        // Then
        assertEquals(1000, got.expectedInAll());
        assertEquals(90, got.lostInAll());
    }

    @Test
    void lossOfAnEarlierSourceIsKept() {
        var got = new ReceptionStatistics();
        got.count(1);
        got.count(3);
        got.restart();
        got.count(40_000);
        got.count(40_002);
        assertEquals(6, got.expectedInAll());
        assertEquals(2, got.lostInAll());
    }

    @Test
    void jitterIsThatOfTheRfc() {
        // Given
        var got = new ReceptionStatistics();

        // When
        for (int i = 0; i < 2000; i++) {
            got.time(160 * i, (20L * i + (i % 2) * 4) * MS);
        }

        // Then
        assertEquals(4, got.jitterMs(), 0.1);
    }

    @Test
    void reportsTellLossAndMeasureTheRoundTrip() {
        // Given
        var ours = new OutgoingStream(new StreamSeed(0x11, 0, 0, "here"));
        var theirs = new OutgoingStream(new StreamSeed(0x22, 0, 0, "there"));
        var here = new ReportExchange(ours, 1_700_000_000_000_000_000L);
        var there = new ReportExchange(theirs, 1_700_000_000_000_000_000L);
        var packet = ByteBuffer.allocate(200);
        ours.begin(packet, 8, true);
        ours.end(packet);
        var source = new SourceLatch();
        var got = new ReceptionStatistics();
        source.judge(0x11, 0);
        got.count(1);
        got.count(3);

        // When
        here.write(packet, new SourceLatch(), new ReceptionStatistics(), 1000 * MS);
        assertEquals(200, packet.get(1) & 0xff);
        there.read(packet, 1030 * MS);
        there.write(packet, source, got, 1100 * MS);
        assertEquals(201, packet.get(1) & 0xff);
        here.read(packet, 1150 * MS);

        // Then
        assertEquals(80, here.roundTripMs(), 0.1);
        assertEquals(256 / 3, here.fractionLostThere());
    }

    @Test
    void aCompoundPacketIsWholeWordsWithNameAndGoodbye() {
        var ours = new OutgoingStream(new StreamSeed(0x11, 0, 0, "0123456789abcdef@panacall"));
        var reports = new ReportExchange(ours, 0);
        var packet = ByteBuffer.allocate(200);
        reports.writeBye(packet, new SourceLatch(), new ReceptionStatistics(), MS);
        int at = 0;
        int last = 0;
        while (at < packet.limit()) {
            last = packet.get(at + 1) & 0xff;
            at += 4 + 4 * packet.getShort(at + 2);
        }
        assertEquals(packet.limit(), at);
        assertEquals(203, last);
    }

    @Test
    void randomBytesHarmNoReader() {
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    var reports =
                            new ReportExchange(new OutgoingStream(new StreamSeed(1, 0, 0, "x")), 0);
                    for (int i = 0; i < 2000; i++) {
                        var bytes = new byte[dice.below(120)];
                        for (int k = 0; k < bytes.length; k++) {
                            bytes[k] = (byte) dice.below(256);
                        }
                        if (bytes.length > 1) {
                            bytes[0] = (byte) (bytes[0] & 0x3f | 0x80);
                            bytes[1] = (byte) (200 + dice.below(4));
                        }
                        new RtpPacket().read(ByteBuffer.wrap(bytes));
                        reports.read(ByteBuffer.wrap(bytes), i);
                    }
                });
    }

    @Test
    void theTableOfAddressesBehavesLikeAMap() {
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    var table = new AddressTable<Integer>();
                    var map = new LinkedHashMap<Long, Integer>();
                    for (int i = 0; i < 5000; i++) {
                        long key = 1 + dice.below(400) * 65_537L;
                        if (dice.chance(0.5)) {
                            table.put(key, i);
                            map.put(key, i);
                        } else {
                            table.remove(key);
                            map.remove(key);
                        }
                        assertEquals(map.size(), table.size());
                    }
                    for (long k = 0; k < 400; k++) {
                        long key = 1 + k * 65_537L;
                        assertEquals(map.get(key), table.get(key));
                    }
                });
    }

    @Test
    void namesAndAddressesOfManyAreNoRemote() {
        assertThrows(IllegalArgumentException.class, () -> Remote.of("localhost", 5000));
        assertThrows(IllegalArgumentException.class, () -> Remote.of("224.0.0.1", 5000));
        assertThrows(IllegalArgumentException.class, () -> Remote.of("127.0.0.1", 0));
        assertNull(new AddressTable<String>().get(Remote.of("127.0.0.1", 5000).key()));
    }

    @Test
    void lossCostsQuality() {
        assertEquals(4.4, Quality.mos(0, 40), 0.1);
        assertTrue(Quality.mos(1, 40) < 4.2);
        assertTrue(Quality.mos(5, 40) < 3);
        assertEquals(1, Quality.mos(100, 1000));
    }
}
