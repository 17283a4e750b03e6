// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What the clinic tells a system of its own as it happens; all of it is kept. */
public final class LiveFeed implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final List<JsonNode> events = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private WebSocket socket;

    /** Begins to listen on the web origin's port. */
    static LiveFeed open(int port, String token) {
        var feed = new LiveFeed();
        var uri = URI.create("ws://127.0.0.1:" + port + "/api/v1/events");
        feed.socket = feed.http.newWebSocketBuilder().buildAsync(uri, feed).join();
        feed.socket.sendText("{\"token\":\"" + token + "\"}", true).join();
        return feed;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        lock.lock();
        try {
            part.append(text);
            if (last) {
                events.add(JSON.readTree(part.toString()));
                part.setLength(0);
                told.signalAll();
            }
        } catch (JsonProcessingException garbled) {
            throw new IllegalStateException("no JSON: " + part, garbled);
        } finally {
            lock.unlock();
        }
        from.request(1);
        return null;
    }

    /** The first event of this kind, told already or in time. */
    public Optional<JsonNode> await(String type, Predicate<JsonNode> wish, Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                var found =
                        events.stream()
                                .filter(event -> event.path("type").asText().equals(type))
                                .filter(wish)
                                .findFirst();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(100));
                left -= slice - told.awaitNanos(slice);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** All of a kind so far. */
    public List<JsonNode> events(String type) {
        lock.lock();
        try {
            return events.stream()
                    .filter(event -> event.path("type").asText().equals(type))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
