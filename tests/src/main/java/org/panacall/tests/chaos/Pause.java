// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Time passing on the running clock, where time itself is what the round is about. */
final class Pause {

    private static final long LOOK_NANOS = 20_000_000;

    private Pause() {}

    static void until(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static void of(Duration length) {
        until(System.nanoTime() + length.toNanos());
    }

    /** Looks again and again until it is so; false when it is not within the time. */
    static boolean await(BooleanSupplier condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
