// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.plan.Member;

/**
 * How a queue chooses among the agents who fit equally. Stateless: what a strategy needs to
 * remember stands in the queue's ledger, where events put it.
 */
public interface Strategy {

    /**
     * Chooses whom to offer a call next.
     *
     * @param fitting those who serve the queue, are free, will do and have the same standing, in
     *     idle order; read no further than needed, as there may be thousands
     */
    Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation);

    /** How many phones ring for a call. */
    default Ringing ringing() {
        return new Ringing.One();
    }

    /**
     * How long the next phone rings.
     *
     * @param offerTimeout the queue's setting
     * @param phones how many could ring for the call in the end, this one and those that ring
     *     already included
     */
    default Duration ringTime(Duration offerTimeout, int phones) {
        return offerTimeout;
    }

    /** What the queue has to remember for it. */
    default Terms terms(NavigableMap<AgentId, Member> members) {
        return Terms.NONE;
    }
}
