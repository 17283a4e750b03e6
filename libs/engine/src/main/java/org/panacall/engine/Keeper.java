// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
        private long last;

        Journaled(Supplier<K> cores, Journal<E> journal) {
            this.cores = cores;
            this.journal = journal;
        }

        @Override
        public K recover(Consumer<Instant> lastTime) {
            var core = cores.get();
            last =
                    journal.replay(
                            0,
                            turn -> {
                                turn.events().forEach(core::apply);
                                lastTime.accept(turn.at());
                            });
            return core;
        }

        @Override
        public void keep(Turn<E> turn) {
            last = journal.append(turn, last);
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
