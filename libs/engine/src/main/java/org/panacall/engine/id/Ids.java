// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.id;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids outside cores: an owner's prefix and a UUID version 7 (RFC 9562), which sorts by the
 * time at which it was made. Not secret: nobody may rely on an id being hard to guess.
 */
public final class Ids {

    private static final int COUNTER_BITS = 12;
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /** For example {@code call_0196f2c4-…} for "call". */
    public static String next(String prefix) {
        return prefix + "_" + uuid();
    }

    /** Milliseconds and a counter in the place of "rand_a", so that ids of one process ascend. */
    private static UUID uuid() {
        var now = System.currentTimeMillis() << COUNTER_BITS;
        var stamp = LAST.updateAndGet(last -> Math.max(last + 1, now));
        var high = (stamp >>> COUNTER_BITS) << 16 | 0x7000 | stamp & ((1 << COUNTER_BITS) - 1);
        var low = ThreadLocalRandom.current().nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
