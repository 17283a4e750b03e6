// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import java.time.Duration;

/**
 * Which lease, for whom, and how it is kept.
 *
 * @param bucket key-value bucket that holds the leases of one service
 * @param shard what is led; no personal data
 * @param holder what others are told of the leader: the address at which he is asked
 * @param bumpEvery how often the holder bumps; contenders look twice as often
 * @param takeAfter how long a revision must stand still before others may take it from somebody who
 *     may be alive
 * @param bequeathed taken only from a holder that died, never when nobody holds it: for shards that
 *     end with what is in them
 */
public record LeaseSettings(
        String bucket,
        String shard,
        String holder,
        Duration bumpEvery,
        Duration takeAfter,
        boolean bequeathed) {

    public LeaseSettings {
        if (takeAfter.compareTo(bumpEvery.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("a lease must survive two lost bumps");
        }
    }

    /** Bumped every 500 ms, taken after 2 s, from a dead process after 1 s. */
    public static LeaseSettings of(String bucket, String shard, String holder) {
        return new LeaseSettings(
                bucket, shard, holder, Duration.ofMillis(500), Duration.ofSeconds(2), false);
    }

    /** The same, for a shard of somebody else's that is worth having only while it is held. */
    public LeaseSettings asHeir() {
        return new LeaseSettings(bucket, shard, holder, bumpEvery, takeAfter, true);
    }

    /** Whether an address is one that no other living process can have. */
    static boolean namesOneProcess(String holder) {
        return !holder.startsWith("0.0.0.0:") && !holder.startsWith("[::]:");
    }
}
