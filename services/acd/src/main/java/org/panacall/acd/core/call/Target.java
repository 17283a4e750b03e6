// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;

/** For whom a call is meant. */
public sealed interface Target {

    /** Whoever serves the queue. */
    record ToQueue(QueueId queue) implements Target {}

    /** Whoever is rung for it by name may not take it. */
    sealed interface Rung extends Target {

        /** Where it goes then, when there is such a queue. */
        Optional<QueueId> fallback();

        Terms terms();
    }

    /** One person; the queue, when there is one, if he is not to be had. */
    record ToPerson(AgentId person, Extension extension, Optional<QueueId> fallback, Terms terms)
            implements Rung {

        public ToPerson(AgentId person, Extension extension, Optional<QueueId> fallback) {
            this(person, extension, fallback, Terms.USUAL);
        }
    }

    /** A telephone outside. */
    record ToNumber(PartyNumber number, Optional<QueueId> fallback, Terms terms) implements Rung {}

    /** Whoever of several answers first. */
    record ToGroup(Group group, Optional<QueueId> fallback, Terms terms) implements Rung {}

    /**
     * How somebody is rung.
     *
     * @param ringTimeout as usual when empty
     * @param onlyExtension none of his other devices
     * @param exits outcomes that bring the call back to its flow: "no-answer", "busy",
     *     "unavailable", "failed"
     */
    record Terms(Optional<Duration> ringTimeout, boolean onlyExtension, List<String> exits) {

        public static final Terms USUAL = new Terms(Optional.empty(), false, List.of());

        private static final Duration RING_MAX = Duration.ofMinutes(5);
        private static final int EXITS_MAX = 8;

        public Terms {
            exits = List.copyOf(exits);
            if (exits.size() > EXITS_MAX) {
                throw new IllegalArgumentException("a step has at most 8 exits");
            }
            if (ringTimeout.filter(Terms::isNoRing).isPresent()) {
                throw new IllegalArgumentException("a phone rings for 5 min at most");
            }
        }

        private static boolean isNoRing(Duration time) {
            return time.isNegative() || time.isZero() || time.compareTo(RING_MAX) > 0;
        }
    }
}
