// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.id.AgentId;

/**
 * Where a call stands at present.
 *
 * @param preferred everybody whom it prefers, best first
 * @param hoped those of them for whom it waits, while it waits for nobody else
 * @param appetite whether phones are to be rung for it
 * @param until when it will want something else, should nothing happen
 */
record Stand(
        Waiter waiter,
        Wish wish,
        List<AgentId> preferred,
        List<AgentId> hoped,
        Appetite appetite,
        Optional<Instant> until) {

    /**
     * Whether phones are to be rung for a call.
     *
     * @param round how often those who may be rung now have missed it at most
     */
    record Appetite(Kind kind, int round) {

        /** How hungry it is. */
        enum Kind {
            /** No phone rings. */
            WAITING,
            /** Some ring, and more should. */
            HUNGRY,
            /** Enough ring. */
            SATED
        }
    }

    Stand {
        preferred = List.copyOf(preferred);
        hoped = List.copyOf(hoped);
    }

    boolean waits() {
        return appetite.kind() == Appetite.Kind.WAITING;
    }

    boolean wantsMore() {
        return appetite.kind() != Appetite.Kind.SATED;
    }

    /** Whether it waits for certain agents and nobody else. */
    boolean personal() {
        return !hoped.isEmpty();
    }

    /** Whether nothing has changed that may let it find an agent. */
    boolean looksLike(Stand other) {
        return waiter.equals(other.waiter)
                && wish.equals(other.wish)
                && hoped.equals(other.hoped)
                && appetite.equals(other.appetite);
    }
}
