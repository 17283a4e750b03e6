// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.edge;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeWatchTest {

    private final LinkedBlockingQueue<String> uptimes = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> forgot = new LinkedBlockingQueue<>();
    private HttpServer relay;

    /** Answers with each uptime once, and holds back its answer until there is one. */
    private EdgeWatch watch(String serves, String path) throws IOException {
        relay = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        relay.createContext(
                serves,
                exchange -> {
                    try {
                        var text = "rtpengine_uptime_seconds" + uptimes.take() + "\n";
                        var body = text.getBytes(StandardCharsets.US_ASCII);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    } catch (InterruptedException over) {
                        exchange.close();
                    }
                });
        relay.start();
        var address = "127.0.0.1:" + relay.getAddress().getPort();
        return new EdgeWatch(address + path, () -> forgot.add("sessions"));
    }

    @AfterEach
    void stop() {
        relay.stop(0);
    }

    @Test
    void anUptimeThatWentBackIsARestart() throws Exception {
        // Given
        uptimes.addAll(List.of(" 100", " 101", " 101", " 0"));
        // When
        try (var watch = watch("/metrics", "")) {
            // Then
            assertNotNull(forgot.poll(20, TimeUnit.SECONDS), "not noticed");
            uptimes.addAll(List.of(" 1", " 1", " 2"));
            while (!uptimes.isEmpty()) Thread.onSpinWait();
            assertNull(forgot.poll(), "noticed once more");
            assertNotNull(watch);
        }
    }

    @Test
    void edgesThatAnswerInTurnAreNotTakenForOneAnother() throws Exception {
        // Given
        var a = "{edge=\"a\"} ";
        var b = "{edge=\"b\"} ";
        uptimes.addAll(List.of(a + 100, b + 3, a + 101, b + 4, b + 5));
        // When
        try (var watch = watch("/relay", "/relay")) {
            // Then
            while (!uptimes.isEmpty()) Thread.onSpinWait();
            assertNull(forgot.poll(), "one edge is younger than the other");
            uptimes.addAll(List.of(a + 102, b + 0));
            assertNotNull(forgot.poll(20, TimeUnit.SECONDS), "not noticed");
            assertNotNull(watch);
        }
    }
}
