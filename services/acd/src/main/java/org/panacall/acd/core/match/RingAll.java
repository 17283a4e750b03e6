// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everybody who is free at once; the first to answer has the call.
 *
 * @param most phones that ring for a call; those idle longest when there are more
 */
public record RingAll(int most) implements Strategy {

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        return fitting.findFirst();
    }

    @Override
    public Ringing ringing() {
        return new Ringing.All(most);
    }
}
