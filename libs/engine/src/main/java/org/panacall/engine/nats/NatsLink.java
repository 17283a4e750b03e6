// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure.JournalUnavailable;

/**
 * A connection to NATS that is made in the background and kept for ever: a service starts and lives
 * without NATS. Safe for all threads; one for a process is enough.
 */
public final class NatsLink implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NatsLink.class);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);

    private final Options options;
    private volatile Connection connection;
    private final AtomicInteger connects = new AtomicInteger();
    private volatile boolean closing;
    private volatile boolean told;

    /**
     * Begins to connect.
     *
     * @param url one address, or several with commas between them
     * @param name shown in the server's list of connections
     */
    public NatsLink(String url, String name, MeterRegistry registry) {
        options =
                Options.builder()
                        .servers(url.split(","))
                        .connectionName(name)
                        .maxReconnects(-1)
                        .reconnectWait(RECONNECT_WAIT)
                        .connectionTimeout(Duration.ofSeconds(2))
                        .pingInterval(Duration.ofSeconds(5))
                        // What cannot be sent now fails now: a turn that turns up later would
                        // fence its own writer off.
                        .reconnectBufferSize(0)
                        .connectionListener(this::onEvent)
                        .errorListener(new QuietErrors())
                        .build();
        Gauge.builder("nats.connected", this, link -> link.connected() ? 1 : 0).register(registry);
        connect();
    }

    /** The connection while it stands. */
    public Optional<Connection> connection() {
        return Optional.ofNullable(connection)
                .filter(known -> known.getStatus() == Connection.Status.CONNECTED);
    }

    public boolean connected() {
        return connection().isPresent();
    }

    /** How often the connection was made; another number means that what was on it is gone. */
    int connects() {
        return connects.get();
    }

    /** The connection, or {@link JournalUnavailable} at once. */
    public Connection require() {
        return connection().orElseThrow(() -> new JournalUnavailable("NATS is away", null));
    }

    private void connect() {
        try {
            Nats.connectAsynchronously(options, true);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void onEvent(Connection source, Events event) {
        if (event == Events.CONNECTED || event == Events.RECONNECTED) {
            connection = source;
            connects.incrementAndGet();
            LOG.infof("NATS %s answers", source.getServerInfo().getVersion());
            told = false;
        } else if (event == Events.DISCONNECTED && !told && !closing) {
            told = true;
            LOG.warn("NATS is away");
        } else if (event == Events.CLOSED && !closing) {
            // The client gives up on repeated refusals; we don't.
            Thread.ofVirtual()
                    .start(
                            () -> {
                                LockSupport.parkNanos(RECONNECT_WAIT.toNanos());
                                connect();
                            });
        }
    }

    @Override
    public void close() {
        closing = true;
        var known = connection;
        if (known != null) {
            try {
                known.close();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
