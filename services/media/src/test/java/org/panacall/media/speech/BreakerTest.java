// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final long SECOND = 1_000_000_000;

    private final Breaker breaker = new Breaker();

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(0);
        }
    }

    @Test
    void twoFailuresInARowAreNotEnough() {
        fail(2);
        assertTrue(breaker.admits(0));
        breaker.succeeded();
        fail(2);
        assertTrue(breaker.admits(0));
        assertFalse(breaker.isOpen());
    }

    @Test
    void afterThreeOneIsTriedEveryTenSecondsUntilItSucceeds() {
        fail(3);
        assertFalse(breaker.admits(9 * SECOND));
        assertTrue(breaker.admits(10 * SECOND));
        assertFalse(breaker.admits(11 * SECOND));
        assertTrue(breaker.isOpen());
        breaker.succeeded();
        assertTrue(breaker.admits(12 * SECOND));
        assertTrue(breaker.admits(12 * SECOND));
    }
}
