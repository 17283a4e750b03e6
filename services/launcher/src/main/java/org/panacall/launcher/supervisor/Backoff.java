// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a dead process is started again: at once-like for the first deaths, ever
 * longer for one that keeps dying, from the beginning again for one that lived a stable while.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration STABLE = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /** When to start again what was started at {@code startedAt} and has died at {@code now}. */
    public Instant restartAt(Instant startedAt, Instant now) {
        if (Duration.between(startedAt, now).compareTo(STABLE) >= 0) {
            next = FIRST;
        }
        var due = now.plus(next);
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return due;
    }
}
