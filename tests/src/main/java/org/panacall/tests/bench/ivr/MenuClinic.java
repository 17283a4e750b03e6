// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench.ivr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A clinic of two menus that lead to each other, the one a low tone, the other a high one, so that
 * a caller hears which of them he is in.
 */
final class MenuClinic {

    static final String NUMBER = "74950000500";
    static final int LOW_HZ = 400;
    static final int HIGH_HZ = 1_600;

    private static final String TENANT = "menus";
    private static final Duration PROMPT = Duration.ofSeconds(30);
    private static final int SAMPLE_RATE = 8_000;

    private MenuClinic() {}

    /** Writes the seed file and the prompts. */
    static void write(Path seedFile, Path prompts) throws IOException {
        Files.createDirectories(seedFile.getParent());
        Files.writeString(
                seedFile, SEED.formatted(NUMBER, menu("low", "high"), menu("high", "low")));
        var directory = Files.createDirectories(prompts.resolve(TENANT).resolve("en"));
        Files.write(directory.resolve("low.wav"), tone(LOW_HZ));
        Files.write(directory.resolve("high.wav"), tone(HIGH_HZ));
    }

    private static final String SEED =
            """
            tenant:
              id: menus
              name: Menus
              sipDomain: panacall.test
              timeZone: Europe/Moscow
              language: en
              country: RU
              defaultCallerNumber: "+%1$s"
            apiTokens:
              - { name: demo, token: demo-token, roles: [integrator, administrator] }
            numbers:
              - { number: "+%1$s", flow: menus, fallbackQueue: fallback }
            queues:
              - { id: fallback, name: Fallback, extension: "601" }
            flows:
              - id: menus
                name: Menus
                entry: low
                fallbackQueue: fallback
                steps:
            %2$s%3$s\
            """;

    /** Every key is one that nothing longer begins with. */
    private static String menu(String id, String other) {
        var keys =
                IntStream.range(0, 10)
                        .mapToObj(key -> "\"" + key + '"')
                        .collect(Collectors.joining(", "));
        var exits =
                IntStream.range(0, 10)
                        .mapToObj(key -> "\"" + key + "\": " + other)
                        .collect(Collectors.joining(", "));
        return """
              - id: %1$s
                menu: { prompts: [{ id: %1$s, text: "%1$s" }], keys: [%2$s], maxAttempts: 3 }
                exits: { %3$s, no-input: %4$s, invalid: %4$s }
        """
                .formatted(id, keys, exits, other);
    }

    private static byte[] tone(int hz) throws IOException {
        int samples = (int) (PROMPT.toSeconds() * SAMPLE_RATE);
        var sound = new byte[samples * 2];
        for (int i = 0; i < samples; i++) {
            int value = (int) (8000 * Math.sin(2 * Math.PI * hz * i / SAMPLE_RATE));
            sound[2 * i] = (byte) value;
            sound[2 * i + 1] = (byte) (value >> 8);
        }
        var format = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);
        var file = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new java.io.ByteArrayInputStream(sound), format, samples),
                AudioFileFormat.Type.WAVE,
                file);
        return file.toByteArray();
    }
}
