// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit.hostile;

import java.nio.ByteBuffer;
import java.util.List;
import org.panacall.simkit.Dice;

/** Makes RTP and RTCP packets that are wrong in lengths, counts, versions and contents, by seed. */
public final class RtpNoise {

    private static final int BYTES_MAX = 1_600;

    private final Dice dice;

    public RtpNoise(Dice dice) {
        this.dice = dice;
    }

    /** A packet for either port. */
    public byte[] next() {
        return switch (dice.below(4)) {
            case 0 -> noise(dice.below(BYTES_MAX));
            case 1, 2 -> rtp();
            default -> rtcp();
        };
    }

    private byte[] noise(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) dice.below(256);
        return bytes;
    }

    /** A sound header, or one that lies about sources, extension or padding. */
    private byte[] rtp() {
        var bytes = noise(dice.oneOf(List.of(0, 1, 11, 12, 13, 16, 172, 172, 332, 1_500)));
        if (bytes.length < 12) return bytes;
        int flags = dice.chance(0.5) ? 0 : dice.below(64);
        int type = dice.oneOf(List.of(0, 8, 8, 8, 13, 101, 101, 72, 127));
        ByteBuffer.wrap(bytes)
                .put((byte) (0x80 | flags))
                .put((byte) (type | (dice.chance(0.2) ? 0x80 : 0)))
                .putShort((short) dice.below(65_536))
                .putInt(dice.oneOf(List.of(0, 160, -1, Integer.MIN_VALUE)))
                .putInt(dice.below(3));
        return bytes;
    }

    /** Compounds of reports whose counts and lengths don't match what is there. */
    private byte[] rtcp() {
        var bytes = noise(4 * dice.between(1, 60));
        for (int at = 0; at + 4 <= bytes.length; ) {
            int words = dice.chance(0.7) ? dice.below(20) : dice.below(65_536);
            bytes[at] = (byte) (0x80 | dice.below(64));
            bytes[at + 1] = (byte) dice.between(192, 223);
            bytes[at + 2] = (byte) (words >> 8);
            bytes[at + 3] = (byte) words;
            at += 4 * (words + 1);
        }
        return bytes;
    }
}
