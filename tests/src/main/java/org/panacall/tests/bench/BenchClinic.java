// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

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
import org.panacall.tests.load.Phones;

/** The clinic that the load rings: one number, one prompt, one queue, many agents. */
public final class BenchClinic {

    public static final String NUMBER = "74950000300";
    private static final String TENANT = "bench";
    private static final int SAMPLE_RATE = 8000;

    private BenchClinic() {}

    /** Writes the seed file and the prompt. */
    public static void write(Path seedFile, Path prompts, int agents, Duration prompt)
            throws IOException {
        Files.createDirectories(seedFile.getParent());
        Files.writeString(seedFile, seed(agents));
        var directory = Files.createDirectories(prompts.resolve(TENANT).resolve("en"));
        Files.write(directory.resolve("hello.wav"), tone(prompt));
        Files.createDirectories(directory.resolve("music"));
        Files.write(directory.resolve("music/waiting.wav"), tone(Duration.ofSeconds(8)));
    }

    private static String seed(int agents) {
        var extensions = IntStream.range(0, agents).mapToObj(Phones::extension).toList();
        var people =
                extensions.stream()
                        .map(
                                one ->
                                        ("  - { id: agent_%1$s, extension: \"%1$s\", name: A %1$s,"
                                                        + " roles: [agent], password: %2$s,"
                                                        + " phoneOnly: true }")
                                                .formatted(one, Phones.password(one)))
                        .collect(Collectors.joining("\n"));
        return """
        tenant:
          id: %s
          name: Bench
          sipDomain: %s
          timeZone: Europe/Moscow
          language: en
          country: RU
          defaultCallerNumber: "+%s"
        numbers:
          - { number: "+%3$s", flow: bench, fallbackQueue: bench }
        queues:
          - id: bench
            name: Bench
            extension: "601"
            strategy: longest-idle
            offerTimeout: 15s
            reofferAfter: 30s
            capacity: 5000
            music: music/waiting
            agents: [%s]
        people:
        %s
        flows:
          - id: bench
            name: Bench
            entry: hello
            fallbackQueue: bench
            steps:
              - id: hello
                play: { prompts: [{ id: hello, text: Hello. }], bargeIn: false }
                exits: { done: queue }
              - id: queue
                queue: { id: bench }
        """
                .formatted(
                        TENANT,
                        Phones.DOMAIN,
                        NUMBER,
                        extensions.stream()
                                .map(one -> '"' + one + '"')
                                .collect(Collectors.joining(", ")),
                        people);
    }

    private static byte[] tone(Duration length) throws IOException {
        int samples = (int) (length.toMillis() * SAMPLE_RATE / 1000);
        var sound = new byte[samples * 2];
        for (int i = 0; i < samples; i++) {
            int value = (int) (8000 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE));
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
