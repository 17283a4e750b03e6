// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.sight;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A very small collector: OTLP over HTTP, all that came is kept. */
public final class Collector implements AutoCloseable {

    private final List<ResourceSpans> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public Collector() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = HttpServer.create(address, 0);
            server.createContext("/v1/traces", this::take);
            server.start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything that came, as text. */
    public String text() {
        return received.toString();
    }

    /** The spans of a call's trace, with the service of each, when they have come. */
    public List<ResourceSpans> await(String call, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            var traces =
                    spans(received).stream()
                            .filter(span -> span.toString().contains(call))
                            .map(Span::getTraceId)
                            .toList();
            var found =
                    received.stream()
                            .filter(
                                    one ->
                                            spans(List.of(one)).stream()
                                                    .map(Span::getTraceId)
                                                    .anyMatch(traces::contains))
                            .toList();
            if (!found.isEmpty() || System.nanoTime() > end) {
                return found;
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    public static List<Span> spans(List<ResourceSpans> resources) {
        return resources.stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            received.addAll(ExportTraceServiceRequest.parseFrom(body).getResourceSpansList());
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
