// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.TextToSpeech;
import org.panacall.media.prompt.WavFile;

/** Against an engine that does its work, and one that is slow, fails, lies and sends elsewhere. */
class HttpSpeechTest {

    private static final int BYTES_MAX = 100_000;

    private PlayedEngine engine;
    private HttpSpeech speech;

    @BeforeEach
    void start() throws IOException {
        engine = new PlayedEngine(wave());
        engine.answers("good", 200, wave());
        engine.answers("failing", 500, wave());
        engine.answers("lying", 200, "<html>".getBytes(StandardCharsets.UTF_8));
        engine.answers("empty", 200, new byte[0]);
        engine.answers("endless", 200, new byte[BYTES_MAX + 1]);
    }

    @AfterEach
    void stop() {
        if (speech != null) {
            speech.close();
        }
        engine.close();
    }

    private static byte[] wave() {
        var samples = new short[800];
        Arrays.fill(samples, (short) 123);
        return WavFile.write(new Clip(samples));
    }

    private HttpSpeech speech(String path, String... languages) {
        var limits = PlayedEngine.limits(path, BYTES_MAX);
        speech = new HttpSpeech(engine.address(path), List.of(languages), limits);
        return speech;
    }

    @Test
    void aTextIsPostedAndItsSpeechComesBack() throws Exception {
        var clip = speech("good").speak("\"Привет\"\n\\", "ru-RU");
        assertEquals(800, clip.length());
        assertEquals(123, clip.samples()[0]);
        assertEquals("POST", engine.last().method());
        assertEquals(
                "{\"text\":\"\\u0022Привет\\u0022\\u000a\\u005c\",\"language\":\"ru-RU\"}",
                new String(engine.last().body(), StandardCharsets.UTF_8));
        assertEquals(1, speech.spoken());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"failing", "lying", "empty", "endless", "redirecting", "silent", "dripping"})
    void whateverIsWrongWithItEndsSoonAndIsNotHeard(String path) {
        // Given
        var bad = speech(path);

        // When
        long began = System.nanoTime();
        assertThrows(IOException.class, () -> bad.speak("text", "ru"));

        // Then
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(20).toNanos());
        assertEquals(1, bad.failures());
        assertEquals(0, engine.elsewhere());
    }

    @Test
    void anEngineThatFailsIsLeftAlone() {
        // Given
        var failing = speech("failing");

        // When
        for (int i = 0; i < 10; i++) {
            assertThrows(IOException.class, () -> failing.speak("text", "ru"));
        }

        // Then
        assertEquals(3, engine.asked());
        assertEquals(7, failing.passedOver());
    }

    @Test
    void theProgramSpeaksForAnEngineThatDoesNot() throws Exception {
        // Given
        TextToSpeech program = (text, language) -> new Clip(new short[] {7});
        var both = new FirstToSpeak(List.of(speech("failing"), program));

        // When, Then
        assertEquals(7, both.speak("text", "ru").samples()[0]);
        TextToSpeech mute =
                (text, language) -> {
                    throw new IOException("no voice");
                };
        var none = new FirstToSpeak(List.of(speech, mute));
        assertThrows(IOException.class, () -> none.speak("text", "ru"));
    }

    @Test
    void itIsAskedForItsOwnLanguagesAlone() throws Exception {
        speech("good", "ru");
        assertEquals(800, speech.speak("text", "ru-RU").length());
        assertThrows(IOException.class, () -> speech.speak("text", "en"));
        assertEquals(1, engine.asked());
        assertEquals(0, speech.failures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "http:/x", "x"})
    void onlyAnAddressOfHttpIsAsked(String address) {
        var limits = PlayedEngine.limits("good", BYTES_MAX);
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpSpeech(URI.create(address), List.of(), limits));
    }
}
