// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Optional;
import java.util.stream.Stream;

/** Whoever has been idle longest; the order in which candidates come anyway. */
public record LongestIdle() implements Strategy {

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        return fitting.findFirst();
    }
}
