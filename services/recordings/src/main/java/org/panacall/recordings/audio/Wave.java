// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recorded A-law as a WAVE file of 16 bit linear samples, which every browser plays. Nothing is
 * ever whole in memory.
 *
 * @param samples of one channel
 */
public record Wave(int samples, int channels) {

    private static final int HEADER = 44;
    private static final int RATE = 8_000;
    private static final int FRAME = 160;
    private static final short[] LINEAR = table();

    private static short[] table() {
        var linear = new short[256];
        for (int code = 0; code < linear.length; code++) {
            int even = code ^ 0x55;
            int exponent = even >> 4 & 7;
            int step = 2 * (even & 15) + 1;
            int magnitude = exponent == 0 ? step : step + 32 << exponent - 1;
            linear[code] = (short) ((even & 0x80) != 0 ? magnitude << 3 : -(magnitude << 3));
        }
        return linear;
    }

    /** Bytes of the whole file. */
    public long size() {
        return HEADER + (long) samples * channels * Short.BYTES;
    }

    /** Takes a piece of the file. */
    public interface Sink {
        void take(byte[] piece) throws IOException;
    }

    /**
     * Writes a range of the file, frame by frame.
     *
     * @param audio at its beginning
     */
    public void write(SealedAudio.Reader audio, long offset, long length, Sink sink)
            throws IOException {
        long end = Math.min(size(), offset + length);
        if (offset < HEADER) {
            sink.take(slice(header(), 0, offset, end));
        }
        int block = FRAME * channels * Short.BYTES;
        long first = Math.max(0, offset - HEADER) / block;
        audio.begin(first * FRAME * channels);
        for (long at = HEADER + first * block; at < end; at += block) {
            int present = (int) Math.min(FRAME, samples - (at - HEADER) / block * FRAME);
            var piece = slice(frame(audio, present), at, offset, end);
            if (piece.length > 0) {
                sink.take(piece);
            }
        }
    }

    private static byte[] slice(byte[] bytes, long at, long offset, long end) {
        int from = (int) Math.max(0, offset - at);
        int to = (int) Math.min(bytes.length, end - at);
        return from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
    }

    /** A frame of each channel after the other becomes samples of all channels in turn. */
    private byte[] frame(InputStream audio, int present) throws IOException {
        var codes = audio.readNBytes(FRAME * channels);
        if (codes.length < FRAME * (channels - 1) + present) {
            throw new EOFException("the audio is shorter than it was");
        }
        var linear =
                ByteBuffer.allocate(present * channels * Short.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < present; i++) {
            for (int channel = 0; channel < channels; channel++) {
                linear.putShort(LINEAR[codes[channel * FRAME + i] & 0xff]);
            }
        }
        return linear.array();
    }

    private byte[] header() {
        int block = channels * Short.BYTES;
        int body = (int) (size() - HEADER);
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER - 8 + body)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) channels)
                .putInt(RATE)
                .putInt(RATE * block)
                .putShort((short) block)
                .putShort((short) Short.SIZE)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(body)
                .array();
    }
}
