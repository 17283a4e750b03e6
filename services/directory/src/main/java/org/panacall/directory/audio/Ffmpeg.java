// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of ffmpeg on an upload that nobody trusts. It gets the bytes by its standard input and
 * may open nothing else: no file, no address, no playlist. Memory, processor time, time and output
 * have bounds.
 */
final class Ffmpeg {

    static final int RATE = 8000;

    /** What people send; none of these can name another file. */
    private static final String FORMATS =
            "wav,w64,mp3,mov,mp4,m4a,3gp,ogg,flac,aac,amr,asf,aiff,matroska,webm,caf,au";

    private static final String MEASURE =
            "aresample=" + RATE + ",aformat=channel_layouts=mono,ebur128=framelog=verbose";

    private static final int REPORT_BYTES_MAX = 1 << 16;
    private static final long MEMORY_MAX = 1L << 30;
    private static final long FILE_MAX = 1L << 26;

    private final String program;
    private final Duration timeout;

    /**
     * What it gave.
     *
     * @param report what it wrote of the input and its loudness; may hold the file's own texts
     */
    record Result(byte[] floats, String report, int exit) {}

    Ffmpeg(String program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    /** 32 bit floats, little endian, 8 kHz, mono. */
    Result run(byte[] upload, int outputBytesMax) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command(outputBytesMax));
        builder.environment().keySet().retainAll(List.of("PATH", "TMPDIR", "LD_LIBRARY_PATH"));
        var process = builder.start();
        // Nothing of a process has a time limit of its own: killing it ends all of it.
        var killer = Thread.ofVirtual().start(() -> killWhenLate(process));
        try {
            var report = new CompletableFuture<String>();
            beside(report, future -> future.complete(report(process)));
            beside(process.getOutputStream(), input -> write(upload, input));
            byte[] output;
            try (var stdout = process.getInputStream()) {
                output = stdout.readNBytes(outputBytesMax);
            }
            return new Result(output, report.join(), process.waitFor());
        } finally {
            process.destroyForcibly();
            killer.interrupt();
        }
    }

    private List<String> command(int outputBytesMax) {
        var seconds = Double.toString(outputBytesMax / (double) (RATE * Float.BYTES));
        return List.of(
                "prlimit",
                "--as=" + MEMORY_MAX,
                "--fsize=" + FILE_MAX,
                "--cpu=" + Math.max(1, timeout.toSeconds()),
                "--core=0",
                program,
                "-nostdin",
                "-hide_banner",
                "-nostats",
                "-threads",
                "1",
                "-protocol_whitelist",
                "pipe,cache",
                "-format_whitelist",
                FORMATS,
                "-i",
                "cache:pipe:0",
                "-map",
                "0:a:0",
                "-t",
                seconds,
                "-af",
                MEASURE,
                "-c:a",
                "pcm_f32le",
                "-f",
                "f32le",
                "pipe:1");
    }

    private static <T> void beside(T what, Consumer<T> deed) {
        Thread.ofVirtual().start(() -> deed.accept(what));
    }

    /** It may stop reading as soon as it knows that it can do nothing with this. */
    private static void write(byte[] upload, OutputStream input) {
        try (input) {
            input.write(upload);
        } catch (IOException itHasSeenEnough) {
            return;
        }
    }

    /** The end of what it wrote, where the loudness is, and the beginning, where the input is. */
    private static String report(Process process) {
        try (var stderr = process.getErrorStream()) {
            var head = stderr.readNBytes(REPORT_BYTES_MAX);
            var tail = new byte[0];
            for (var more = stderr.readNBytes(REPORT_BYTES_MAX);
                    more.length > 0;
                    more = stderr.readNBytes(REPORT_BYTES_MAX)) {
                tail = more;
            }
            return new String(head, StandardCharsets.UTF_8)
                    + new String(tail, StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    private void killWhenLate(Process process) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
