// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Says that the owner of a shard lives, so that an heir takes it over only when he does not.
 *
 * <p>For shards that begin with their process and act before they journal: unlike a leader, the
 * owner goes on while the server is away, and stops only when somebody else holds his lease. That
 * is so when he was frozen, or cut off from the server, for longer than a lease lasts.
 */
public final class Claim implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Claim.class);

    private final LeaseSettings settings;
    private final Lease lease;
    private final Runnable lost;
    private final Thread thread;
    private volatile boolean running = true;

    /**
     * Begins to claim.
     *
     * @param settings with a shard that nobody had before
     * @param lost told once when somebody else has taken the shard over
     */
    public Claim(NatsLink link, LeaseSettings settings, Runnable lost) {
        this.settings = settings;
        this.lost = lost;
        lease = new Lease(link, settings);
        thread = Thread.ofVirtual().name("claim-" + settings.shard()).start(this::keep);
    }

    private void keep() {
        var taken = false;
        while (running) {
            if (!lease.bump()) {
                taken |= lease.tryTake(!taken).isPresent();
            }
            // Gone: an heir was here, and is done with what was in it.
            if (taken && !lease.holder().equals(Optional.of(settings.holder()))) {
                LOG.warnf("%s was taken over", settings.shard());
                lost.run();
                return;
            }
            LockSupport.parkNanos(settings.bumpEvery().toNanos());
        }
        lease.release();
    }

    /** Gives the shard up: nobody is to take it over. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(settings.takeAfter());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
