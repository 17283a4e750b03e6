// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In a fixed order, from its beginning for each call. One phone rings for a step, then it is silent
 * and the next one rings.
 */
public record InOrder(Duration step) implements Strategy {

    static final Comparator<Candidate> ORDER =
            Comparator.comparingInt((Candidate one) -> one.member().position())
                    .thenComparing(Candidate::agent);

    public InOrder {
        if (step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("a phone must ring for some time");
        }
    }

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        return fitting.min(ORDER);
    }

    @Override
    public Duration ringTime(Duration offerTimeout, int phones) {
        return step;
    }
}
