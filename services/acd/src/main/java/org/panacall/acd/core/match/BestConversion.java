// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Whoever does best by the numbers that his members are given, from a CRM or by hand. */
public record BestConversion() implements Strategy {

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        return fitting.min(Comparator.comparingInt(one -> -one.member().conversion()));
    }
}
