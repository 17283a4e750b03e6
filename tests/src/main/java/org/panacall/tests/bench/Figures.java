// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured times in nanoseconds, of which percentiles are asked. One thread writes. */
public final class Figures {

    private long[] values = new long[1024];
    private int count;

    public void add(long nanos) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = nanos;
    }

    public int count() {
        return count;
    }

    /** In milliseconds; the quantile is between 0 and 1. NaN when nothing was measured. */
    double quantileMs(double quantile) {
        if (count == 0) {
            return Double.NaN;
        }
        var sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, Math.floor(quantile * count))] / 1e6;
    }

    /** Median and 99th percentile as tables show them. */
    public String medianAndTail() {
        return count == 0
                ? "–"
                : String.format(Locale.ROOT, "%.1f / %.1f", quantileMs(0.5), quantileMs(0.99));
    }
}
