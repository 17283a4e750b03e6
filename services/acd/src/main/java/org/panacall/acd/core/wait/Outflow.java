// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.panacall.acd.core.id.QueueId;

/**
 * How often a crew's agents will become free, step by step from now: first by how long they have
 * been occupied already, then by how long calls occupy them.
 */
final class Outflow {

    static final int STEPS = 48;
    private static final int AGES = 96;

    private final double[] perSecond;
    private final double steady;

    /** Shares of calls that last longer than so many half steps, by queue. */
    private static final class Survival {
        private final Function<QueueId, Handling> handlings;
        private final double step;
        private final NavigableMap<QueueId, double[]> byQueue = new TreeMap<>();

        private Survival(Function<QueueId, Handling> handlings, double step) {
            this.handlings = handlings;
            this.step = step;
        }

        private double[] of(QueueId queue) {
            return byQueue.computeIfAbsent(
                    queue, id -> handlings.apply(id).survival(step / 2, 2 * (AGES + STEPS)));
        }
    }

    private Outflow(double[] perSecond, double steady) {
        this.perSecond = perSecond;
        this.steady = steady;
    }

    /**
     * @param asked the queue whose calls stand for those that came from none
     * @param step in seconds
     */
    Outflow(Crew crew, QueueId asked, Function<QueueId, Handling> handlings, double step) {
        perSecond = new double[STEPS];
        var survival = new Survival(handlings, step);
        var first = first(crew, asked, survival, step);
        var again = mixed(crew, survival, handlings);
        var freed = new double[STEPS + 1];
        for (int now = 1; now <= STEPS; now++) {
            var sum = first[now] - first[now - 1];
            for (int earlier = 1; earlier < now; earlier++) {
                var elapsed = 2 * (now - earlier) + 1;
                sum += freed[earlier] * (again[elapsed - 2] - again[elapsed]);
            }
            freed[now] = sum / again[1];
            perSecond[now - 1] = freed[now] / step;
        }
        steady = crew.size() / mean(crew, handlings);
    }

    /** How many are expected to have become free for the first time after so many steps. */
    private static double[] first(Crew crew, QueueId asked, Survival survival, double step) {
        var counts = new TreeMap<QueueId, int[]>();
        for (var busy : crew.busy()) {
            var age = (int) (busy.age().toMillis() / 1000.0 / step);
            counts.computeIfAbsent(busy.queue().orElse(asked), id -> new int[AGES])[
                    Math.clamp(age, 0, AGES - 1)]++;
        }
        var first = new double[STEPS + 1];
        for (int after = 1; after <= STEPS; after++) {
            first[after] = crew.idle();
        }
        counts.forEach((queue, ages) -> add(first, ages, survival.of(queue)));
        return first;
    }

    private static void add(double[] first, int[] ages, double[] survival) {
        for (int age = 0; age < AGES; age++) {
            if (ages[age] > 0) {
                var begun = survival[2 * age + 1];
                for (int after = 1; after <= STEPS && begun > 0; after++) {
                    first[after] += ages[age] * (1 - survival[2 * (age + after) + 1] / begun);
                }
            }
        }
    }

    private static double[] mixed(
            Crew crew, Survival survival, Function<QueueId, Handling> handlings) {
        var mixed = new double[2 * STEPS + 2];
        var weights = 0.0;
        for (var queue : crew.queues()) {
            var weight = 1 + handlings.apply(queue).samples();
            var own = survival.of(queue);
            for (int index = 0; index < mixed.length; index++) {
                mixed[index] += weight * own[index];
            }
            weights += weight;
        }
        for (int index = 0; index < mixed.length; index++) {
            mixed[index] /= weights;
        }
        return mixed;
    }

    private static double mean(Crew crew, Function<QueueId, Handling> handlings) {
        var weights = 0.0;
        var sum = 0.0;
        for (var queue : crew.queues()) {
            var weight = 1 + handlings.apply(queue).samples();
            sum += weight * handlings.apply(queue).mean();
            weights += weight;
        }
        return sum / weights;
    }

    /** That much of it. */
    Outflow times(double share) {
        return new Outflow(Arrays.stream(perSecond).map(x -> x * share).toArray(), steady * share);
    }

    /** Agents who become free, a second, in that step from now. */
    double perSecond(int step) {
        return step < STEPS ? perSecond[step] : steady;
    }
}
