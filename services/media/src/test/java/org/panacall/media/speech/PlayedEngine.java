// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An engine behind HTTP that answers as it is told, and on some paths sends elsewhere, says nothing
 * ("silent") or begins well and never ends ("dripping").
 */
public final class PlayedEngine implements AutoCloseable {

    /** Paths on which no answer ever comes. */
    private static final List<String> MUTE = List.of("silent", "dripping");

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(700);

    /** What it was asked last. */
    public record Asked(String method, URI uri, String contentType, byte[] body) {}

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final AtomicReference<Asked> last = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;

    /**
     * @param good what is answered where nobody should be sent
     */
    public PlayedEngine(byte[] good) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/redirecting", this::redirect);
        server.createContext(
                "/elsewhere",
                exchange -> {
                    elsewhere.incrementAndGet();
                    answer(exchange, 200, good);
                });
        server.createContext("/silent", this::awaitEnd);
        server.createContext("/dripping", exchange -> drip(exchange, good));
        server.start();
    }

    /** On that path it answers so. */
    public void answers(String path, int status, byte[] body) {
        server.createContext("/" + path, exchange -> answer(exchange, status, body));
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    /** Long enough for whatever is answered, and short where nothing is. */
    public static HttpEngine.Limits limits(String path, int bytes) {
        return new HttpEngine.Limits(MUTE.contains(path) ? SHORT : LONG, bytes, 4);
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    /** How often somebody followed it elsewhere. */
    public int elsewhere() {
        return elsewhere.get();
    }

    public Asked last() {
        return last.get();
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        asked.incrementAndGet();
        last.set(
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", address("elsewhere").toString());
        answer(exchange, 302, new byte[0]);
    }

    private void awaitEnd(HttpExchange exchange) {
        asked.incrementAndGet();
        try {
            end.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void drip(HttpExchange exchange, byte[] good) throws IOException {
        exchange.sendResponseHeaders(200, good.length);
        exchange.getResponseBody().write(Arrays.copyOf(good, 8));
        exchange.getResponseBody().flush();
        awaitEnd(exchange);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
