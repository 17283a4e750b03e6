// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.media.Spectrum;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Clip;

class WavFileTest {

    private static byte[] file(int law, int bits, int rate, byte[] samples, int claimedLength) {
        var out = ByteBuffer.allocate(54 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes()).putInt(-1).put("WAVE".getBytes());
        out.put("LIST".getBytes()).putInt(2).putShort((short) 7);
        out.put("fmt ".getBytes()).putInt(16).putShort((short) law).putShort((short) 1);
        out.putInt(rate).putInt(rate * bits / 8).putShort((short) (bits / 8));
        out.putShort((short) bits);
        out.put("data".getBytes()).putInt(claimedLength).put(samples);
        return out.array();
    }

    private static byte[] sine(int hz, int rate, int seconds) {
        var samples = ByteBuffer.allocate(2 * rate * seconds).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rate * seconds; i++) {
            samples.putShort((short) (8000 * Math.sin(2 * Math.PI * hz * i / rate)));
        }
        return samples.array();
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        var clip = new Clip(new short[] {1, -2, 32767, -32768});
        assertArrayEquals(clip.samples(), WavFile.read(WavFile.write(clip)).samples());
    }

    @Test
    void bothLawsAreRead() throws Exception {
        var codes = new byte[] {0, 5, (byte) 0xd5, (byte) 0xff};
        var aLaw = WavFile.read(file(6, 8, 8000, codes, 4)).samples();
        var muLaw = WavFile.read(file(7, 8, 8000, codes, 4)).samples();
        for (int i = 0; i < codes.length; i++) {
            assertEquals(Codec.PCMA.decode(codes[i]), aLaw[i]);
            assertEquals(Codec.PCMU.decode(codes[i]), muLaw[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11_025, 16_000, 22_050, 44_100, 48_000})
    void everyRateKeepsItsToneAndNothingAliases(int rate) throws Exception {
        // When
        var tone = WavFile.read(file(1, 16, rate, sine(1000, rate, 2), -1)).samples();

        // Then
        assertEquals(16_000, tone.length, 2);
        assertEquals(8000, Spectrum.amplitude(tone, 1000), 100);
        if (rate > 12_000) {
            var high = WavFile.read(file(1, 16, rate, sine(5000, rate, 2), -1)).samples();
            assertTrue(Spectrum.level(high) < 100, "aliased: " + Spectrum.level(high));
        }
    }

    @Test
    void whatIsNoAudioIsRefused() {
        assertThrows(IOException.class, () -> WavFile.read(new byte[3]));
        assertThrows(IOException.class, () -> WavFile.read("no wave file at all".getBytes()));
        assertThrows(IOException.class, () -> WavFile.read(file(3, 32, 8000, new byte[8], 8)));
        assertThrows(IOException.class, () -> WavFile.read(file(1, 16, 1, new byte[8], 8)));
    }
}
