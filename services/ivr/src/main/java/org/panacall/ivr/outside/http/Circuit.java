// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import java.time.Duration;

/**
 * Whether a server is worth asking. One that failed so often in a row is passed over, but for one
 * request in a while that tries it. Safe for all threads.
 */
final class Circuit {

    private final int failuresMax;
    private final long pauseNanos;
    private int failures;
    private long nextTryNanos;

    Circuit(int failuresMax, Duration pause) {
        this.failuresMax = failuresMax;
        pauseNanos = pause.toNanos();
    }

    synchronized boolean admits(long nowNanos) {
        if (failures < failuresMax) {
            return true;
        }
        if (nowNanos - nextTryNanos < 0) {
            return false;
        }
        nextTryNanos = nowNanos + pauseNanos;
        return true;
    }

    /** It answered, if only that it would not. */
    synchronized void answered() {
        failures = 0;
    }

    synchronized void failed(long nowNanos) {
        failures++;
        if (failures == failuresMax) {
            nextTryNanos = nowNanos + pauseNanos;
        }
    }
}
