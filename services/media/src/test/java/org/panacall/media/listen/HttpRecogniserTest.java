// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.media.listen.Recogniser.Said;
import org.panacall.media.prompt.WavFile;
import org.panacall.media.speech.PlayedEngine;

/**
 * Against a recogniser that does its work, and one that is slow, fails, lies and sends elsewhere.
 */
class HttpRecogniserTest {

    private static final int BYTES_MAX = 10_000;
    private static final String GOOD = "{\"text\": \"запись к врачу\", \"confidence\": 0.834}";

    private PlayedEngine engine;
    private HttpRecogniser recogniser;

    @BeforeEach
    void start() throws IOException {
        engine = new PlayedEngine(bytes(GOOD));
        answers("good", 200, GOOD);
        answers("failing", 500, GOOD);
        answers("page", 200, "<html>");
        answers("empty", 200, "");
        answers("list", 200, "[1]");
        answers("speechless", 200, "{\"confidence\": 0.5}");
        answers("unsure", 200, "{\"text\": \"запись\"}");
        answers("boasting", 200, "{\"text\": \"запись\", \"confidence\": 83}");
        answers("modest", 200, "{\"text\": \"запись\", \"confidence\": -0.1}");
        answers("worded", 200, "{\"text\": \"запись\", \"confidence\": \"high\"}");
        answers("numbered", 200, "{\"text\": 7, \"confidence\": 1}");
        answers("talkative", 200, GOOD.replace("врачу", "а".repeat(1_001)));
        answers("endless", 200, " ".repeat(BYTES_MAX + 1) + GOOD);
    }

    @AfterEach
    void stop() {
        if (recogniser != null) {
            recogniser.close();
        }
        engine.close();
    }

    private void answers(String path, int status, String body) {
        engine.answers(path, status, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpRecogniser recogniser(String path, String... languages) {
        var limits = PlayedEngine.limits(path, BYTES_MAX);
        recogniser = new HttpRecogniser(engine.address(path), List.of(languages), limits);
        return recogniser;
    }

    /** What was asked last, without its body. */
    private String request() {
        var last = engine.last();
        return last.method() + " " + last.uri() + " " + last.contentType();
    }

    private static Recogniser.Utterance utterance() {
        var samples = new short[800];
        Arrays.fill(samples, (short) 123);
        return new Recogniser.Utterance(samples, "ru", List.of("запись"));
    }

    @Test
    void audioIsPostedAndItsWordsComeBack() throws Exception {
        assertEquals(new Said("запись к врачу", 83), recogniser("good").recognise(utterance()));
        assertEquals("POST /good?language=ru audio/wav", request());
        var clip = WavFile.read(engine.last().body());
        assertEquals(800, clip.length());
        assertEquals(123, clip.samples()[0]);
    }

    @Test
    void anAddressMayHaveAQueryOfItsOwn() throws Exception {
        recogniser("good?model=small").recognise(utterance());
        assertEquals("POST /good?model=small&language=ru audio/wav", request());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failing",
                "page",
                "empty",
                "list",
                "speechless",
                "unsure",
                "boasting",
                "modest",
                "worded",
                "numbered",
                "talkative",
                "endless",
                "redirecting",
                "silent",
                "dripping"
            })
    void whateverIsWrongWithItEndsSoonAndCountsForNothing(String path) {
        // Given
        var bad = recogniser(path);

        // When
        long began = System.nanoTime();
        assertThrows(IOException.class, () -> bad.recognise(utterance()));

        // Then
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(20).toNanos());
        assertEquals(1, bad.engine().failures());
        assertEquals(0, engine.elsewhere());
    }

    @Test
    void oneThatFailsIsLeftAlone() {
        // Given
        var failing = recogniser("failing");

        // When
        for (int i = 0; i < 10; i++) {
            assertThrows(IOException.class, () -> failing.recognise(utterance()));
        }

        // Then
        assertEquals(3, engine.asked());
        assertEquals(7, failing.engine().passedOver());
    }

    @Test
    void itIsAskedForItsOwnLanguagesAlone() {
        var russian = recogniser("good", "ru");
        assertTrue(russian.hears("ru"));
        assertFalse(russian.hears("en"));
        russian.close();
        assertTrue(recogniser("good").hears("en"));
    }

    @Test
    void whatWasSaidIsNotSeenInLogs() {
        assertFalse(new Said("запись", 83).toString().contains("запись"));
        assertFalse(utterance().toString().contains("запись"));
    }
}
