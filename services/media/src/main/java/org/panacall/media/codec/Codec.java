// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.codec;

import java.nio.ByteBuffer;

/**
 * The two laws of ITU-T G.711 between 8 bit codes and 16 bit linear samples at 8 kHz, by table.
 *
 * <p>Immutable after class loading; any thread.
 */
public enum Codec {
    PCMA(8) {
        @Override
        int expand(int code) {
            int even = code ^ EVEN_BITS;
            int exponent = even >> 4 & 7;
            int step = 2 * (even & 15) + 1;
            int magnitude = exponent == 0 ? step : step + 32 << exponent - 1;
            return (even & SIGN) != 0 ? magnitude << 3 : -(magnitude << 3);
        }

        @Override
        int compress(int sample) {
            // One's complement, so that -1 mirrors 0: the law has no zero of its own.
            int magnitude = (sample >= 0 ? sample : ~sample) >> 3;
            int exponent = magnitude < 32 ? 0 : 27 - Integer.numberOfLeadingZeros(magnitude);
            int mantissa = magnitude >> Math.max(1, exponent) & 15;
            return ((sample >= 0 ? SIGN : 0) | exponent << 4 | mantissa) ^ EVEN_BITS;
        }
    },
    PCMU(0) {
        @Override
        int expand(int code) {
            int plain = ~code;
            int magnitude = ((plain & 15) << 3) + BIAS << (plain >> 4 & 7);
            return (plain & SIGN) != 0 ? BIAS - magnitude : magnitude - BIAS;
        }

        @Override
        int compress(int sample) {
            int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
            int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
            int mantissa = magnitude >> exponent + 3 & 15;
            return ~((sample < 0 ? SIGN : 0) | exponent << 4 | mantissa);
        }
    };

    /** Samples of one frame: 20 ms. Everything inside this service moves in such frames. */
    public static final int FRAME = 160;

    /** Samples a second of both laws. */
    public static final int RATE = 8000;

    private static final int SIGN = 0x80;
    private static final int EVEN_BITS = 0x55;
    private static final int BIAS = 132;
    private static final int CLIP = 32635;

    private final int payloadType;
    private final short[] linear = new short[256];
    private final byte[] codes = new byte[1 << 16];

    Codec(int payloadType) {
        this.payloadType = payloadType;
        for (int code = 0; code < linear.length; code++) {
            linear[code] = (short) expand(code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            codes[sample & 0xffff] = (byte) compress(sample);
        }
    }

    abstract int expand(int code);

    abstract int compress(int sample);

    /** Static payload type of RFC 3551. */
    public int payloadType() {
        return payloadType;
    }

    /** The code of a silent sample. */
    public byte silence() {
        return codes[0];
    }

    public short decode(byte code) {
        return linear[code & 0xff];
    }

    /** Encodes a sum of samples; what does not fit 16 bits is clipped. */
    public byte encode(int sample) {
        return codes[Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE) & 0xffff];
    }

    /** Decodes one frame. */
    public void decode(byte[] frame, short[] into) {
        for (int i = 0; i < FRAME; i++) {
            into[i] = linear[frame[i] & 0xff];
        }
    }

    /** Encodes one frame of sums at the buffer's position, which moves on. */
    public void encode(int[] sums, ByteBuffer into) {
        int at = into.position();
        for (int i = 0; i < FRAME; i++) {
            into.put(at + i, encode(sums[i]));
        }
        into.position(at + FRAME);
    }
}
