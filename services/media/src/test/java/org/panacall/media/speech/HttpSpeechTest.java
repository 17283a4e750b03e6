// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final HttpEngine.Limits LIMITS =
            new HttpEngine.Limits(Duration.ofMillis(700), 100_000, 4);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final AtomicReference<String> request = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private HttpSpeech speech;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/good", exchange -> answer(exchange, 200, wave()));
        server.createContext("/failing", exchange -> answer(exchange, 500, wave()));
        server.createContext("/lying", exchange -> answer(exchange, 200, "<html>".getBytes()));
        server.createContext("/empty", exchange -> answer(exchange, 200, new byte[0]));
        server.createContext("/endless", exchange -> answer(exchange, 200, new byte[100_001]));
        server.createContext("/redirecting", this::redirect);
        server.createContext("/elsewhere", this::elsewhere);
        server.createContext("/silent", this::awaitEnd);
        server.createContext("/dripping", this::drip);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        if (speech != null) {
            speech.close();
        }
        server.stop(0);
    }

    private static byte[] wave() {
        var samples = new short[800];
        Arrays.fill(samples, (short) 123);
        return WavFile.write(new Clip(samples));
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        asked.incrementAndGet();
        request.set(
                exchange.getRequestMethod()
                        + " "
                        + new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", address("elsewhere").toString());
        answer(exchange, 302, new byte[0]);
    }

    private void elsewhere(HttpExchange exchange) throws IOException {
        elsewhere.incrementAndGet();
        answer(exchange, 200, wave());
    }

    private void awaitEnd(HttpExchange exchange) {
        asked.incrementAndGet();
        try {
            end.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins well, and then says nothing for ever. */
    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1644);
        exchange.getResponseBody().write(Arrays.copyOf(wave(), 100));
        exchange.getResponseBody().flush();
        awaitEnd(exchange);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    private HttpSpeech speech(String path) {
        speech = new HttpSpeech(address(path), List.of(), LIMITS);
        return speech;
    }

    @Test
    void aTextIsPostedAndItsSpeechComesBack() throws Exception {
        var clip = speech("good").speak("\"Привет\"\n\\", "ru-RU");
        assertEquals(800, clip.length());
        assertEquals(123, clip.samples()[0]);
        assertEquals(
                "POST {\"text\":\"\\u0022Привет\\u0022\\u000a\\u005c\",\"language\":\"ru-RU\"}",
                request.get());
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
        assertEquals(0, elsewhere.get());
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
        assertEquals(3, asked.get());
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
        speech = new HttpSpeech(address("good"), List.of("ru"), LIMITS);
        assertEquals(800, speech.speak("text", "ru-RU").length());
        assertThrows(IOException.class, () -> speech.speak("text", "en"));
        assertEquals(1, asked.get());
        assertEquals(0, speech.failures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "http:/x", "x"})
    void onlyAnAddressOfHttpIsAsked(String address) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpSpeech(URI.create(address), List.of(), LIMITS));
    }
}
