// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;

/**
 * The free agents of each queue in idle order: an index, so that a choice does not look at every
 * agent. An agent stands on the bench of each queue he serves, or on none.
 */
public final class Bench {

    private record Seat(Candidate candidate, List<QueueId> queues) {}

    private final NavigableMap<QueueId, NavigableSet<Candidate>> byQueue = new TreeMap<>();
    private final NavigableMap<AgentId, Seat> seats = new TreeMap<>();

    /** Seats an agent at these queues, wherever he sat before; empty: he is not free. */
    public void place(AgentId agent, Optional<Candidate> candidate, List<QueueId> queues) {
        var before = seats.remove(agent);
        if (before != null) {
            before.queues().forEach(queue -> byQueue.get(queue).remove(before.candidate()));
        }
        candidate.ifPresent(
                free -> {
                    seats.put(agent, new Seat(free, queues));
                    queues.forEach(queue -> free(queue).add(free));
                });
    }

    /** The free agents of a queue, longest idle first. */
    public NavigableSet<Candidate> free(QueueId queue) {
        return byQueue.computeIfAbsent(queue, id -> new TreeSet<>());
    }
}
