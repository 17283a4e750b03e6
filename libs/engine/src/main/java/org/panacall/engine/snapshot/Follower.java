// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.engine.Core;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;
import org.panacall.engine.snapshot.Snapshots.Snapshot;

/**
 * Brings a core up to date, again and again, with a journal that another process writes. Whoever
 * takes over from that one has next to nothing to replay then, and does it with practice.
 *
 * @param <K> the core
 */
public final class Follower<K extends Core<?, E, ?, ?>, E> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Follower.class);

    private final Supplier<K> cores;
    private final Journal<E> journal;
    private final Snapshots<K> snapshots;
    private final Duration every;
    private final CountDownLatch left = new CountDownLatch(1);
    private Optional<Snapshot<K>> known = Optional.empty();

    /**
     * Begins to follow.
     *
     * @param journal for this follower alone
     * @param snapshots where it begins; it takes none
     */
    public Follower(Supplier<K> cores, Journal<E> journal, Snapshots<K> snapshots, Duration every) {
        this.cores = cores;
        this.journal = journal;
        this.snapshots = snapshots;
        this.every = every;
        Thread.ofVirtual().name("follower").start(this::follow);
    }

    /** Ends it; the core as of the last look is the caller's. */
    public Optional<Snapshot<K>> leave() {
        left.countDown();
        synchronized (this) {
            return known;
        }
    }

    @Override
    public void close() {
        left.countDown();
    }

    private void follow() {
        try {
            while (left.getCount() > 0) {
                catchUp();
                if (left.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void catchUp() {
        var before = known;
        // What fails half way is in doubt, and begun anew.
        known = Optional.empty();
        try {
            var begin = before.or(snapshots::newest).orElseGet(this::empty);
            var at = new Instant[] {begin.at()};
            var last = journal.replay(begin.sequence(), turn -> at[0] = apply(begin, turn));
            if (last == 0 || last >= begin.sequence()) {
                var sequence = Math.max(last, begin.sequence());
                known = Optional.of(new Snapshot<>(begin.core(), sequence, at[0]));
            }
        } catch (EngineFailure away) {
            LOG.debugf("a journal is not followed: %s", away.getMessage());
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "a journal is not followed");
        }
    }

    private Instant apply(Snapshot<K> begin, Turn<E> turn) {
        turn.events().forEach(begin.core()::apply);
        return turn.at();
    }

    private Snapshot<K> empty() {
        return new Snapshot<>(cores.get(), 0, Instant.EPOCH);
    }
}
