// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * How many calls come with a head start, so that they overtake those that were there before:
 * arrivals of the last quarter of an hour or so, by the head start they had.
 */
public final class Arrivals {

    private static final int CLASSES = 8;
    private static final double MEMORY_SECONDS = 900;

    private final double[] weights = new double[CLASSES];
    private final double[] headStarts = new double[CLASSES];
    private double known;
    private Instant at = Instant.EPOCH;

    /**
     * What is remembered, for a snapshot.
     *
     * @param known how much of the memory's time has been watched
     */
    public record Kept(List<Double> weights, List<Double> headStarts, double known, Instant at) {

        public Kept {
            weights = List.copyOf(weights);
            headStarts = List.copyOf(headStarts);
        }
    }

    void add(Duration headStart, Instant now) {
        var passed = at.equals(Instant.EPOCH) ? 0 : Duration.between(at, now).toMillis() / 1000.0;
        var keep = StrictMath.exp(-Math.max(0, passed) / MEMORY_SECONDS);
        for (int index = 0; index < CLASSES; index++) {
            weights[index] *= keep;
        }
        known = known * keep + MEMORY_SECONDS * (1 - keep);
        at = now;
        var seconds = Math.max(0, headStart.toMillis() / 1000.0);
        var index = index(seconds);
        weights[index] += 1;
        headStarts[index] += (seconds - headStarts[index]) / Math.max(1, weights[index]);
    }

    /** Under a minute, under two, four, eight and so on. */
    private static int index(double seconds) {
        var minutes = (int) (seconds / 60);
        return Math.min(CLASSES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(minutes));
    }

    /**
     * Calls a second that come before one who came that many seconds ago, as things were lately.
     */
    double overtaking(double headStart, double ago) {
        var rate = 0.0;
        for (int index = 0; index < CLASSES; index++) {
            if (headStarts[index] - headStart > ago) {
                rate += weights[index] / Math.max(MEMORY_SECONDS / 3, known);
            }
        }
        return rate;
    }

    Kept kept() {
        return new Kept(
                Arrays.stream(weights).boxed().toList(),
                Arrays.stream(headStarts).boxed().toList(),
                known,
                at);
    }

    void restore(Kept kept) {
        for (int index = 0; index < CLASSES && index < kept.weights().size(); index++) {
            weights[index] = kept.weights().get(index);
            headStarts[index] = kept.headStarts().get(index);
        }
        known = kept.known();
        at = kept.at();
    }
}
