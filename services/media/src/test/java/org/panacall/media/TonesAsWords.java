// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import org.panacall.media.prompt.WavFile;

/** A recogniser behind HTTP that takes a tone for a word: 440 Hz is "registry". */
public final class TonesAsWords implements QuarkusTestResourceLifecycleManager {

    public static final int REGISTRY_HZ = 440;
    public static final int SOMETHING_ELSE_HZ = 700;
    public static final int FAILURE_HZ = 1_000;

    private static final int PIECE = 400;

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            var loopback = InetAddress.getLoopbackAddress();
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", TonesAsWords::recognise);
        server.start();
        return Map.of(
                "panacall.media.listen.http.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/recognise");
    }

    private static void recognise(HttpExchange exchange) throws IOException {
        var samples = WavFile.read(exchange.getRequestBody().readAllBytes()).samples();
        var text = has(samples, REGISTRY_HZ) ? "registry, please" : "hello";
        var body = "{\"text\": \"%s\", \"confidence\": 0.91}".formatted(text);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        int status = has(samples, FAILURE_HZ) ? 500 : 200;
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Before and after the tone is silence. */
    private static boolean has(short[] samples, int hz) {
        for (int at = 0; at + PIECE <= samples.length; at += PIECE) {
            var piece = Arrays.copyOfRange(samples, at, at + PIECE);
            if (Spectrum.amplitude(piece, hz) > 2_000) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
