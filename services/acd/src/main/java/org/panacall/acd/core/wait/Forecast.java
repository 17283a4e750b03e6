// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;

/**
 * What a caller may expect who goes on waiting.
 *
 * @param expected mean of the wait
 * @param likely nine of ten are answered by then
 * @param step mean time between two calls of the queue that go to an agent
 * @param samples calls from which the queue has learnt so far
 */
public record Forecast(Duration expected, Duration likely, Duration step, int samples) {

    /** Nobody serves the queue, so that nothing can be said. */
    public static final Forecast NONE =
            new Forecast(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

    public boolean known() {
        return !step.isZero();
    }
}
