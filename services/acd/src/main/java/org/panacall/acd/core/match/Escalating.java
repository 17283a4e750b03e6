// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In a fixed order, but those who ring go on ringing while, step by step, others are added. All
 * fall silent together: when the last one has rung for as long as an offer may.
 */
public record Escalating(Duration step, int most) implements Strategy {

    /** A phone that has rung for so long is not going to be answered. */
    private static final Duration RING_MAX = Duration.ofMinutes(2);

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        return fitting.min(InOrder.ORDER);
    }

    @Override
    public Ringing ringing() {
        return new Ringing.Growing(step, most);
    }

    @Override
    public Duration ringTime(Duration offerTimeout, int phones) {
        var time = offerTimeout.plus(step.multipliedBy(phones - 1));
        return time.compareTo(RING_MAX) > 0 ? RING_MAX : time;
    }
}
