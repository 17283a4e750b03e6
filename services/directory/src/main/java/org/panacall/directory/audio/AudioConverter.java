// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.audio;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.panacall.directory.DirectoryConfig;

/** Makes prompts of uploads in any common audio format. Blocks. */
@ApplicationScoped
public class AudioConverter {

    private static final Pattern FORMAT = Pattern.compile("Input #0, ([a-z0-9]+)");
    private static final Pattern LOUDNESS = Pattern.compile("\\n +I: +(-?[0-9.]+) LUFS");

    /** What ffmpeg says when not even one block of 0.4 s was loud enough. */
    private static final double UNMEASURED = -69.9;

    private static final Duration TURN_MAX = Duration.ofSeconds(10);
    private static final int HEADER_BYTES = 44;

    private final DirectoryConfig.Audio config;
    private final Ffmpeg ffmpeg;
    private final Semaphore turns;
    private final MeterRegistry metrics;

    AudioConverter(DirectoryConfig config, MeterRegistry metrics) {
        this.config = config.directory().audio();
        this.metrics = metrics;
        ffmpeg = new Ffmpeg(this.config.program(), this.config.timeout());
        turns = new Semaphore(this.config.processes(), true);
    }

    /**
     * The audio.
     *
     * @throws AudioRefused when it is none, or none that can be a prompt
     * @throws IOException when it cannot be converted now
     */
    public ConvertedAudio convert(byte[] upload)
            throws AudioRefused, IOException, InterruptedException {
        if (!turns.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            count("busy");
            throw new IOException("all converters of audio are busy; try again");
        }
        try {
            var audio = converted(upload);
            count("converted");
            return audio;
        } catch (AudioRefused refused) {
            count("refused");
            throw refused;
        } catch (IOException fault) {
            count("failed");
            throw fault;
        } finally {
            turns.release();
        }
    }

    private ConvertedAudio converted(byte[] upload)
            throws AudioRefused, IOException, InterruptedException {
        long samplesMax = config.duration().toMillis() * Ffmpeg.RATE / 1000;
        // One sample more shows that there is more.
        int bytesMax = Math.toIntExact((samplesMax + 1) * Float.BYTES);
        long began = System.nanoTime();
        var result = ffmpeg.run(upload, bytesMax);
        var format = FORMAT.matcher(result.report());
        if (System.nanoTime() - began >= config.timeout().toNanos()) {
            throw new AudioRefused("takes too long to be read; send WAV or MP3");
        }
        if (!format.find() || result.floats().length < Float.BYTES) {
            throw new AudioRefused(
                    "is no audio that can be read; send WAV, MP3, M4A, OGG, FLAC or the like");
        }
        if (result.floats().length >= bytesMax) {
            throw new AudioRefused(
                    "lasts longer than " + config.duration().toSeconds() + " s; cut it");
        }
        if (result.exit() != 0) {
            throw new AudioRefused("is damaged; send another copy");
        }
        var loudness = loudness(result.report());
        var samples = Loudness.levelled(samples(result.floats()), loudness);
        return new ConvertedAudio(
                wave(samples),
                Duration.ofMillis(samples.length * 1000L / Ffmpeg.RATE),
                name(format.group(1)),
                loudness);
    }

    /** The names that people know, for those formats that ffmpeg calls by their family. */
    private static String name(String format) {
        return switch (format) {
            case "mov" -> "mp4";
            case "matroska" -> "webm";
            case "asf" -> "wma";
            default -> format;
        };
    }

    private static OptionalDouble loudness(String report) {
        var found = LOUDNESS.matcher(report);
        var loudness = OptionalDouble.empty();
        while (found.find()) {
            loudness = OptionalDouble.of(Double.parseDouble(found.group(1)));
        }
        return loudness.isPresent() && loudness.getAsDouble() > UNMEASURED
                ? loudness
                : OptionalDouble.empty();
    }

    private static float[] samples(byte[] floats) {
        var samples = new float[floats.length / Float.BYTES];
        ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Float.isFinite(samples[i]) ? samples[i] : 0;
        }
        return samples;
    }

    private static byte[] wave(short[] samples) {
        int bytes = Short.BYTES * samples.length;
        var out = ByteBuffer.allocate(HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.putInt(HEADER_BYTES - 8 + bytes);
        out.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.putInt(16).putShort((short) 1).putShort((short) 1);
        out.putInt(Ffmpeg.RATE).putInt(Short.BYTES * Ffmpeg.RATE);
        out.putShort((short) Short.BYTES).putShort((short) 16);
        out.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(bytes);
        out.asShortBuffer().put(samples);
        return out.array();
    }

    private void count(String outcome) {
        metrics.counter("panacall.directory.audio.uploads", "outcome", outcome).increment();
    }
}
