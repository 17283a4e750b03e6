// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import java.util.Optional;
import java.util.function.Supplier;
import org.panacall.acd.core.AcdEvent;
import org.panacall.engine.snapshot.Follower;
import org.panacall.engine.snapshot.Snapshots.Snapshot;

/** While others lead a tenant, we know what they do: a follower between any two terms of ours. */
final class Standby implements AutoCloseable {

    private final Supplier<Follower<TimedAcd, AcdEvent>> followers;
    private Optional<Follower<TimedAcd, AcdEvent>> follower = Optional.empty();
    private boolean closed;

    Standby(Supplier<Follower<TimedAcd, AcdEvent>> followers) {
        this.followers = followers;
        follow();
    }

    /** We do not lead, or no longer. */
    synchronized void follow() {
        if (!closed && follower.isEmpty()) {
            follower = Optional.of(followers.get());
        }
    }

    /** We lead from now on, and begin with what we know. */
    synchronized Optional<Snapshot<TimedAcd>> lead() {
        var known = follower.flatMap(Follower::leave);
        follower = Optional.empty();
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        follower.ifPresent(Follower::close);
    }
}
