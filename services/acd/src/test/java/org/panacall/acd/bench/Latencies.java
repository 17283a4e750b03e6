// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.util.Arrays;

/** Measured times in nanoseconds, of which quantiles are asked. One thread writes. */
final class Latencies {

    private static final double NANOS_A_MICRO = 1_000;

    private long[] nanos = new long[1 << 12];
    private int count;
    private long sum;
    private long longest;

    void add(long elapsed) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = elapsed;
        sum += elapsed;
        longest = Math.max(longest, elapsed);
    }

    int count() {
        return count;
    }

    double meanMicros() {
        return count == 0 ? Double.NaN : sum / NANOS_A_MICRO / count;
    }

    double longestMicros() {
        return longest / NANOS_A_MICRO;
    }

    /** The quantiles between 0 and 1, in their order. */
    double[] micros(double... quantiles) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return Arrays.stream(quantiles)
                .map(quantile -> count == 0 ? Double.NaN : at(sorted, quantile))
                .toArray();
    }

    private static double at(long[] sorted, double quantile) {
        var index = Math.min(sorted.length - 1, (int) Math.floor(quantile * sorted.length));
        return sorted[index] / NANOS_A_MICRO;
    }

    /** Times a second, if nothing else was done. */
    double perSecond() {
        return count * 1e9 / sum;
    }
}
