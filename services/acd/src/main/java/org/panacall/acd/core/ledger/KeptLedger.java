// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;

/**
 * All that a ledger remembers, as values that do not change.
 *
 * @param sequence number of the last event about the terms
 * @param work what agents did in each step of the window
 * @param owed to groups and members, by the step in which it arose
 */
public record KeptLedger(
        QueueId queue,
        long sequence,
        Terms terms,
        Memory memory,
        NavigableMap<AgentId, NavigableMap<Long, Work>> work,
        Owed owed) {

    /**
     * What does not depend on the window.
     *
     * @param last who was offered a call last
     * @param underWay who is at something that is not counted yet
     */
    public record Memory(
            Optional<AgentId> last, long meanTalkMillis, NavigableSet<AgentId> underWay) {

        public Memory {
            underWay = Collections.unmodifiableNavigableSet(new TreeSet<>(underWay));
        }
    }

    /** What one agent did in one step of the window. */
    public record Work(int answered, long talkMillis) {

        static final Work NONE = new Work(0, 0);

        Work plus(Work other) {
            return new Work(answered + other.answered, talkMillis + other.talkMillis);
        }

        Work minus(Work other) {
            return new Work(answered - other.answered, talkMillis - other.talkMillis);
        }
    }

    /** Debts, positive to those who got less than their share. */
    public record Owed(
            NavigableMap<String, NavigableMap<Long, Long>> groups,
            NavigableMap<AgentId, NavigableMap<Long, Long>> members) {

        public Owed {
            groups = Collections.unmodifiableNavigableMap(new TreeMap<>(groups));
            members = Collections.unmodifiableNavigableMap(new TreeMap<>(members));
        }
    }

    public KeptLedger {
        work = Collections.unmodifiableNavigableMap(new TreeMap<>(work));
    }
}
