// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.edge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.acd.TenantShard;
import org.panacall.acd.Tenants;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.edge.Registrations.Device;

/**
 * Tells the tenants that we lead which phones are registered: from the edges' events at once, and
 * from a reading of all phones every few seconds. When an edge cannot be read, nothing is told, and
 * leases run out by themselves. One virtual thread, and that of the NATS client.
 */
public final class EdgeWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EdgeWatch.class);
    private static final String SUBJECT = "panacall.v1.edge.>";
    private static final long UNIX_TIMES = 1_000_000_000L;
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

    /** Where edges are, and how often they are read. */
    public record Edges(List<URI> addresses, String token, Duration readEvery, Duration timeout) {}

    private final Tenants tenants;
    private final Supplier<Optional<Connection>> nats;
    private final Edges edges;
    private final MeterRegistry registry;
    private final List<LocationRpc> locations;
    private final Registrations registrations = new Registrations();
    private final JsonMapper json = new JsonMapper();
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private Optional<Connection> subscribed = Optional.empty();
    private volatile boolean running = true;

    /**
     * @param nats the connection to NATS while there is one
     */
    public EdgeWatch(
            Tenants tenants,
            Supplier<Optional<Connection>> nats,
            Edges edges,
            MeterRegistry registry) {
        this.tenants = tenants;
        this.nats = nats;
        this.edges = edges;
        this.registry = registry;
        locations =
                edges.addresses().stream()
                        .map(address -> new LocationRpc(address, edges.token(), edges.timeout()))
                        .toList();
        thread = Thread.ofVirtual().name("edge").start(this::run);
    }

    /** Has the phones read soon: a tenant is ours since a moment, or an event left a doubt. */
    public void readSoon() {
        wanted.release();
    }

    /** Listens to events, once on each connection. */
    private void listen() {
        var connection = nats.get();
        if (connection.isPresent() && !connection.equals(subscribed)) {
            connection.get().createDispatcher(this::heard).subscribe(SUBJECT);
            subscribed = connection;
        }
    }

    private void run() {
        while (running) {
            listen();
            read();
            try {
                wanted.tryAcquire(edges.readEvery().toMillis(), TimeUnit.MILLISECONDS);
                LockSupport.parkNanos(LEAST_PAUSE.toNanos());
                // Many doubts at once are settled by one reading.
                wanted.drainPermits();
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    private void read() {
        if (locations.isEmpty() || nobodyLed()) {
            return;
        }
        var begun = System.nanoTime();
        try {
            var reading = new HashMap<Device, Duration>();
            for (var edge : locations) {
                edge.read()
                        .forEach(
                                (device, lease) ->
                                        reading.merge(
                                                device,
                                                lease,
                                                (one, other) ->
                                                        one.compareTo(other) >= 0 ? one : other));
            }
            tell(reading, begun);
        } catch (IOException away) {
            registry.counter("acd.edge.readings.failed").increment();
            LOG.warnf("registrations not read: %s", away.getMessage());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean nobodyLed() {
        return tenants.all().stream().noneMatch(shard -> shard.leading().isPresent());
    }

    private void tell(Map<Device, Duration> reading, long begun) {
        var shards = tenants.all();
        var domains = shards.stream().map(shard -> shard.settings().sipDomain()).toList();
        Map<String, Map<String, Duration>> truth;
        synchronized (registrations) {
            truth = registrations.corrected(reading, domains, begun);
        }
        for (var shard : shards) {
            tell(shard, truth.get(shard.settings().sipDomain()), true);
        }
    }

    private static void tell(TenantShard shard, Map<String, Duration> leases, boolean whole) {
        var byExtension = new TreeMap<Extension, Duration>();
        leases.forEach((extension, lease) -> byExtension.put(new Extension(extension), lease));
        shard.leading()
                .ifPresent(acd -> acd.send(new AcdCommand.RenewRegistrations(byExtension, whole)));
    }

    private void heard(Message message) {
        try {
            var event = json.readTree(message.getData());
            var device = new Device(event.path("user").asText(), event.path("domain").asText());
            switch (event.path("event").asText()) {
                case "registered" -> registered(device, lease(event.path("expires").asLong(0)));
                case "unregistered" -> heard(device, Duration.ZERO);
                // Another contact of the same person may still be there.
                case "expired" -> readSoon();
                default -> registry.counter("acd.edge.events.unknown").increment();
            }
        } catch (IOException | IllegalArgumentException odd) {
            registry.counter("acd.edge.events.unknown").increment();
            LOG.warnf("an event of the edge was not understood: %s", odd.getClass());
        }
    }

    private void registered(Device device, Duration lease) {
        if (lease.isPositive()) {
            heard(device, lease);
        } else {
            readSoon();
        }
    }

    private void heard(Device device, Duration lease) {
        synchronized (registrations) {
            registrations.heard(device, lease, System.nanoTime());
        }
        if (!device.extension().isEmpty()) {
            tenants.ofDomain(device.domain())
                    .ifPresent(shard -> tell(shard, Map.of(device.extension(), lease), false));
        }
    }

    /** Seconds left, or the second at which it ends. */
    private static Duration lease(long expires) {
        return Duration.ofSeconds(
                expires > UNIX_TIMES ? expires - Instant.now().getEpochSecond() : expires);
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
        locations.forEach(LocationRpc::close);
    }
}
