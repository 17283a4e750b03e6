// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.panacall.directory.DirectoryConfig;
import org.panacall.proto.directory.v1.Configuration;

/**
 * Tells every reader the newest configuration: what is there at once, then each change, including
 * those that other instances of the directory wrote. A slow reader misses versions, never the last.
 */
@ApplicationScoped
public class ConfigurationFeed {

    private static final Logger LOG = Logger.getLogger(ConfigurationFeed.class);

    private final ConfigurationStore store;
    private final DirectoryConfig.Directory config;
    private final AtomicReference<Configuration> newest =
            new AtomicReference<>(Configuration.getDefaultInstance());
    private final Set<MultiEmitter<? super Configuration>> watchers = ConcurrentHashMap.newKeySet();

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
    public Multi<Configuration> watch(long knownVersion) {
        return Multi.createFrom()
                .<Configuration>emitter(
                        watcher -> {
                            if (watchers.size() >= config.watchers()) {
                                watcher.fail(
                                        new RejectedExecutionException(
                                                "too many readers of the configuration"));
                                return;
                            }
                            watcher.onTermination(() -> watchers.remove(watcher));
                            watchers.add(watcher);
                            var first = newest.get();
                            if (first.getVersion() != 0 && first.getVersion() != knownVersion) {
                                watcher.emit(first);
                            }
                        },
                        BackPressureStrategy.LATEST);
    }

    /** Reads the configuration if there is a newer one. Blocks; called by one thread. */
    public void refresh() {
        if (store.version().await().atMost(config.timeout()) == version()) {
            return;
        }
        var snapshot = store.snapshot().await().atMost(config.timeout());
        newest.set(snapshot);
        LOG.infof("configuration %d published", snapshot.getVersion());
        watchers.forEach(watcher -> watcher.emit(snapshot));
    }
}
