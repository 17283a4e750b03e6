// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.configuration;

import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.panacall.defaults.Outlet;
import org.panacall.directory.DirectoryConfig;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

/**
 * Tells every reader the newest configuration: what is there at once, then each change, including
 * those that other instances of the directory wrote. A reader that is too slow is cut off, and told
 * the newest one when it comes again.
 */
@ApplicationScoped
public class ConfigurationFeed {

    private static final Logger LOG = Logger.getLogger(ConfigurationFeed.class);

    private static final int VERSIONS_BEHIND = 4;

    private final ConfigurationStore store;
    private final DirectoryConfig.Directory config;
    private final AtomicReference<Configuration> newest =
            new AtomicReference<>(Configuration.getDefaultInstance());
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Object uses = new Object();
    private final Semaphore nudges = new Semaphore(0);
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock telling = new ReentrantLock();

    /** A reader; it says what it works by if it has a name. */
    private static final class Watcher {
        private final String name;
        private Outlet<Configuration> outlet;
        private long used;

        private Watcher(String name) {
            this.name = name;
        }

        private boolean lags(long version) {
            return !name.isEmpty() && used < version;
        }
    }

    ConfigurationFeed(ConfigurationStore store, DirectoryConfig config, MeterRegistry metrics) {
        this.store = store;
        this.config = config.directory();
        metrics.gaugeCollectionSize("panacall.directory.watchers", java.util.List.of(), watchers);
        metrics.gauge("panacall.directory.configuration.version", this, ConfigurationFeed::version);
    }

    /** The version that readers have been told of; 0 before the first. */
    public long version() {
        return newest.get().getVersion();
    }

    /**
     * The newest configuration and all that follow. A reader that knows another version, even a
     * higher one (the database was set up anew), is told at once.
     */
    public void watch(WatchConfigurationRequest request, StreamObserver<Configuration> reader) {
        if (watchers.size() >= config.watchers()) {
            throw new RejectedExecutionException("too many readers of the configuration");
        }
        var watcher = new Watcher(request.getReaderId());
        watcher.outlet = new Outlet<>(reader, VERSIONS_BEHIND, () -> gone(watcher));
        telling.lock();
        try {
            watchers.add(watcher);
            var first = newest.get();
            if (first.getVersion() != 0 && first.getVersion() != request.getKnownVersion()) {
                watcher.outlet.offer(first);
            } else {
                used(watcher, first.getVersion());
            }
        } finally {
            telling.unlock();
        }
    }

    private void gone(Watcher watcher) {
        watchers.remove(watcher);
        synchronized (uses) {
            uses.notifyAll();
        }
    }

    /** A reader works by that version. */
    public void used(String reader, long version) {
        if (!reader.isEmpty()) {
            watchers.stream()
                    .filter(watcher -> watcher.name.equals(reader))
                    .forEach(watcher -> used(watcher, version));
        }
    }

    private void used(Watcher watcher, long version) {
        synchronized (uses) {
            watcher.used = Math.max(watcher.used, version);
            uses.notifyAll();
        }
    }

    /**
     * Waits until all readers of this directory that say so work by that version, or a newer one;
     * false when one of them does not in time.
     */
    public boolean awaitUse(long version, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (uses) {
            while (watchers.stream().anyMatch(watcher -> watcher.lags(version))) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                uses.wait(left);
            }
            return true;
        }
    }

    /** Says that there may be a newer configuration. Any thread. */
    public void nudge() {
        nudges.release();
    }

    /** Waits for a nudge, or for so long: other instances write too, and nudge nobody here. */
    public void awaitNudge(Duration longest) throws InterruptedException {
        if (nudges.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            nudges.drainPermits();
        }
    }

    /**
     * Reads the configuration if there is a newer one, and has told every reader when it returns.
     * Blocks.
     */
    public void refresh() {
        turn.lock();
        try {
            if (store.version().await().atMost(config.timeout()) == version()) {
                return;
            }
            var snapshot = store.snapshot().await().atMost(config.timeout());
            tell(snapshot);
            LOG.infof("configuration %d published", snapshot.getVersion());
        } finally {
            turn.unlock();
        }
    }

    /** No reader that comes at the same moment may be told of an older one after this. */
    private void tell(Configuration snapshot) {
        telling.lock();
        try {
            newest.set(snapshot);
            watchers.forEach(watcher -> watcher.outlet.offer(snapshot));
        } finally {
            telling.unlock();
        }
    }
}
