// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether an instance of a service is worth waiting for. One that let three requests in a row wait
 * in vain, and said nothing for a while, is passed over from then on, but for one request a second
 * that tries it; whatever it answers ends that.
 *
 * <p>For one that hangs: it takes connections and says nothing. One that is dead says so at once,
 * and need not be passed over. Safe for all threads.
 */
final class Circuit {

    private static final int IN_VAIN_MIN = 3;
    private static final long TRY_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Silence NONE = new Silence(0, 0, false);

    private final long patienceNanos;
    private final AtomicReference<Silence> silence = new AtomicReference<>(NONE);
    private final AtomicLong nextTryNanos = new AtomicLong();

    /** Requests in a row that got no answer, and when the first of them was made. */
    private record Silence(int requests, long sinceNanos, boolean tooLong) {}

    /**
     * @param patience how long it may say nothing
     */
    Circuit(Duration patience) {
        patienceNanos = patience.toNanos();
    }

    /** Whether a request may be made; one that may must be told of by one of the two below. */
    boolean admits(long nowNanos) {
        if (!isOpen()) return true;
        long due = nextTryNanos.get();
        return nowNanos - due >= 0 && nextTryNanos.compareAndSet(due, nowNanos + TRY_EVERY_NANOS);
    }

    /** It is passed over at present. */
    boolean isOpen() {
        return silence.get().tooLong();
    }

    /** It answered, if only that it would not. */
    void answered() {
        silence.set(NONE);
    }

    /** It said nothing to a request of then in time. */
    void saidNothing(long askedNanos, long nowNanos) {
        boolean before = isOpen();
        var now = silence.updateAndGet(known -> longer(known, askedNanos, nowNanos));
        if (now.tooLong() && !before) nextTryNanos.set(nowNanos + TRY_EVERY_NANOS);
    }

    private Silence longer(Silence known, long askedNanos, long nowNanos) {
        long since = known.requests() == 0 ? askedNanos : known.sinceNanos();
        int requests = known.requests() + 1;
        boolean tooLong = requests >= IN_VAIN_MIN && nowNanos - since >= patienceNanos;
        return new Silence(requests, since, known.tooLong() || tooLong);
    }
}
