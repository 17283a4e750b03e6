// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How long a queue's calls occupy an agent, from the ring to the end of his notes: learnt, each
 * call counting a thousandth less than the one after it. Bins widen with the time they stand for,
 * so that memory is bounded and short calls are told apart.
 */
public final class Handling {

    private static final int BINS = 64;
    private static final double FIRST_BIN = 5;
    private static final double GROWTH = 1.06;
    private static final double KEEP = 0.999;

    /** What is believed of a queue that has had no call yet, and how firmly, in calls. */
    private static final double USUAL_SECONDS = 180;

    private static final double BELIEF = 5;

    private final double[] weights = new double[BINS];
    private double samples;
    private double seconds;

    /** What is remembered, for a snapshot. */
    public record Kept(double samples, double seconds, List<Double> weights) {

        public Kept {
            weights = List.copyOf(weights);
        }
    }

    void add(Duration occupied) {
        var time = Math.max(0.5, occupied.toMillis() / 1000.0);
        for (int bin = 0; bin < BINS; bin++) {
            weights[bin] *= KEEP;
        }
        weights[bin(time)] += 1;
        samples = samples * KEEP + 1;
        seconds = seconds * KEEP + time;
    }

    /** Calls it was learnt from, the older ones counted in part. */
    public double samples() {
        return samples;
    }

    /** In seconds. */
    public double mean() {
        return (seconds + BELIEF * USUAL_SECONDS) / (samples + BELIEF);
    }

    /**
     * The share of calls that last longer than 0, 1, 2 … steps.
     *
     * @param step in seconds
     */
    double[] survival(double step, int count) {
        var mean = mean();
        var survival = new double[count];
        var left = samples;
        var bin = 0;
        var from = 0.0;
        var width = FIRST_BIN;
        for (int index = 0; index < count; index++) {
            var time = index * step;
            while (bin < BINS - 1 && from + width <= time) {
                left -= weights[bin++];
                from += width;
                width *= GROWTH;
            }
            // The open last bin, and what is not known yet, decay as if calls had no memory.
            var learnt =
                    bin < BINS - 1
                            ? left - weights[bin] * (time - from) / width
                            : left * StrictMath.exp((from - time) / mean);
            var believed = BELIEF * StrictMath.exp(-time / mean);
            survival[index] = (Math.max(0, learnt) + believed) / (samples + BELIEF);
        }
        return survival;
    }

    private static int bin(double time) {
        var bin = (int) (StrictMath.log1p(time * (GROWTH - 1) / FIRST_BIN) / LOG_GROWTH);
        return Math.min(BINS - 1, bin);
    }

    private static final double LOG_GROWTH = StrictMath.log(GROWTH);

    Kept kept() {
        return new Kept(samples, seconds, Arrays.stream(weights).boxed().toList());
    }

    void restore(Kept kept) {
        samples = kept.samples();
        seconds = kept.seconds();
        for (int bin = 0; bin < BINS && bin < kept.weights().size(); bin++) {
            weights[bin] = kept.weights().get(bin);
        }
    }
}
