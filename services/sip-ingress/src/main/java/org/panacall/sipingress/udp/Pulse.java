// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.udp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.panacall.sipingress.IngressShard;

/**
 * Whether the core still thinks. Probes are answered by the receiver, who would say yes for a core
 * that hangs; so each one leaves a question for the core, and counts on an answer in three seconds.
 */
final class Pulse {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();

    private final IngressShard shard;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile long answeredAt = System.nanoTime();
    private volatile long askedAt = answeredAt;

    Pulse(IngressShard shard) {
        this.shard = shard;
    }

    /** Asks again, if the last question was answered; tells whether the core can be trusted. */
    boolean isFelt() {
        long now = System.nanoTime();
        if (asked.compareAndSet(false, true)) {
            if (answeredAt - askedAt >= 0) askedAt = now;
            shard.ask(core -> true)
                    .whenComplete(
                            (yes, failure) -> {
                                if (failure == null) answeredAt = System.nanoTime();
                                asked.set(false);
                            });
        }
        return answeredAt - askedAt >= 0 || now - askedAt < PATIENCE_NANOS;
    }
}
