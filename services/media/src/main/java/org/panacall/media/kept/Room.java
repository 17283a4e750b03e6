// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.kept;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Memory for recordings that are played. Nobody says when a play is over: what is taken comes back
 * by itself, when the recording could have been heard to its end. Any thread.
 */
final class Room {

    /** From the moment in which it is loaded to the one in which it is played. */
    private static final Duration SPARE = Duration.ofSeconds(30);

    private record Taken(long bytes, Instant until) {}

    private final PriorityQueue<Taken> taken =
            new PriorityQueue<>(Comparator.comparing(Taken::until));
    private final InstantSource clock;
    private final long most;
    private long bytes;

    Room(long most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Takes so much for as long as it is to be heard; false when there is not so much left. */
    synchronized boolean take(long wanted, Duration heard) {
        var now = clock.instant();
        while (!taken.isEmpty() && !taken.peek().until().isAfter(now)) {
            bytes -= taken.poll().bytes();
        }
        if (bytes + wanted > most) {
            return false;
        }
        bytes += wanted;
        taken.add(new Taken(wanted, now.plus(heard).plus(SPARE)));
        return true;
    }
}
