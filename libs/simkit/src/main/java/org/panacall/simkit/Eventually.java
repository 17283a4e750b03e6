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
        var limit = System.nanoTime() + LIMIT.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + claim);
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
