// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.defaults.seal.MasterKeys;
import org.panacall.engine.nats.NatsLink;
import org.panacall.recordings.audio.AudioStore;
import org.panacall.recordings.audio.DirectoryStore;
import org.panacall.recordings.audio.S3Store;
import org.panacall.recordings.events.Telling;
import org.panacall.recordings.store.RecordingRows;

/** Wires the service: the one class that knows all. */
@Startup
@ApplicationScoped
public class RecordingsApp {

    private static final Logger LOG = Logger.getLogger(RecordingsApp.class);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final RecordingsConfig config;
    private final MeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();
    private final AudioStore store;
    private final Keeping keeping;
    private final NatsLink link;
    private final Telling telling;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread purging;

    RecordingsApp(
            RecordingsConfig config,
            DefaultsConfig defaults,
            RecordingRows rows,
            MeterRegistry metrics)
            throws IOException {
        this.config = config;
        this.metrics = metrics;
        store = store();
        keeping =
                new Keeping(
                        rows,
                        store,
                        MasterKeys.of(config.recordings().masterKey()),
                        config.dataDirectory().resolve("arriving"));
        link = new NatsLink(config.nats().url(), defaults.instance(), metrics);
        telling = new Telling(rows, link, TELL_EVERY);
        purging = Thread.ofVirtual().name("purging").start(this::purge);
    }

    private AudioStore store() throws IOException {
        var own = config.recordings();
        return switch (own.store()) {
            case "directory" ->
                    new DirectoryStore(
                            own.directory().orElse(config.dataDirectory().resolve("audio")));
            case "s3" -> new S3Store(own.s3());
            default ->
                    throw new IllegalArgumentException(
                            "panacall.recordings.store is directory or s3");
        };
    }

    private void purge() {
        var own = config.recordings();
        try {
            while (!closing.await(own.purgeEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                purgeSome();
            }
        } catch (InterruptedException over) {
            LOG.debug("nothing more is purged");
        }
    }

    private void purgeSome() {
        try {
            int count = keeping.purge(clock.instant(), config.recordings().deletedRetention());
            metrics.counter("panacall.recordings.purged").increment(count);
        } catch (RuntimeException fault) {
            LOG.warnf("recordings wait to be purged: %s", fault.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        closing.countDown();
        purging.interrupt();
        telling.close();
        link.close();
        store.close();
    }

    @Produces
    @Singleton
    Keeping keeping() {
        return keeping;
    }

    @Produces
    @Singleton
    Telling telling() {
        return telling;
    }
}
