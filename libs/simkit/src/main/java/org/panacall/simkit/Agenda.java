// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is going to happen in a simulation, in the order of (time, number): of two things due at the
 * same moment the one that was put down first comes first, so that a seed gives one history.
 */
public final class Agenda {

    private record Entry(Instant at, long number, Runnable action) {}

    private final VirtualClock clock;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
    private long number;

    public Agenda(VirtualClock clock) {
        this.clock = clock;
    }

    /** Puts something down for a moment; one that has passed means now. */
    public void at(Instant moment, Runnable action) {
        var due = moment.isBefore(clock.instant()) ? clock.instant() : moment;
        entries.add(new Entry(due, number++, action));
    }

    public void in(Duration delay, Runnable action) {
        at(clock.instant().plus(delay), action);
    }

    /** When the next thing is due. */
    public Optional<Instant> next() {
        return Optional.ofNullable(entries.peek()).map(Entry::at);
    }

    /** Moves the clock to the next thing and does it; false when nothing is left. */
    public boolean step() {
        var entry = entries.poll();
        if (entry == null) {
            return false;
        }
        clock.advanceTo(entry.at);
        entry.action.run();
        return true;
    }
}
