// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.panacall.engine.snapshot.Snapshots;
import org.panacall.engine.snapshot.Snapshots.Snapshot;

/** How an engine's events are kept: the one difference between the two modes. */
interface Keeper<K, E> {

    /** Builds a core as of the last kept turn; tells the time of that turn through the sink. */
    K recover(Consumer<Instant> lastTime);

    /** Keeps a turn that has events. */
    void keep(Turn<E> turn);

    /** Whether a failed turn leaves the core in doubt, so that it has to be rebuilt. */
    boolean rebuilds();

    /** Journal, then act. */
    final class Journaled<K extends Core<?, E, ?, ?>, E> implements Keeper<K, E> {
        private final Supplier<K> cores;
        private final Journal<E> journal;
        private final Snapshots<K> snapshots;
        private K core;
        private long last;

        Journaled(Supplier<K> cores, Journal<E> journal, Snapshots<K> snapshots) {
            this.cores = cores;
            this.journal = journal;
            this.snapshots = snapshots;
        }

        @Override
        public K recover(Consumer<Instant> lastTime) {
            var snapshot = snapshots.newest();
            snapshot.map(Snapshot::at).ifPresent(lastTime);
            core = snapshot.map(Snapshot::core).orElseGet(cores);
            Consumer<Turn<E>> reader =
                    turn -> {
                        turn.events().forEach(core::apply);
                        lastTime.accept(turn.at());
                    };
            var after = snapshot.map(Snapshot::sequence).orElse(0L);
            last = journal.replay(after, reader);
            if (last > 0 && last < after) {
                // The journal was begun anew after the snapshot: all of it is newer.
                last = journal.replay(0, reader);
            }
            return core;
        }

        @Override
        public void keep(Turn<E> turn) {
            last = journal.append(turn, last);
            snapshots.turnKept(core, last, turn.at());
        }

        @Override
        public boolean rebuilds() {
            return true;
        }
    }

    /** Act, then checkpoint. */
    final class Checkpointed<K, E> implements Keeper<K, E> {
        private final Supplier<K> cores;
        private final Checkpoints<E> checkpoints;

        Checkpointed(Supplier<K> cores, Checkpoints<E> checkpoints) {
            this.cores = cores;
            this.checkpoints = checkpoints;
        }

        @Override
        public K recover(Consumer<Instant> lastTime) {
            return cores.get();
        }

        @Override
        public void keep(Turn<E> turn) {
            checkpoints.offer(turn);
        }

        @Override
        public boolean rebuilds() {
            return false;
        }
    }
}
