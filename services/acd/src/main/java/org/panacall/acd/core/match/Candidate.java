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
    public static final Comparator<Candidate> BY_STANDING =
            Comparator.comparing((Candidate one) -> one.idle().busy())
                    .thenComparing(one -> one.member().level());

    private static final Comparator<Candidate> ORDER =
            BY_STANDING
                    .thenComparing(one -> one.idle().since())
                    .thenComparing(one -> one.idle().readySince())
                    .thenComparing(Candidate::agent);

    @Override
    public int compareTo(Candidate other) {
        return ORDER.compare(this, other);
    }
}
