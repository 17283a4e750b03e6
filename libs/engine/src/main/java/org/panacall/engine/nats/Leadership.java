// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;

/**
 * Leads one shard whenever nobody else does: takes the lease, opens a term (replay, then the event
 * that a leader was elected), keeps the lease, and closes the term when the lease is lost.
 *
 * <p>Between losing the lease unknowingly and noticing it, the journal's expected sequence fences
 * the old leader off; its term then ends by itself and the lease is contended for anew.
 *
 * @param <T> what the shard's service does while it leads
 */
public final class Leadership<T extends Leadership.Term> implements AutoCloseable {

    /**
     * The time during which one instance leads a shard. Opened and closed by the leader's thread.
     */
    public interface Term extends AutoCloseable {

        /** Completes when the term cannot go on: its engine was fenced off. */
        CompletableFuture<Void> ended();

        @Override
        void close();
    }

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private static final Duration OPENING_LOOK = Duration.ofMillis(50);

    private final LeaseSettings settings;
    private final Lease lease;
    private final LongFunction<T> open;
    private final MeterRegistry registry;
    private final Gauge leading;
    private final Thread thread;
    private volatile Optional<T> current = Optional.empty();
    private volatile boolean running = true;

    /**
     * Begins to contend.
     *
     * @param open opens a term for an epoch, which grows with each leader; may block and may throw
     */
    public Leadership(
            NatsLink link, LeaseSettings settings, LongFunction<T> open, MeterRegistry registry) {
        this.settings = settings;
        this.lease = new Lease(link, settings);
        this.open = open;
        this.registry = registry;
        leading =
                Gauge.builder("engine.leading", this, l -> l.current.isPresent() ? 1 : 0)
                        .tag("shard", settings.shard())
                        .register(registry);
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("leadership-" + settings.shard())
                        .start(this::contend);
    }

    /** The term while this instance leads and has caught up. */
    public Optional<T> current() {
        return current;
    }

    /** Address of the leader as last seen, for those who ask the wrong instance. */
    public Optional<String> leader() {
        return lease.holder();
    }

    private void contend() {
        while (running) {
            var epoch = lease.tryTake();
            if (epoch.isPresent()) {
                LOG.infof("leading %s, epoch %d", settings.shard(), epoch.getAsLong());
                lead(epoch.getAsLong());
                LOG.infof("no longer leading %s", settings.shard());
                lease.release();
            }
            pause(settings.bumpEvery().dividedBy(2));
        }
    }

    /** Keeps the lease while the term opens and lasts. Opening may take longer than a lease. */
    private void lead(long epoch) {
        var opening = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> openInto(opening, epoch));
        while (running && lease.bump() && !opening.isCompletedExceptionally()) {
            if (opening.isDone() && current.isEmpty()) {
                current = Optional.of(opening.join());
            }
            if (current.map(term -> term.ended().isDone()).orElse(false)) {
                break;
            }
            pause(opening.isDone() ? settings.bumpEvery() : OPENING_LOOK);
        }
        current = Optional.empty();
        // A term that opens too late is closed as soon as it is open.
        opening.thenAccept(Term::close);
    }

    private void openInto(CompletableFuture<T> opening, long epoch) {
        try {
            opening.complete(open.apply(epoch));
        } catch (RuntimeException failure) {
            LOG.warnf("could not lead %s: %s", settings.shard(), failure.getMessage());
            opening.completeExceptionally(failure);
        }
    }

    private static void pause(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(settings.takeAfter().multipliedBy(3));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        registry.remove(leading);
    }
}
