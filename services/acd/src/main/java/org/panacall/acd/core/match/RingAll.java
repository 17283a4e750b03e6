// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;

/** Everybody who is free at once; the first to answer has the call. */
public record RingAll() implements Strategy {

    @Override
    public Optional<AgentId> choose(Stream<Candidate> fitting) {
        return fitting.findFirst().map(Candidate::agent);
    }

    @Override
    public boolean severalAtOnce() {
        return true;
    }
}
