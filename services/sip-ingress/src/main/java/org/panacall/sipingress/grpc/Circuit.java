// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether an instance of a service is worth waiting for. One that let three requests in a row wait
 * in vain is passed over from then on, but for one request a second that tries it; whatever it
 * answers ends that.
 *
 * <p>For one that hangs: it takes connections and says nothing. One that is dead says so at once,
 * and need not be passed over. Safe for all threads.
 */
final class Circuit {

    private static final int WAITED_IN_VAIN_MAX = 3;
    private static final long TRY_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final AtomicInteger waitedInVain = new AtomicInteger();
    private final AtomicLong nextTryNanos = new AtomicLong();

    /** Whether a request may be made; one that may must be told of by one of the two below. */
    boolean admits(long nowNanos) {
        if (!isOpen()) return true;
        long due = nextTryNanos.get();
        return nowNanos - due >= 0 && nextTryNanos.compareAndSet(due, nowNanos + TRY_EVERY_NANOS);
    }

    /** It is passed over at present. */
    boolean isOpen() {
        return waitedInVain.get() >= WAITED_IN_VAIN_MAX;
    }

    /** It answered, if only that it would not. */
    void answered() {
        waitedInVain.set(0);
    }

    /** It said nothing in time. */
    void saidNothing(long nowNanos) {
        if (waitedInVain.incrementAndGet() == WAITED_IN_VAIN_MAX) {
            nextTryNanos.set(nowNanos + TRY_EVERY_NANOS);
        }
    }
}
