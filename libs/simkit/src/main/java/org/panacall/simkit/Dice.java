// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** All chance of one simulation, from one seed. The algorithm is named, so seeds stay valid. */
public final class Dice {

    private final RandomGenerator random;

    public Dice(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Evenly from 0 to {@code bound} - 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Evenly from {@code least} to {@code most}, both possible. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** An exponentially distributed wait with this mean, cut at ten times the mean. */
    public Duration wait(Duration mean) {
        var factor = Math.min(10, -Math.log(1 - random.nextDouble()));
        return Duration.ofNanos((long) (mean.toNanos() * factor));
    }

    /**
     * Swarm weights for so many kinds of event: some are off for the whole run (but never all), the
     * rest get skewed weights. Runs that lack something find what runs that have everything miss.
     */
    public double[] swarm(int kinds) {
        var weights = new double[kinds];
        for (int kind = 0; kind < kinds; kind++) {
            weights[kind] = chance(0.3) ? 0 : Math.pow(random.nextDouble(), 3) + 0.01;
        }
        weights[below(kinds)] += 0.1;
        return weights;
    }

    /** An index, chosen in proportion to its weight. */
    public int weighted(double[] weights) {
        double sum = 0;
        for (var weight : weights) {
            sum += weight;
        }
        var point = random.nextDouble() * sum;
        for (int index = 0; index < weights.length; index++) {
            point -= weights[index];
            if (point < 0) {
                return index;
            }
        }
        return weights.length - 1;
    }
}
