// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.sight;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A recogniser behind HTTP, as a clinic may have one: it takes a patient's tone for a word, and
 * everything else for another.
 */
public final class ToneRecogniser implements AutoCloseable {

    private static final int WAVE_HEADER = 44;
    private static final int RATE = 8_000;
    private static final int PIECE = 800;
    private static final int LOUD = 2_000;

    private final int toneHz;
    private final String word;
    private final HttpServer server;

    public ToneRecogniser(int toneHz, String word) {
        this.toneHz = toneHz;
        this.word = word;
        try {
            var loopback = InetAddress.getLoopbackAddress();
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::recognise);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/recognise";
    }

    private void recognise(HttpExchange exchange) throws IOException {
        var wave = exchange.getRequestBody().readAllBytes();
        var samples =
                ByteBuffer.wrap(wave, WAVE_HEADER, wave.length - WAVE_HEADER)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer();
        var answer =
                "{\"text\": \"%s\", \"confidence\": 0.9}"
                        .formatted(hasTone(samples) ? word + " пожалуйста" : "добрый день");
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** By zero crossings in a loud piece. */
    private boolean hasTone(ShortBuffer samples) {
        for (int at = 0; at + PIECE <= samples.limit(); at += PIECE / 4) {
            int crossings = 0;
            long level = 0;
            for (int i = at + 1; i < at + PIECE; i++) {
                crossings += samples.get(i - 1) < 0 != samples.get(i) < 0 ? 1 : 0;
                level += Math.abs(samples.get(i));
            }
            int hz = crossings * RATE / 2 / PIECE;
            if (level / PIECE > LOUD && Math.abs(hz - toneHz) <= toneHz / 20) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
