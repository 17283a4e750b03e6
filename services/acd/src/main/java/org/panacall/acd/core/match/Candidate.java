// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.plan.Member;

/**
 * An agent who could be offered a call of a queue now. Ordered by tier, and then by how long he has
 * been idle, longest first; who talks elsewhere comes after all others.
 *
 * @param member what he is in this queue
 * @param skills what he can do
 * @param idle since when he waits
 */
public record Candidate(
        AgentId agent, Member member, NavigableMap<String, Integer> skills, Idle idle)
        implements Comparable<Candidate> {

    /**
     * How long somebody has waited.
     *
     * @param since his last call, or the last one he missed
     * @param readySince breaks ties
     * @param busy whether he talks outside the queues meanwhile
     */
    public record Idle(Instant since, Instant readySince, boolean busy) {}

    /** Those in front are to be rung before any strategy is asked. */
    public static final Comparator<Candidate> BY_STANDING = Candidate::compareStanding;

    private int compareStanding(Candidate other) {
        int order = Boolean.compare(idle.busy(), other.idle.busy());
        return order != 0 ? order : Integer.compare(member.level(), other.member.level());
    }

    @Override
    public int compareTo(Candidate other) {
        int order = compareStanding(other);
        order = order != 0 ? order : idle.since().compareTo(other.idle.since());
        order = order != 0 ? order : idle.readySince().compareTo(other.idle.readySince());
        return order != 0 ? order : agent.compareTo(other.agent);
    }
}
