// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.panacall.acd.core.id.QueueId;

/**
 * The agents who serve the same queues, as they are at a moment. Who will not come back after his
 * present call, having said that he is not ready, is not among them.
 *
 * @param idle those who could take a call at once
 */
public record Crew(NavigableSet<QueueId> queues, int idle, List<Busy> busy) {

    /**
     * One who is occupied.
     *
     * @param queue whose call it is; empty when it came from none
     * @param age since when
     */
    public record Busy(Optional<QueueId> queue, Duration age) {}

    public Crew {
        queues = Collections.unmodifiableNavigableSet(new TreeSet<>(queues));
        busy = List.copyOf(busy);
    }

    int size() {
        return idle + busy.size();
    }
}
