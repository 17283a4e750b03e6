// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.time.Instant;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;

/**
 * A call in line. Ordered by rank.
 *
 * @param rank when it arrived, or earlier when it is urgent
 * @param arrival breaks ties
 */
record Waiter(Instant rank, long arrival, CallId call, QueueId queue)
        implements Comparable<Waiter> {

    @Override
    public int compareTo(Waiter other) {
        int order = rank.compareTo(other.rank);
        return order != 0 ? order : Long.compare(arrival, other.arrival);
    }
}
