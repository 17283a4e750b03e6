// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * Whole states of a core, so that a replay need not begin at the beginning, nor the journal reach
 * back for ever. A core may lose its snapshots at any time: the journal is the truth.
 *
 * <p>Called on the engine's thread.
 */
public interface Snapshots<K> {

    /** A core as it was after the turn of that sequence. */
    record Snapshot<K>(K core, long sequence, Instant at) {}

    /** The newest one; empty when there is none, or none that can be read. */
    Optional<Snapshot<K>> newest();

    /** Told after every turn that was kept; decides by itself how often to take one. */
    void turnKept(K core, long sequence, Instant at);

    /** Begins with a core that is known already, once; all else is as ever. */
    static <K> Snapshots<K> beginningWith(Optional<Snapshot<K>> known, Snapshots<K> others) {
        return new Snapshots<>() {
            private Optional<Snapshot<K>> first = known;

            @Override
            public Optional<Snapshot<K>> newest() {
                var begin = first;
                // The engine changes that core; should it lose it, the stored one is the newest.
                first = Optional.empty();
                return begin.or(others::newest);
            }

            @Override
            public void turnKept(K core, long sequence, Instant at) {
                others.turnKept(core, sequence, at);
            }
        };
    }

    /** For cores that are always rebuilt from their whole journal. */
    static <K> Snapshots<K> none() {
        return new Snapshots<>() {
            @Override
            public Optional<Snapshot<K>> newest() {
                return Optional.empty();
            }

            @Override
            public void turnKept(K core, long sequence, Instant at) {
                // The journal is enough.
            }
        };
    }
}
