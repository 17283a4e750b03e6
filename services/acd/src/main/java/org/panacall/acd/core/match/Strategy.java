// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;

/**
 * How a queue chooses among the agents who fit. Stateless: what a strategy needs to remember
 * belongs into the agents' state, where events put it.
 */
public interface Strategy {

    /**
     * Chooses whom to offer a call.
     *
     * @param fitting those who serve the queue and are free, in idle order; read no further than
     *     needed, as there may be thousands
     */
    Optional<AgentId> choose(Stream<Candidate> fitting);

    /** Whether all who fit are rung at once. */
    default boolean severalAtOnce() {
        return false;
    }
}
