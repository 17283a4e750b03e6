// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.panacall.engine.nats.EventReader;
import org.panacall.engine.nats.EventReader.Received;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.ReaderSettings;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.reporting.ReportingConfig;
import org.panacall.reporting.calls.CallStore;
import org.panacall.reporting.trace.Traces;

/**
 * Takes the events of sip-ingress, ivr and acd into the store, each stream on a thread of its own,
 * and acknowledges them when they are committed. While the database is away they wait in JetStream.
 */
public final class CallEvents implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CallEvents.class);
    private static final List<String> SERVICES = List.of("sip-ingress", "ivr", "acd");

    private final CallStore store;
    private final Duration timeout;
    private final MeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();
    private final Optional<Traces> traces;
    private final List<EventReader> readers;

    /** Begins to read. */
    public CallEvents(
            NatsLink link,
            ReportingConfig.Reporting config,
            CallStore store,
            Optional<Traces> traces,
            MeterRegistry metrics) {
        this.store = store;
        this.timeout = config.timeout();
        this.traces = traces;
        this.metrics = metrics;
        readers = SERVICES.stream().map(service -> reader(link, config, service)).toList();
    }

    private EventReader reader(NatsLink link, ReportingConfig.Reporting config, String service) {
        return new EventReader(
                link,
                ReaderSettings.durable(StreamSettings.of(service), config.durable())
                        .gathering(config.gather()),
                received -> take(service, received),
                metrics);
    }

    /** Throws when the database does not take it, and the same messages come again. */
    private void take(String service, List<Received> received) {
        var from = clock.instant();
        var told = received.stream().map(message -> told(service, message)).toList();
        var events = told.stream().flatMap(message -> message.events.stream()).toList();
        store.write(events).await().atMost(timeout);
        var to = clock.instant();
        traces.ifPresent(
                all -> told.forEach(one -> all.take(service, one.shard, one.events, from, to)));
        metrics.counter("panacall.reporting.events", "service", service).increment(events.size());
        if (!events.isEmpty()) {
            var at = Timestamps.toMillis(events.getLast().getAt());
            metrics.timer("panacall.reporting.lag", "service", service)
                    .record(Duration.ofMillis(Math.max(0, clock.millis() - at)));
        }
    }

    /** The last part of a subject is the instance or tenant that published. */
    private Told told(String service, Received message) {
        var shard = message.subject().substring(message.subject().lastIndexOf('.') + 1);
        return new Told(shard, events(service, message).toList());
    }

    private record Told(String shard, List<Event> events) {}

    /** A message that cannot be read never will be: it is counted, and the stream goes on. */
    private Stream<Event> events(String service, Received message) {
        try {
            var events = new ArrayList<Event>();
            for (var event : EventBatch.parseFrom(message.payload()).getEventsList()) {
                if (event.getEntityId().isEmpty() || !event.hasAt()) {
                    unreadable(service, message);
                } else {
                    events.add(event);
                }
            }
            return events.stream();
        } catch (InvalidProtocolBufferException torn) {
            unreadable(service, message);
            return Stream.empty();
        }
    }

    private void unreadable(String service, Received message) {
        metrics.counter("panacall.reporting.unreadable", "service", service).increment();
        LOG.errorf("message %d of %s cannot be read and was left out", message.sequence(), service);
    }

    @Override
    public void close() {
        readers.forEach(EventReader::close);
    }
}
