// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.List;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.match.Strategy;

/**
 * A queue as configured.
 *
 * @param extension its short number; empty when it has none
 * @param rules how its calls find their agents
 * @param capacity calls it may hold, being offered or not
 * @param musicPrompt what callers hear meanwhile
 * @param members who serves it
 * @param conduct when it is open, and what becomes of calls that it does not keep
 * @param waitingRoom what else callers hear and are offered
 */
public record QueuePlan(
        QueueId id,
        String name,
        String extension,
        Rules rules,
        int capacity,
        String musicPrompt,
        List<Member> members,
        QueueRules conduct,
        WaitingRoom waitingRoom) {

    /**
     * How calls find agents.
     *
     * @param offerTimeout how long an offer may ring
     * @param reofferAfter how long a call goes to others first after an agent missed it
     * @param fit who will do
     * @param urgency which call comes first
     */
    public record Rules(
            Strategy strategy,
            Duration offerTimeout,
            Duration reofferAfter,
            Fit fit,
            Urgency urgency) {

        /** Anybody will do, and calls come by arrival. */
        public Rules(Strategy strategy, Duration offerTimeout, Duration reofferAfter) {
            this(strategy, offerTimeout, reofferAfter, Fit.ANYBODY, Urgency.NONE);
        }

        public Rules {
            if (offerTimeout.isNegative() || offerTimeout.isZero() || reofferAfter.isNegative()) {
                throw new IllegalArgumentException("an offer must ring for some time");
            }
        }
    }

    /** A queue that is always open, keeps what waits, and has nothing but music for it. */
    public QueuePlan(
            QueueId id,
            String name,
            String extension,
            Rules rules,
            int capacity,
            String musicPrompt,
            List<Member> members) {
        this(
                id,
                name,
                extension,
                rules,
                capacity,
                musicPrompt,
                members,
                QueueRules.NONE,
                WaitingRoom.MUSIC_ONLY);
    }

    /** Whether it matters how long somebody may have to wait. */
    public boolean forecasts() {
        return waitingRoom.forecasts() || conduct.goesByForecasts();
    }

    /** The same with other rules for its calls. */
    public QueuePlan with(QueueRules other) {
        return new QueuePlan(
                id, name, extension, rules, capacity, musicPrompt, members, other, waitingRoom);
    }

    /** The same, with another waiting room. */
    public QueuePlan furnished(WaitingRoom room) {
        return new QueuePlan(
                id, name, extension, rules, capacity, musicPrompt, members, conduct, room);
    }

    public QueuePlan {
        members = List.copyOf(members);
        if (capacity < 1) {
            throw new IllegalArgumentException("a queue must hold one call at least");
        }
    }
}
