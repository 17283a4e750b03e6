// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.trace;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.panacall.proto.event.v1.Event;
import org.panacall.reporting.ReportingConfig;
import org.panacall.reporting.events.Entities;
import org.panacall.reporting.trace.Spans.Owner;

/**
 * Makes a trace of each call from the events that reporting reads anyway, and sends it when the
 * call is over. The services on the call's way spend nothing on it.
 *
 * <p>Calls under way and what waits to be looked at are bounded; what is beyond is dropped and
 * counted, as traces are not the truth. One thread owns all but the inbox.
 */
public final class Traces implements AutoCloseable {

    /** Events of other services may come a little after the call's end. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final int INBOX_MAX = 10_000;
    private static final int CALLS_MAX = 20_000;
    private static final int SENT_TOGETHER_MAX = 200;
    private static final long TURN_MS = 200;
    private static final double HASHES = 0x1p56;

    private final Clock clock = Clock.systemUTC();
    private final BlockingQueue<Told> inbox = new ArrayBlockingQueue<>(INBOX_MAX);
    private final Map<String, CallTrace> calls = new LinkedHashMap<>();
    private final Map<String, Instant> over = new LinkedHashMap<>();
    private final MeterRegistry metrics;
    private final OtlpExporter exporter;
    private final double sampling;
    private final Owner self;
    private final Thread thread;
    private volatile boolean running = true;

    /** Events of one service that were written to the database between two moments. */
    private record Told(Owner owner, List<Event> events, Timestamp from, Timestamp to) {}

    /** Begins to send to the address given. */
    public Traces(ReportingConfig.Otlp config, String instance, MeterRegistry metrics) {
        this.metrics = metrics;
        this.exporter = new OtlpExporter(config, metrics);
        this.sampling = config.sampling();
        this.self = new Owner("reporting", instance);
        metrics.gaugeMapSize("panacall.traces.open", List.of(), calls);
        thread = Thread.ofPlatform().name("traces").daemon().start(this::run);
    }

    /** Any thread; what there is no room for is dropped. */
    public void take(String service, String shard, List<Event> events, Instant from, Instant to) {
        var told = new Told(new Owner(service, shard), events, timestamp(from), timestamp(to));
        if (!inbox.offer(told)) {
            metrics.counter("panacall.traces", "result", "dropped").increment();
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        exporter.close();
    }

    private void run() {
        while (running) {
            try {
                var told = inbox.poll(TURN_MS, TimeUnit.MILLISECONDS);
                if (told != null) {
                    told.events.forEach(event -> add(told, event));
                }
                send(clock.instant());
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void add(Told told, Event event) {
        var call = event.getEntityId();
        if (event.hasAcd() && (event.getAcd().hasAgentChanged() || Entities.isCallback(call))) {
            return;
        }
        var trace = calls.computeIfAbsent(call, CallTrace::new);
        trace.add(told.owner, event);
        if (trace.isOver() && !over.containsKey(call)) {
            trace.recorded(self, told.from, told.to);
            over.put(call, clock.instant().plus(SETTLING));
        }
        if (calls.size() > CALLS_MAX) {
            // The oldest is one whose end was never told.
            var oldest = calls.keySet().iterator().next();
            calls.remove(oldest);
            over.remove(oldest);
            metrics.counter("panacall.traces", "result", "dropped").increment();
        }
    }

    private void send(Instant now) {
        var request = ExportTraceServiceRequest.newBuilder();
        var sent = new ArrayList<String>();
        for (var entry : over.entrySet()) {
            if (now.isBefore(entry.getValue()) || sent.size() == SENT_TOGETHER_MAX) {
                break;
            }
            sent.add(entry.getKey());
            var trace = calls.get(entry.getKey());
            if (isSampled(trace.traceId())) {
                request.addAllResourceSpans(trace.build());
            }
        }
        sent.forEach(over::remove);
        sent.forEach(calls::remove);
        if (request.getResourceSpansCount() > 0) {
            exporter.send(request.build(), sent.size());
        }
    }

    /** By the trace's id alone, so that all who sample by it choose the same calls. */
    private boolean isSampled(String traceId) {
        if (traceId.isEmpty()) {
            return false;
        }
        return Long.parseUnsignedLong(traceId.substring(18), 16) < sampling * HASHES;
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamps.fromMillis(instant.toEpochMilli());
    }
}
