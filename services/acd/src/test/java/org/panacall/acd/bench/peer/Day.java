// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What a day brings whoever distributes its calls: arrivals, patience, lengths of talks, who is
 * away from his telephone when, how soon he answers. All of it follows from the seed.
 */
final class Day {

    /** Of talks: log-normal with this deviation of its logarithm, as measured talks are. */
    private static final double SPREAD = 0.8;

    private static final Duration BETWEEN_ABSENCES = Duration.ofMinutes(50);
    private static final Duration ABSENCE = Duration.ofMinutes(3);
    private static final double REJECTS = 0.01;
    private static final int ANSWER_MILLIS_MIN = 1_500;
    private static final int ANSWER_MILLIS_MAX = 6_000;

    /** A call that comes after so much of the day. */
    record Arrival(int queue, Duration at, Duration patience, Duration talk) {}

    /** An agent does not hear his telephone, and has told nobody. */
    record Absence(Duration from, Duration until) {}

    /** What an agent does when it rings, once he hears it. */
    record Reaction(boolean rejects, Duration after) {}

    private final Shape shape;
    private final long seed;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<List<Absence>> absences = new ArrayList<>();

    Day(Shape shape, long seed) {
        this.shape = shape;
        this.seed = seed;
        var random = random(seed);
        drawArrivals(random);
        for (int agent = 0; agent < shape.agents(); agent++) {
            absences.add(drawAbsences(random));
        }
    }

    Shape shape() {
        return shape;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    List<Absence> absences(int agent) {
        return absences.get(agent);
    }

    /** The first moment from then on at which he hears his telephone. */
    Duration present(int agent, Duration from) {
        return absences.get(agent).stream()
                .filter(absence -> !absence.from().minus(from).isPositive())
                .filter(absence -> absence.until().minus(from).isPositive())
                .findFirst()
                .map(Absence::until)
                .orElse(from);
    }

    /** The same for a call and an agent, whenever and however often he is rung for it. */
    Reaction reaction(int call, int agent) {
        var random = random(seed * 1_000_003 + call * 4_099L + agent);
        return new Reaction(
                random.nextDouble() < REJECTS,
                Duration.ofMillis(random.nextInt(ANSWER_MILLIS_MIN, ANSWER_MILLIS_MAX)));
    }

    private void drawArrivals(RandomGenerator random) {
        var shares = shape.shares();
        for (int slice = 0; slice < Shape.slices(); slice++) {
            var end = Shape.SLICE.multipliedBy(slice + 1);
            var rate = shape.arrivals(slice);
            var at = Shape.SLICE.multipliedBy(slice).plus(exponential(random, 1 / rate));
            for (; at.compareTo(end) < 0; at = at.plus(exponential(random, 1 / rate))) {
                var patience =
                        exponential(random, Shape.PATIENCE.toMillis() / 1_000.0).plusSeconds(3);
                arrivals.add(new Arrival(draw(random, shares), at, patience, talk(random)));
            }
        }
    }

    private static Duration talk(RandomGenerator random) {
        var median = Shape.TALK.toMillis() / Math.exp(SPREAD * SPREAD / 2);
        return Duration.ofMillis((long) (median * Math.exp(SPREAD * random.nextGaussian())) + 1);
    }

    private static List<Absence> drawAbsences(RandomGenerator random) {
        var found = new ArrayList<Absence>();
        var at = exponential(random, BETWEEN_ABSENCES.toSeconds());
        while (at.compareTo(Shape.DAY) < 0) {
            var until = at.plus(exponential(random, ABSENCE.toSeconds()));
            found.add(new Absence(at, until));
            at = until.plus(exponential(random, BETWEEN_ABSENCES.toSeconds()));
        }
        return found;
    }

    private static int draw(RandomGenerator random, double[] shares) {
        double all = 0;
        for (var share : shares) {
            all += share;
        }
        var point = random.nextDouble() * all;
        for (int i = 0; i < shares.length; i++) {
            point -= shares[i];
            if (point < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }

    private static Duration exponential(RandomGenerator random, double meanSeconds) {
        var seconds = -Math.log(1 - random.nextDouble()) * meanSeconds;
        return Duration.ofMillis((long) (seconds * 1_000) + 1);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
