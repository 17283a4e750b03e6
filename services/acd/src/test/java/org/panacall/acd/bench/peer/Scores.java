// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What became of the calls of a day, or of several, and how evenly the work was spread. */
final class Scores {

    private static final double SERVED_SECONDS = 20;

    private final List<Double> waits = new ArrayList<>();
    private final int[] talks;
    private final double[] idleSeconds;
    private int answered;
    private int abandoned;
    private int inTime;
    private int offers;

    Scores(int agents) {
        talks = new int[agents];
        idleSeconds = new double[agents];
    }

    void offered() {
        offers++;
    }

    void answered(Duration wait, int agent) {
        waits.add(wait.toMillis() / 1_000.0);
        talks[agent]++;
        answered++;
        if (wait.toMillis() <= SERVED_SECONDS * 1_000) {
            inTime++;
        }
    }

    void abandoned(Duration wait) {
        waits.add(wait.toMillis() / 1_000.0);
        abandoned++;
    }

    void idle(int agent, Duration time) {
        idleSeconds[agent] += time.toMillis() / 1_000.0;
    }

    int calls() {
        return answered + abandoned;
    }

    int answered() {
        return answered;
    }

    int talks(int agent) {
        return talks[agent];
    }

    /** Of all callers, to the answer or to the hang-up; in seconds. */
    double meanWait() {
        return waits.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    double waitQuantile(double quantile) {
        var sorted = waits.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, (int) (quantile * sorted.length))];
    }

    double abandonedShare() {
        return (double) abandoned / calls();
    }

    /** Share of all callers who were answered within 20 s. */
    double serviceLevel() {
        return (double) inTime / calls();
    }

    double offersACall() {
        return (double) offers / answered;
    }

    /** Coefficient of variation of the agents' talks. */
    double talksVariation() {
        return variation(Arrays.stream(talks).asDoubleStream().toArray());
    }

    /** Coefficient of variation of the time in which nothing was asked of the agents. */
    double idleVariation() {
        return variation(idleSeconds);
    }

    private static double variation(double[] values) {
        var mean = Arrays.stream(values).average().orElse(0);
        var square = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average();
        return Math.sqrt(square.orElse(0)) / mean;
    }
}
