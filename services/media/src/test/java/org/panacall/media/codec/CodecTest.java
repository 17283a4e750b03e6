// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The laws against values worked out by hand from tables 1a/1b and 2a/2b of ITU-T G.711: those give
 * 13 and 14 bit values, which are 8 and 4 times smaller than 16 bit samples.
 */
class CodecTest {

    @ParameterizedTest
    @CsvSource({
        // Codes as sent, so with the even bits of the A-law inverted.
        "PCMA, 0xD5, 8", "PCMA, 0x55, -8", "PCMA, 0xD4, 24", "PCMA, 0xC5, 264",
        "PCMA, 0xAA, 32256", "PCMA, 0x2A, -32256", "PCMA, 0x80, 5504", "PCMA, 0xA5, 16896",
        "PCMU, 0xFF, 0", "PCMU, 0x7F, 0", "PCMU, 0xFE, 8", "PCMU, 0xEF, 132",
        "PCMU, 0x80, 32124", "PCMU, 0x00, -32124", "PCMU, 0x8F, 16764", "PCMU, 0xDF, 396",
    })
    void codesStandForTheValuesOfTheTables(Codec codec, String code, int sample) {
        assertEquals(sample, codec.decode((byte) (int) Integer.decode(code)));
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeSurvivesDecodingAndEncoding(Codec codec) {
        for (int code = 0; code < 256; code++) {
            int expected = codec == Codec.PCMU && code == 0x7f ? 0xff : code;
            assertEquals((byte) expected, codec.encode(codec.decode((byte) code)), "code " + code);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSampleIsOffByHalfAStepAtMost(Codec codec) {
        for (int sample = -32000; sample <= 32000; sample++) {
            int error = Math.abs(codec.decode(codec.encode(sample)) - sample);
            // Steps are a sixteenth of a segment that begins at half its end.
            int halfStep = Math.max(8, Math.abs(sample) + 132 >> 5);
            assertTrue(error <= halfStep, sample + " is off by " + error);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sumsBeyondSixteenBitsAreClipped(Codec codec) {
        assertEquals(codec.encode(Short.MAX_VALUE), codec.encode(200_000));
        assertEquals(codec.encode(Short.MIN_VALUE), codec.encode(-200_000));
    }

    @Test
    void silenceIsTheCodeOfZero() {
        assertEquals((byte) 0xd5, Codec.PCMA.silence());
        assertEquals((byte) 0xff, Codec.PCMU.silence());
    }
}
