// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.panacall.media.listen.Recogniser.Said;
import org.panacall.media.prompt.WavFile;
import org.panacall.media.speech.HttpEngine;

/**
 * Against a recogniser that does its work, and one that is slow, fails, lies and sends elsewhere.
 */
class HttpRecogniserTest {

    private static final HttpEngine.Limits LIMITS =
            new HttpEngine.Limits(Duration.ofMillis(700), 10_000, 4);
    private static final String GOOD = "{\"text\": \"запись к врачу\", \"confidence\": 0.834}";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final AtomicReference<byte[]> wave = new AtomicReference<>();
    private final AtomicReference<String> request = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private HttpRecogniser recogniser;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        context("good", 200, GOOD);
        context("failing", 500, GOOD);
        context("page", 200, "<html>");
        context("empty", 200, "");
        context("list", 200, "[1]");
        context("speechless", 200, "{\"confidence\": 0.5}");
        context("unsure", 200, "{\"text\": \"запись\"}");
        context("boasting", 200, "{\"text\": \"запись\", \"confidence\": 83}");
        context("modest", 200, "{\"text\": \"запись\", \"confidence\": -0.1}");
        context("worded", 200, "{\"text\": \"запись\", \"confidence\": \"high\"}");
        context("numbered", 200, "{\"text\": 7, \"confidence\": 1}");
        context("talkative", 200, GOOD.replace("врачу", "а".repeat(1_001)));
        context("endless", 200, " ".repeat(10_001) + GOOD);
        server.createContext("/redirecting", this::redirect);
        server.createContext("/elsewhere", this::elsewhere);
        server.createContext("/silent", this::awaitEnd);
        server.createContext("/dripping", this::drip);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        if (recogniser != null) {
            recogniser.close();
        }
        server.stop(0);
    }

    private void context(String path, int status, String body) {
        server.createContext("/" + path, exchange -> answer(exchange, status, body));
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        asked.incrementAndGet();
        wave.set(exchange.getRequestBody().readAllBytes());
        request.set(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type"));
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", address("elsewhere").toString());
        answer(exchange, 302, "");
    }

    private void elsewhere(HttpExchange exchange) throws IOException {
        elsewhere.incrementAndGet();
        answer(exchange, 200, GOOD);
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
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write("{\"text\"".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        awaitEnd(exchange);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    private HttpRecogniser recogniser(String path) {
        recogniser = new HttpRecogniser(address(path), List.of(), LIMITS);
        return recogniser;
    }

    private static Recogniser.Utterance utterance() {
        var samples = new short[800];
        Arrays.fill(samples, (short) 123);
        return new Recogniser.Utterance(samples, "ru", List.of("запись"));
    }

    @Test
    void audioIsPostedAndItsWordsComeBack() throws Exception {
        assertEquals(new Said("запись к врачу", 83), recogniser("good").recognise(utterance()));
        assertEquals("POST /good?language=ru audio/wav", request.get());
        var clip = WavFile.read(wave.get());
        assertEquals(800, clip.length());
        assertEquals(123, clip.samples()[0]);
    }

    @Test
    void anAddressMayHaveAQueryOfItsOwn() throws Exception {
        recogniser("good?model=small").recognise(utterance());
        assertEquals("POST /good?model=small&language=ru audio/wav", request.get());
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
        assertEquals(0, elsewhere.get());
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
        assertEquals(3, asked.get());
        assertEquals(7, failing.engine().passedOver());
    }

    @Test
    void itIsAskedForItsOwnLanguagesAlone() {
        recogniser = new HttpRecogniser(address("good"), List.of("ru"), LIMITS);
        assertTrue(recogniser.hears("ru"));
        assertFalse(recogniser.hears("en"));
        assertTrue(recogniser("good").hears("en"));
    }

    @Test
    void whatWasSaidIsNotSeenInLogs() {
        assertFalse(new Said("запись", 83).toString().contains("запись"));
        assertFalse(utterance().toString().contains("запись"));
    }
}
