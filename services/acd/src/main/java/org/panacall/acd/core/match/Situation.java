// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.function.Predicate;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.ledger.Ledger;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.plan.Member;

/**
 * What a strategy may go by, besides the agents themselves.
 *
 * @param needs what the call wants at present
 * @param team who serves the queue
 */
public record Situation(CallId call, Needs needs, Team team, Instant now) {

    /**
     * Those who serve a queue, and what it remembers of their work.
     *
     * @param present who of them is at work
     */
    public record Team(
            NavigableMap<AgentId, Member> members, Ledger ledger, Predicate<AgentId> present) {}
}
