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

    private final LinkedBlockingQueue<Long> uptimes = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> forgot = new LinkedBlockingQueue<>();
    private HttpServer relay;

    /** Answers with each uptime once, and holds back its answer until there is one. */
    private EdgeWatch watch() throws IOException {
        relay = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        relay.createContext(
                "/metrics",
                exchange -> {
                    try {
                        var text = "rtpengine_uptime_seconds " + uptimes.take() + "\n";
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
        return new EdgeWatch(address, () -> forgot.add("sessions"));
    }

    @AfterEach
    void stop() {
        relay.stop(0);
    }

    @Test
    void anUptimeThatWentBackIsARestart() throws Exception {
        // Given
        uptimes.addAll(List.of(100L, 101L, 101L, 0L));
        // When
        try (var watch = watch()) {
            // Then
            assertNotNull(forgot.poll(20, TimeUnit.SECONDS), "not noticed");
            uptimes.addAll(List.of(1L, 1L, 2L));
            while (!uptimes.isEmpty()) Thread.onSpinWait();
            assertNull(forgot.poll(), "noticed once more");
            assertNotNull(watch);
        }
    }
}
