// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure;

/**
 * Stands by for the shards that others own: contends for each lease of a bucket, and forgets those
 * that were given up. Which there are is asked every second.
 */
public final class Inheritance implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Inheritance.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int SHARDS_MAX = 64;

    private final Bucket bucket;
    private final Function<String, Leadership<?>> contend;
    private final TreeMap<String, Leadership<?>> contended = new TreeMap<>();
    private final Thread thread;
    private volatile boolean running = true;

    /**
     * Begins to stand by.
     *
     * @param contend begins to contend for a shard as heir; null for one that is our own
     */
    public Inheritance(NatsLink link, String bucket, Function<String, Leadership<?>> contend) {
        this.bucket = new Bucket(link, bucket, LOOK_EVERY);
        this.contend = contend;
        thread = Thread.ofVirtual().name("inheritance-" + bucket).start(this::watch);
    }

    private void watch() {
        while (running) {
            try {
                follow(bucket.open().keys());
            } catch (JetStreamApiException
                    | IOException
                    | IllegalStateException
                    | EngineFailure away) {
                LOG.debugf("leases not listed: %s", away.getMessage());
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private synchronized void follow(List<String> shards) {
        if (!running) {
            return;
        }
        contended.entrySet().removeIf(entry -> over(entry.getKey(), entry.getValue(), shards));
        for (var shard : shards) {
            if (contended.size() < SHARDS_MAX && !contended.containsKey(shard)) {
                var leadership = contend.apply(shard);
                if (leadership != null) {
                    contended.put(shard, leadership);
                }
            }
        }
    }

    private static boolean over(String shard, Leadership<?> leadership, List<String> shards) {
        if (shards.contains(shard) || leadership.current().isPresent()) {
            return false;
        }
        leadership.close();
        return true;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        synchronized (this) {
            contended.values().forEach(Leadership::close);
            contended.clear();
        }
    }
}
