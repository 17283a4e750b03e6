// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time that never goes backwards: the last journaled time plus monotonic elapsed.
 *
 * <p>The wall clock is read once, at the start; steps of it later are not seen. Owned by the
 * engine's thread.
 */
final class EngineTime {

    private final LongSupplier nanos;
    private Instant base;
    private long baseNanos;

    EngineTime(InstantSource wallClock, LongSupplier nanos) {
        this.nanos = nanos;
        this.base = wallClock.instant();
        this.baseNanos = nanos.getAsLong();
    }

    Instant now() {
        return base.plusNanos(nanos.getAsLong() - baseNanos);
    }

    /** Goes on from a journaled time when that is later than ours. */
    void notBefore(Instant journaled) {
        if (journaled.isAfter(now())) {
            base = journaled;
            baseNanos = nanos.getAsLong();
        }
    }
}
