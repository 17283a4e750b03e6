// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From the most to the least qualified: whoever is best at what the call wants. Where it wants
 * nothing, tiers alone say who is qualified, and of one tier whoever has been idle longest.
 */
public record MostSkilled() implements Strategy {

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        var needs = situation.needs();
        return needs.isNone()
                ? fitting.findFirst()
                : fitting.min(Comparator.comparingInt(one -> -needs.proficiency(one.skills())));
    }
}
