// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;

/** Whoever has been idle longest; the order in which candidates come anyway. */
public record LongestIdle() implements Strategy {

    @Override
    public Optional<AgentId> choose(Stream<Candidate> fitting) {
        return fitting.findFirst().map(Candidate::agent);
    }
}
