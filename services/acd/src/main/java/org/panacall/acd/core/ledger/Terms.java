// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.time.Duration;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.panacall.acd.core.id.AgentId;

/**
 * What a queue's ledger counts, and how its work is to be shared.
 *
 * @param window how far back the ledger remembers
 * @param unit what is shared
 * @param catchUp whether who was away makes up for it when he is back
 * @param groups whose shares there are, by name; none when nothing is shared
 */
public record Terms(
        Duration window, Unit unit, boolean catchUp, NavigableMap<String, Group> groups) {

    /** Nobody works for longer than 20 hours, so that nothing older matters. */
    public static final Duration WINDOW_MAX = Duration.ofHours(24);

    /** Nothing is counted. */
    public static final Terms NONE =
            new Terms(Duration.ZERO, Unit.OFFERED, false, Collections.emptyNavigableMap());

    /** What is shared. */
    public enum Unit {
        /** Calls, answered or not: even work. */
        OFFERED,
        /** Answered calls: whoever does not answer has not had his share. */
        ANSWERED,
        /** Time spent talking. */
        TALK_TIME
    }

    /**
     * Who has a share together.
     *
     * @param share in proportion to those of the other groups
     * @param byShares whether its members have shares of it by numbers of their own; else whoever
     *     of them has been idle longest
     * @param members with their own shares
     */
    public record Group(int share, boolean byShares, NavigableMap<AgentId, Integer> members) {

        public Group {
            members = Collections.unmodifiableNavigableMap(new TreeMap<>(members));
        }
    }

    public Terms {
        groups = Collections.unmodifiableNavigableMap(new TreeMap<>(groups));
        if (window.isNegative() || window.compareTo(WINDOW_MAX) > 0) {
            throw new IllegalArgumentException("a window is of 24 hours at most");
        }
    }

    /** Counting without shares. */
    public static Terms of(Duration window) {
        return new Terms(window, Unit.ANSWERED, false, Collections.emptyNavigableMap());
    }

    /** Whether anything is counted at all. */
    public boolean counts() {
        return !window.isZero();
    }
}
