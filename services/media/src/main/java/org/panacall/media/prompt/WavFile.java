// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Clip;

/**
 * Reads RIFF/WAVE: 16 bit linear, A-law or µ-law, any rate from 4 to 192 kHz, the first channel.
 * Lengths in the header are not trusted: programs that write to a pipe don't know them.
 */
public final class WavFile {

    private static final int LINEAR = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xfffe;
    private static final int RATE_MIN = 4000;
    private static final int RATE_MAX = 192_000;
    private static final int HEADER = 12;

    private WavFile() {}

    private record Format(int law, int channels, int rate, int frameBytes) {}

    /** Reads a whole file into 8 kHz linear. */
    public static Clip read(byte[] file) throws IOException {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER || !tag(in, 0).equals("RIFF") || !tag(in, 8).equals("WAVE")) {
            throw new IOException("no WAVE file");
        }
        in.position(HEADER);
        Format format = null;
        while (in.remaining() >= 8) {
            var chunk = tag(in, in.position());
            long claimed = in.getInt(in.position() + 4) & 0xffffffffL;
            in.position(in.position() + 8);
            int length = (int) Math.min(claimed, in.remaining());
            if (chunk.equals("fmt ") && length >= 16) {
                format = format(in);
            } else if (chunk.equals("data") && format != null) {
                return samples(in, length, format);
            }
            in.position((int) Math.min(in.limit(), (long) in.position() + length + (length & 1)));
        }
        throw new IOException("no audio in the WAVE file");
    }

    /** Writes 16 bit linear at 8 kHz. */
    public static byte[] write(Clip clip) {
        int bytes = 2 * clip.samples().length;
        var out = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) LINEAR).putShort((short) 1);
        out.putInt(Codec.RATE).putInt(2 * Codec.RATE).putShort((short) 2).putShort((short) 16);
        out.put(ascii("data")).putInt(bytes);
        out.asShortBuffer().put(clip.samples());
        return out.array();
    }

    private static Format format(ByteBuffer in) throws IOException {
        int at = in.position();
        int law = in.getShort(at) & 0xffff;
        int channels = in.getShort(at + 2);
        int rate = in.getInt(at + 4);
        int bits = in.getShort(at + 14);
        if (law == EXTENSIBLE && in.remaining() >= 26) {
            law = in.getShort(at + 24) & 0xffff;
        }
        boolean known = law == LINEAR && bits == 16 || (law == A_LAW || law == MU_LAW) && bits == 8;
        if (!known || channels < 1 || channels > 8 || rate < RATE_MIN || rate > RATE_MAX) {
            throw new IOException("a kind of WAVE file that is not supported");
        }
        return new Format(law, channels, rate, channels * bits / 8);
    }

    private static Clip samples(ByteBuffer in, int length, Format format) {
        var samples = new short[length / format.frameBytes()];
        int start = in.position();
        for (int i = 0; i < samples.length; i++) {
            int at = start + i * format.frameBytes();
            samples[i] =
                    switch (format.law()) {
                        case A_LAW -> Codec.PCMA.decode(in.get(at));
                        case MU_LAW -> Codec.PCMU.decode(in.get(at));
                        default -> in.getShort(at);
                    };
        }
        return new Clip(Resampler.toTelephone(samples, format.rate()));
    }

    private static String tag(ByteBuffer in, int at) {
        var bytes = new byte[4];
        in.get(at, bytes);
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
