// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import java.time.Duration;

/**
 * Whether a server is worth asking. One that failed so often in a row is passed over, but for one
 * request in a while that tries it. Safe for all threads.
 */
public final class Circuit {

    private final int failuresMax;
    private final long pauseNanos;
    private int failures;
    private long nextTryNanos;

    /**
     * @param failuresMax failures in a row after which it is passed over
     * @param pause from one request that tries it to the next
     */
    public Circuit(int failuresMax, Duration pause) {
        this.failuresMax = failuresMax;
        pauseNanos = pause.toNanos();
    }

    /** Whether a request may be made; one that may must be told of by one of the two below. */
    public synchronized boolean admits(long nowNanos) {
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
    public synchronized void answered() {
        failures = 0;
    }

    public synchronized void failed(long nowNanos) {
        failures++;
        if (failures == failuresMax) {
            nextTryNanos = nowNanos + pauseNanos;
        }
    }

    /** It is passed over at present. */
    public synchronized boolean isOpen() {
        return failures >= failuresMax;
    }
}
