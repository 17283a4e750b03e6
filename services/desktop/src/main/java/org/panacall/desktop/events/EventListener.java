// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.panacall.desktop.access.SignedSessions.SignedIn;

/**
 * One WebSocket that events are sent to: it signs in first, then gets what it may see. Events wait
 * in a bounded buffer; a client that does not keep up is closed, since it can ask how things stand.
 *
 * <p>One virtual thread sends; anybody may offer.
 */
final class EventListener {

    static final CloseReason NOT_SIGNED_IN = new CloseReason(4401, "sign in first");
    static final CloseReason SESSION_OVER = new CloseReason(4401, "the session is over");
    static final CloseReason TOO_SLOW = new CloseReason(4008, "too slow");
    static final CloseReason NOT_UNDERSTOOD = new CloseReason(4400, "not understood");
    static final CloseReason FULL = new CloseReason(1013, "too many readers");

    private static final Duration SIGN_IN_TIME = Duration.ofSeconds(5);
    private static final Duration SEND_TIME = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final WebSocketConnection connection;
    private final ObjectMapper json;
    private final BlockingQueue<Told> waiting;
    private final CountDownLatch signedIn = new CountDownLatch(1);
    private volatile SignedIn session;
    private volatile boolean overflown;

    EventListener(WebSocketConnection connection, ObjectMapper json, int buffer) {
        this.connection = connection;
        this.json = json;
        waiting = new ArrayBlockingQueue<>(buffer);
    }

    /** It is known now who listens. */
    void signIn(SignedIn who) {
        session = who;
        signedIn.countDown();
    }

    boolean isSignedIn() {
        return session != null;
    }

    /** Never blocks. */
    void offer(Told event) {
        if (session != null && !waiting.offer(event)) {
            overflown = true;
        }
    }

    /** Sends until the client is gone; returns why we closed it, or empty when the client did. */
    Optional<CloseReason> run() throws InterruptedException, JsonProcessingException {
        if (!signedIn.await(SIGN_IN_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.of(NOT_SIGNED_IN);
        }
        var audience = new Audience(session.caller());
        if (!sent(Map.of("type", "signed-in", "at", Instant.now()))) {
            return Optional.of(TOO_SLOW);
        }
        while (connection.isOpen()) {
            if (overflown) {
                return Optional.of(TOO_SLOW);
            }
            if (!Instant.now().isBefore(session.expiresAt())) {
                return Optional.of(SESSION_OVER);
            }
            var event = waiting.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            var view = Optional.ofNullable(event).flatMap(audience::view);
            if (view.isPresent() && !sent(view.get())) {
                return Optional.of(TOO_SLOW);
            }
        }
        return Optional.empty();
    }

    /** Waits until the client's connection has taken it, so that the buffer tells the truth. */
    private boolean sent(Map<String, Object> event) throws JsonProcessingException {
        try {
            connection.sendText(json.writeValueAsString(event)).await().atMost(SEND_TIME);
            return true;
        } catch (io.smallrye.mutiny.TimeoutException stuck) {
            return false;
        }
    }
}
