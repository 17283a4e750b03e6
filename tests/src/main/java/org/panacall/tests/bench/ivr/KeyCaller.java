// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench.ivr;

import java.nio.ByteBuffer;
import java.util.Random;
import org.panacall.tests.load.Journey;

/**
 * The audio of one caller: presses a key by RFC 4733, and knows by the tone of what he hears
 * whether the menu has followed. Used by one thread.
 */
final class KeyCaller {

    static final int PACKET_BYTES = 16;

    private static final int HEADER = 12;
    private static final int EVENTS = 101;
    private static final int FRAME = 160;

    /** 1000 Hz changes its sign 40 times in a frame: halfway between the two tones. */
    private static final int SIGNS = 40;

    private static final int LOUD_MIN = 120;

    final Journey journey;
    private final Random dice;
    private boolean hears;
    private boolean high;
    private long pressedAt;
    private int presses;
    private int key;
    private int sequence;
    private int start;
    private int sent;

    KeyCaller(Journey journey) {
        this.journey = journey;
        dice = new Random(journey.id);
        start = dice.nextInt();
    }

    /** Hears the menu. */
    boolean hears() {
        return hears;
    }

    /** How often he has pressed. */
    int presses() {
        return presses;
    }

    /** Has not heard the other menu since that press. */
    boolean waitsSince(int press) {
        return pressedAt != 0 && presses == press;
    }

    /** Between a second and three: nobody presses in step. */
    long pauseNanos() {
        return 1_000_000_000L + dice.nextInt(2_000_000) * 1_000L;
    }

    /** Presses now. */
    void press(long now) {
        pressedAt = now;
        presses++;
        key = dice.nextInt(10);
        start += 8_000;
        sent = 0;
    }

    /** He gave up waiting. */
    void forget() {
        pressedAt = 0;
    }

    /** The next packet of the press: five of 20 ms, the end three times. False when it is over. */
    boolean next(ByteBuffer packet) {
        if (sent >= 8) {
            return false;
        }
        sent++;
        boolean end = sent > 5;
        packet.clear();
        packet.put((byte) 0x80)
                .put((byte) (EVENTS | (sent == 1 ? 0x80 : 0)))
                .putShort((short) sequence++)
                .putInt(start)
                .putInt((int) journey.id)
                .put((byte) key)
                .put((byte) (end ? 0x8a : 0x0a))
                .putShort((short) (Math.min(sent, 5) * FRAME));
        packet.flip();
        return true;
    }

    /** Takes a packet of A-law; from key to the other menu's first packet, else 0. */
    long hear(ByteBuffer packet, long now) {
        int length = packet.remaining() - HEADER;
        if (length < FRAME || (packet.get(1) & 0x7f) != 8) {
            return 0;
        }
        int signs = 0;
        int loud = 0;
        int before = packet.get(HEADER) & 0x80;
        for (int i = 0; i < FRAME; i++) {
            int code = packet.get(HEADER + i);
            int sign = code & 0x80;
            signs += sign == before ? 0 : 1;
            before = sign;
            loud += ((code ^ 0x55) & 0x70) >= 0x40 ? 1 : 0;
        }
        if (loud < LOUD_MIN) {
            return 0;
        }
        boolean isHigh = signs > SIGNS;
        boolean other = hears && isHigh != high;
        hears = true;
        high = isHigh;
        if (!other || pressedAt == 0) {
            return 0;
        }
        long took = now - pressedAt;
        pressedAt = 0;
        return took;
    }
}
