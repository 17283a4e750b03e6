// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.panacall.directory.configuration.ConfigurationFeed;
import org.panacall.directory.configuration.PromptFeed;
import org.panacall.directory.edge.EdgeCredentials;
import org.panacall.directory.edge.EdgeReadiness;
import org.panacall.directory.people.PeopleStore;
import org.panacall.directory.seed.Seeding;

/**
 * Starts the directory: seed first, then one virtual thread that follows the database's version and
 * one that keeps the edge's credentials.
 */
@ApplicationScoped
public class DirectoryApp {

    private static final Logger LOG = Logger.getLogger(DirectoryApp.class);

    /** What a thread does again and again. */
    private interface Round {
        void run() throws InterruptedException;
    }

    private final Seeding seeding;
    private final ConfigurationFeed feed;
    private final PromptFeed prompts;
    private final PeopleStore people;
    private final DirectoryConfig config;
    private final MeterRegistry metrics;
    private final EdgeReadiness readiness;
    private final CountDownLatch stopped = new CountDownLatch(1);

    DirectoryApp(
            Seeding seeding,
            ConfigurationFeed feed,
            PromptFeed prompts,
            PeopleStore people,
            DirectoryConfig config,
            MeterRegistry metrics,
            @Readiness EdgeReadiness readiness) {
        this.readiness = readiness;
        this.seeding = seeding;
        this.feed = feed;
        this.prompts = prompts;
        this.people = people;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        seeding.run();
        feed.refresh();
        every(
                () -> feed.awaitNudge(config.directory().changePoll()),
                "configuration",
                feed::refresh);
        prompts.refresh();
        every(
                () -> prompts.awaitNudge(config.directory().changePoll()),
                "prompts",
                prompts::refresh);
        if (config.edge().rpcUrl().isPresent()) {
            var edge = new EdgeCredentials(people, config, metrics);
            readiness.expect();
            var pause = config.directory().edgePoll().toMillis();
            every(
                    () -> stopped.await(pause, TimeUnit.MILLISECONDS),
                    "edge",
                    () -> {
                        if (edge.bringTo(feed.version())) readiness.pushed();
                    });
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped.countDown();
        feed.nudge();
        prompts.nudge();
    }

    /** A database that is away is asked again in the next round. */
    private void every(Round pause, String name, Round round) {
        Thread.ofVirtual()
                .name(name)
                .start(
                        () -> {
                            try {
                                while (true) {
                                    pause.run();
                                    if (stopped.getCount() == 0) {
                                        return;
                                    }
                                    attempt(name, round);
                                }
                            } catch (InterruptedException over) {
                                LOG.debugf("%s was interrupted", name);
                            }
                        });
    }

    private void attempt(String name, Round round) throws InterruptedException {
        try {
            round.run();
        } catch (RuntimeException fault) {
            metrics.counter("panacall.directory.failures", "round", name).increment();
            LOG.warnf("%s: %s", name, fault.toString());
        }
    }
}
