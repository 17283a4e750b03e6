// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only when told to, and never backwards. For one thread. */
public final class VirtualClock implements InstantSource {

    /** Where every simulation begins, so that printed times are easy to read. */
    public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration elapsed) {
        advanceTo(now.plus(elapsed));
    }

    public void advanceTo(Instant then) {
        if (then.isBefore(now)) {
            throw new IllegalArgumentException("time does not go back from " + now + " to " + then);
        }
        now = then;
    }
}
