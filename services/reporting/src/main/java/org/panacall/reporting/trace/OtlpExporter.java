// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.trace;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.panacall.reporting.ReportingConfig;

/** Sends spans by OTLP over HTTP; a collector that is away costs traces and nothing else. */
final class OtlpExporter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OtlpExporter.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int UNDER_WAY_MAX = 4;

    private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();
    private final URI traces;
    private final MeterRegistry metrics;

    OtlpExporter(ReportingConfig.Otlp config, MeterRegistry metrics) {
        var endpoint = config.endpoint().orElseThrow();
        this.traces = URI.create(endpoint.replaceFirst("/+$", "") + "/v1/traces");
        this.metrics = metrics;
    }

    /** Returns at once. */
    void send(ExportTraceServiceRequest request, int calls) {
        if (!room.tryAcquire()) {
            count("dropped", calls);
            return;
        }
        var post =
                HttpRequest.newBuilder(traces)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-protobuf")
                        .POST(BodyPublishers.ofByteArray(request.toByteArray()))
                        .build();
        client.sendAsync(post, BodyHandlers.discarding())
                .whenComplete(
                        (answer, failure) -> {
                            room.release();
                            boolean well = failure == null && answer.statusCode() / 100 == 2;
                            count(well ? "sent" : "failed", calls);
                            if (!well) {
                                LOG.debugf("traces of %d calls could not be sent", calls);
                            }
                        });
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private void count(String result, int calls) {
        metrics.counter("panacall.traces", "result", result).increment(calls);
    }
}
