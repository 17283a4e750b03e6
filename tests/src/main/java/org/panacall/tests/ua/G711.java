// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

/**
 * G.711 by the formulas of the Recommendation, not by tables, so that a mistake in the product's
 * tables cannot hide behind the same mistake here.
 */
final class G711 {

    private static final int MU_BIAS = 0x84;
    private static final int MU_CLIP = 32_635;

    private G711() {}

    static byte encodeALaw(int sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 3;
        int exponent = 0;
        for (int rest = magnitude >> 5; rest > 0; rest >>= 1) {
            exponent++;
        }
        int mantissa = exponent == 0 ? (magnitude >> 1) & 0xf : (magnitude >> exponent) & 0xf;
        return (byte) ((sign | exponent << 4 | mantissa) ^ 0x55);
    }

    static int decodeALaw(byte code) {
        int bits = (code ^ 0x55) & 0xff;
        int exponent = bits >> 4 & 7;
        int mantissa = bits & 0xf;
        int magnitude =
                exponent == 0 ? (mantissa << 4) + 8 : (mantissa << 4) + 0x108 << exponent - 1;
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    static byte encodeMuLaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = magnitude >> exponent + 3 & 0xf;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }

    static int decodeMuLaw(byte code) {
        int bits = ~code & 0xff;
        int magnitude = ((bits & 0xf) << 3) + MU_BIAS << (bits >> 4 & 7);
        return (bits & 0x80) != 0 ? MU_BIAS - magnitude : magnitude - MU_BIAS;
    }
}
