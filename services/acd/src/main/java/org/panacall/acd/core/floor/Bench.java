// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.match.Candidate;

/**
 * The free agents of each queue: an index, so that a choice does not look at every agent. An agent
 * sits on the bench of each queue that may ring him, or on none.
 */
final class Bench {

    private final Map<QueueId, NavigableSet<Candidate>> byQueue = new LinkedHashMap<>();
    private final Map<AgentId, NavigableMap<QueueId, Candidate>> seats = new LinkedHashMap<>();

    /**
     * Seats an agent at these queues, wherever he sat before.
     *
     * @return whether he sits otherwise than before
     */
    boolean seat(AgentId agent, NavigableMap<QueueId, Candidate> at) {
        var before = seatsOf(agent);
        if (before.equals(at)) {
            return false;
        }
        before.forEach((queue, candidate) -> byQueue.get(queue).remove(candidate));
        if (at.isEmpty()) {
            seats.remove(agent);
        } else {
            seats.put(agent, at);
            at.forEach(
                    (queue, candidate) ->
                            byQueue.computeIfAbsent(queue, id -> new TreeSet<>()).add(candidate));
        }
        return true;
    }

    NavigableMap<QueueId, Candidate> seatsOf(AgentId agent) {
        return seats.getOrDefault(agent, Collections.emptyNavigableMap());
    }

    /** The free agents of a queue by tier, and of each tier whoever is idle longest first. */
    NavigableSet<Candidate> free(QueueId queue) {
        return byQueue.getOrDefault(queue, Collections.emptyNavigableSet());
    }
}
