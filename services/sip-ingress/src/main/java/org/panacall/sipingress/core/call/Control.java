// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Instant;
import java.util.Optional;
import org.panacall.sipingress.core.plan.Destination;

/** Who decides about a call. */
public sealed interface Control {

    /** Nobody yet: the call is being set up. */
    record Nobody() implements Control {}

    /** We, as the dial plan or a fallback says. */
    record Ours(Task task, Optional<Instant> until) implements Control {}

    /** We asked a service to take over. */
    record Asked(Destination.HandOver target, long request, Instant until) implements Control {}

    /**
     * acd is away: the caller hears music until it takes him or an agent answers, at most until
     * then.
     */
    record Kept(Destination.HandOver target, Instant until) implements Control {}

    /** A service; {@code target} is what it was asked for, empty when it made the call itself. */
    record Theirs(Controller controller, Optional<Destination.HandOver> target, Instant since)
            implements Control {}

    /** What we do by ourselves. */
    enum Task {
        ECHO,
        AGENT_CODE,
        THROUGH,
        APOLOGY,
        RING_GROUP
    }

    /** What a service was asked for, be it that it has not answered yet. */
    default Optional<Destination.HandOver> wanted() {
        return switch (this) {
            case Theirs theirs -> theirs.target();
            case Kept kept -> Optional.of(kept.target());
            case Asked asked -> Optional.of(asked.target());
            case Nobody nobody -> Optional.empty();
            case Ours ours -> Optional.empty();
        };
    }

    /** Whether it is a call from a phone to a number outside. */
    default boolean isThrough() {
        return this instanceof Ours ours && ours.task() == Task.THROUGH;
    }

    /** Numbers of what services were asked about one call. */
    final class Requests {

        private long last;
        private long taken;
        private Optional<Asked> aside = Optional.empty();

        /** One to take the caller out of his talk, which goes on until he is taken. */
        public Optional<Asked> aside() {
            return aside;
        }

        public void aside(Optional<Asked> asked) {
            aside = asked;
        }

        /** The number of one that is to be made. */
        public long next() {
            return ++last;
        }

        /** The number of the newest. */
        public long last() {
            return last;
        }

        /** Somebody took the call upon it. */
        public void taken(long request) {
            taken = Math.max(taken, request);
        }

        /** Whether somebody took the call upon it, though others may have it by now. */
        public boolean isTaken(long request) {
            return request <= taken;
        }
    }
}
