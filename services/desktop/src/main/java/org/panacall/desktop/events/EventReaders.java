// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.desktop.DesktopConfig;
import org.panacall.engine.nats.EventReader;
import org.panacall.engine.nats.EventReader.Received;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.ReaderSettings;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.proto.event.v1.EventBatch;

/**
 * Takes the services' events as they happen and hands them to everybody who listens. Nothing is
 * kept: who was away asks the resources how things stand.
 */
@ApplicationScoped
public class EventReaders {

    private static final List<String> SERVICES = List.of("sip-ingress", "acd");

    private final DesktopConfig config;
    private final DefaultsConfig defaults;
    private final MeterRegistry metrics;
    private final Set<EventListener> listeners = ConcurrentHashMap.newKeySet();
    private NatsLink link;
    private List<EventReader> readers = List.of();

    EventReaders(DesktopConfig config, DefaultsConfig defaults, MeterRegistry metrics) {
        this.config = config;
        this.defaults = defaults;
        this.metrics = metrics;
        metrics.gaugeCollectionSize("panacall.desktop.event.readers", List.of(), listeners);
    }

    /** Begins to read. */
    public void start() {
        link = new NatsLink(config.nats().url(), defaults.instance(), metrics);
        readers =
                SERVICES.stream()
                        .map(StreamSettings::of)
                        .map(
                                stream ->
                                        new EventReader(
                                                link,
                                                ReaderSettings.live(stream),
                                                this::tell,
                                                metrics))
                        .toList();
    }

    /** Ends. */
    public void stop() {
        readers.forEach(EventReader::close);
        link.close();
    }

    void add(EventListener listener) {
        listeners.add(listener);
    }

    void remove(EventListener listener) {
        listeners.remove(listener);
    }

    private void tell(List<Received> messages) {
        messages.stream()
                .flatMap(this::events)
                .forEach(event -> listeners.forEach(listener -> listener.offer(event)));
    }

    private Stream<LiveEvent> events(Received message) {
        try {
            return EventBatch.parseFrom(message.payload()).getEventsList().stream()
                    .map(LiveEvents::of)
                    .flatMap(Optional::stream);
        } catch (InvalidProtocolBufferException torn) {
            metrics.counter("panacall.desktop.events.unreadable").increment();
            return Stream.empty();
        }
    }
}
