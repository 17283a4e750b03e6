// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.panacall.media.play.Clip;

/**
 * Text to speech by the program espeak-ng, one process a text. The text goes by standard input: on
 * a command line every user of the machine could read it.
 */
public final class EspeakSpeech implements TextToSpeech {

    /** 90 s at 22 kHz; a longer output is cut. */
    private static final int OUTPUT_BYTES_MAX = 4 << 20;

    private final String program;
    private final Duration timeout;
    private final Semaphore processes;
    private final LongAdder spoken = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    public EspeakSpeech(String program, Duration timeout, int processesMax) {
        this.program = program;
        this.timeout = timeout;
        processes = new Semaphore(processesMax, true);
    }

    @Override
    public Clip speak(String text, String language) throws IOException, InterruptedException {
        PromptName.requireLanguage(language);
        if (!processes.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("all processes for speech are busy");
        }
        long began = System.nanoTime();
        try {
            return run(text, language.toLowerCase(Locale.ROOT));
        } catch (IOException fault) {
            failures.increment();
            throw fault;
        } finally {
            processes.release();
            spoken.increment();
            nanos.add(System.nanoTime() - began);
        }
    }

    private Clip run(String text, String language) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(program, "-v", language, "-s", "150", "--stdin", "--stdout")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        // Reading has no time limit of its own: killing the process ends it.
        var killer = Thread.ofVirtual().start(() -> killWhenLate(process));
        try {
            try (var input = process.getOutputStream()) {
                input.write(text.getBytes(StandardCharsets.UTF_8));
            }
            byte[] output;
            try (var stdout = process.getInputStream()) {
                output = stdout.readNBytes(OUTPUT_BYTES_MAX);
            }
            if (output.length < OUTPUT_BYTES_MAX && process.waitFor() != 0) {
                throw new IOException("speech program failed");
            }
            return WavFile.read(output);
        } finally {
            process.destroyForcibly();
            killer.interrupt();
        }
    }

    public long spoken() {
        return spoken.sum();
    }

    public long failures() {
        return failures.sum();
    }

    /** Spent on speaking so far. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }

    private void killWhenLate(Process process) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException spoken) {
            Thread.currentThread().interrupt();
        }
    }
}
