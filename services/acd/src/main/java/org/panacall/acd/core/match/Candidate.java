// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Instant;
import java.util.Comparator;
import org.panacall.acd.core.id.AgentId;

/**
 * An agent who could be offered a call now. Ordered by how long he has been idle, longest first.
 */
public record Candidate(AgentId agent, Instant idleSince, Instant readySince)
        implements Comparable<Candidate> {

    private static final Comparator<Candidate> IDLE_ORDER =
            Comparator.comparing(Candidate::idleSince)
                    .thenComparing(Candidate::readySince)
                    .thenComparing(Candidate::agent);

    @Override
    public int compareTo(Candidate other) {
        return IDLE_ORDER.compare(this, other);
    }
}
