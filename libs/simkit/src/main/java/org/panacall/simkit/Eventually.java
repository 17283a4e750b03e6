// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits in a test until something outside has come true; fails when it takes too long. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(5);

    private Eventually() {}

    public static void isTrue(String claim, Callable<Boolean> condition) {
        isTrue(claim, LIMIT, condition);
    }

    /** The same for what takes longer, such as timers of SIP. */
    public static void isTrue(String claim, Duration limit, Callable<Boolean> condition) {
        var end = System.nanoTime() + limit.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + claim);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
