// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.panacall.desktop.DesktopConfig;
import org.panacall.desktop.access.Access;

/**
 * What happens, as it happens: JSON objects with "type", "id", "at". The first message a client
 * sends is {"token": "…"}; it is not in the address, where logs and histories would keep it. With
 * "floor": true beside it, how agents and queues stand is told too: all at once, then what changes.
 */
@WebSocket(path = "/api/v1/events")
public class EventSocket {

    private static final Logger LOG = Logger.getLogger(EventSocket.class);

    private final EventReaders readers;
    private final FloorFeeds floors;
    private final Access access;
    private final ObjectMapper json;
    private final DesktopConfig.Desktop config;
    private final MeterRegistry metrics;
    private final Map<String, EventListener> listeners = new ConcurrentHashMap<>();

    EventSocket(
            EventReaders readers,
            FloorFeeds floors,
            Access access,
            ObjectMapper json,
            DesktopConfig config,
            MeterRegistry metrics) {
        this.readers = readers;
        this.floors = floors;
        this.access = access;
        this.json = json;
        this.config = config.desktop();
        this.metrics = metrics;
    }

    @OnOpen
    @RunOnVirtualThread
    void opened(WebSocketConnection connection) {
        if (listeners.size() >= config.eventReaders()) {
            connection.closeAndAwait(EventListener.FULL);
            return;
        }
        var listener = new EventListener(connection, json, config.eventBuffer());
        listeners.put(connection.id(), listener);
        Thread.ofVirtual().name("events-", 0).start(() -> serve(connection, listener));
    }

    @OnTextMessage
    @RunOnVirtualThread
    void message(String text, WebSocketConnection connection) {
        var listener = listeners.get(connection.id());
        if (listener == null) {
            return;
        }
        var message = read(text);
        var token = message.path("token").asText("");
        if (listener.isSignedIn() || token.isEmpty()) {
            connection.closeAndAwait(EventListener.NOT_UNDERSTOOD);
            return;
        }
        var session = access.session(token);
        if (session.isEmpty()) {
            connection.closeAndAwait(EventListener.NOT_SIGNED_IN);
            return;
        }
        readers.add(listener);
        listener.signIn(session.get());
        if (message.path("floor").asBoolean()) {
            floors.add(session.get().caller().tenantId(), listener);
        }
        if (!connection.isOpen()) {
            closed(connection);
        }
    }

    @OnClose
    void closed(WebSocketConnection connection) {
        var listener = listeners.remove(connection.id());
        if (listener != null) {
            readers.remove(listener);
            floors.remove(listener);
        }
    }

    private void serve(WebSocketConnection connection, EventListener listener) {
        try {
            var reason = listener.run();
            if (reason.isPresent() && connection.isOpen()) {
                metrics.counter(
                                "panacall.desktop.event.readers.closed",
                                "reason",
                                reason.get().getMessage())
                        .increment();
                connection.closeAndAwait(reason.get());
            }
        } catch (InterruptedException | JsonProcessingException | RuntimeException gone) {
            LOG.debugf("an event reader went away: %s", gone.getMessage());
        } finally {
            closed(connection);
        }
    }

    /** Nothing when the message is none that we know. */
    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException other) {
            return MissingNode.getInstance();
        }
    }
}
