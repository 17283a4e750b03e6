// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Audio as people send them, and what can be heard in those that came back. */
public final class Uploads {

    private static final int RATE = 44_100;
    private static final int CHANNELS = 2;
    private static final int HEADER = 44;

    private Uploads() {}

    /** A tone in stereo at 44.1 kHz; amplitude 1.0 is full scale. */
    public static byte[] wave(int hz, double seconds, double amplitude) {
        int frames = (int) (seconds * RATE);
        var out = ByteBuffer.allocate(HEADER + 4 * frames).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + 4 * frames).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) 1).putShort((short) CHANNELS).putInt(RATE).putInt(4 * RATE);
        out.putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(4 * frames);
        for (int i = 0; i < frames; i++) {
            double value = amplitude * Short.MAX_VALUE * Math.sin(2 * Math.PI * hz * i / RATE);
            out.putShort((short) value).putShort((short) value);
        }
        return out.array();
    }

    /** The same in another format, which the name's ending says. */
    public static byte[] encoded(byte[] wave, String ending, String... options) {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("uploads");
            var in = Files.write(directory.resolve("in.wav"), wave);
            var out = directory.resolve("out." + ending);
            var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
            Collections.addAll(command, "-i", in.toString());
            Collections.addAll(command, options);
            command.add(out.toString());
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new ByteArrayOutputStream();
            process.getInputStream().transferTo(said);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
            }
            return Files.readAllBytes(out);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Samples of one of ours. */
    public static short[] samples(byte[] wave) {
        var samples = new short[(wave.length - HEADER) / 2];
        ByteBuffer.wrap(wave, HEADER, wave.length - HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    /** Amplitude of one frequency at 8 kHz, by Goertzel. */
    public static double amplitude(short[] samples, int hz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < samples.length; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * hz * i / 8000);
            im += samples[i] * Math.sin(2 * Math.PI * hz * i / 8000);
        }
        return 2 * Math.hypot(re, im) / samples.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
