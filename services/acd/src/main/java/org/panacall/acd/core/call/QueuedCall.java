// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;

/**
 * A call that waits for an agent, or has found one.
 *
 * <pre>
 *   Waiting <-----> Offered ------> Talking
 *      ^  all missed   | abandoned     | either side hangs up
 *      |               v               v
 *      +------------------------------ Leaving
 *                       never joined
 * </pre>
 *
 * @param missed which agents missed it
 */
public record QueuedCall(
        CallId id,
        Caller caller,
        Target target,
        Place place,
        NavigableMap<AgentId, Missed> missed,
        State state,
        long sequence)
        implements Call {

    /** Agents whose misses are remembered; those whose miss is longest ago are forgotten. */
    private static final int MISSED_MAX = 256;

    /** What becomes of it. */
    public sealed interface State {

        Instant since();

        /** Nobody is being rung for it. */
        record Waiting(Instant since) implements State {}

        /**
         * Phones of agents ring for it: one, or several of which the first to answer gets it.
         *
         * @param since when the first of them was rung
         */
        record Offered(NavigableMap<AgentId, Offer> offers, Instant since) implements State {

            public Offered {
                offers = Collections.unmodifiableNavigableMap(new TreeMap<>(offers));
                if (offers.isEmpty()) {
                    throw new IllegalArgumentException("a call that nobody is offered waits");
                }
            }
        }

        /** Joined with an agent. */
        record Talking(AgentId agent, LegId leg, Instant since) implements State {}

        /**
         * Hung up, or about to be; an agent who talked is free when it is released.
         *
         * @param callerThere the agent hung up and the caller did not, so that the call goes back
         *     in line should it turn out that the two were never joined
         */
        record Leaving(boolean talked, boolean callerThere, Instant since, Instant forgottenAt)
                implements State {}
    }

    public QueuedCall {
        missed = Collections.unmodifiableNavigableMap(new TreeMap<>(missed));
    }

    @Override
    public SipIngress sipIngress() {
        return caller.sipIngress();
    }

    @Override
    public Instant since() {
        return state.since();
    }

    /** Whether nobody is being rung for it. */
    public boolean waits() {
        return state instanceof State.Waiting;
    }

    @Override
    public boolean leaving() {
        return state instanceof State.Leaving;
    }

    @Override
    public boolean talked() {
        return state instanceof State.Talking
                || state instanceof State.Leaving leaving && leaving.talked();
    }

    @Override
    public QueuedCall leave(Instant now, Instant forgottenAt) {
        return leave(false, now, forgottenAt);
    }

    /** The same; the caller may be there still. */
    public QueuedCall leave(boolean callerThere, Instant now, Instant forgottenAt) {
        return in(new State.Leaving(talked(), callerThere, now, forgottenAt));
    }

    /** The queue where it waits, or waited; empty for a call to a person. */
    public Optional<QueueId> queue() {
        return target instanceof Target.ToQueue(var queue) ? Optional.of(queue) : Optional.empty();
    }

    @Override
    public Optional<Instant> deadline() {
        return switch (state) {
            case State.Offered offered ->
                    offered.offers().values().stream()
                            .map(Offer::expiresAt)
                            .min(Comparator.naturalOrder());
            case State.Leaving leaving -> Optional.of(leaving.forgottenAt());
            case State.Waiting waiting -> Optional.empty();
            case State.Talking talking -> Optional.empty();
        };
    }

    /** The present offers, by agent. */
    public Collection<Offer> offers() {
        return state instanceof State.Offered offered ? offered.offers().values() : List.of();
    }

    /** What he is being offered. */
    public Optional<Offer> offerTo(AgentId agent) {
        return state instanceof State.Offered offered
                ? Optional.ofNullable(offered.offers().get(agent))
                : Optional.empty();
    }

    /** The offer that rings this leg. */
    public Optional<Offer> offerAt(LegId leg) {
        return offers().stream().filter(offer -> offer.leg().equals(leg)).findFirst();
    }

    /** How often he missed it. */
    public int timesMissed(AgentId agent) {
        var by = missed.get(agent);
        return by == null ? 0 : by.times();
    }

    /** Whether he missed it so lately that others should get it first. */
    public boolean goesToOthersFirst(AgentId agent, Instant now) {
        var by = missed.get(agent);
        return by != null && now.isBefore(by.othersFirst());
    }

    @Override
    public QueuedCall numbered(long next) {
        return new QueuedCall(id, caller, target, place, missed, state, next);
    }

    @Override
    public QueuedCall at(SipIngress next) {
        return new QueuedCall(id, caller.at(next), target, place, missed, state, sequence);
    }

    public QueuedCall in(State next) {
        return new QueuedCall(id, caller, target, place, missed, next, sequence);
    }

    /** The same, in a place that somebody else had. */
    public QueuedCall inheriting(Place other) {
        var inherited = new Place(other.since(), other.arrival(), place.music());
        return new QueuedCall(id, caller, target, inherited, missed, state, sequence);
    }

    /** One more agent is rung for it. */
    public QueuedCall offered(Offer offer) {
        var offers = new TreeMap<AgentId, Offer>();
        offers().forEach(other -> offers.put(other.agent(), other));
        offers.put(offer.agent(), offer);
        return in(
                new State.Offered(
                        offers,
                        state instanceof State.Offered before ? before.since() : offer.since()));
    }

    /** One agent's phone is silent again; after the last one the call is back in its place. */
    public QueuedCall notOffered(AgentId agent, Instant now) {
        if (!(state instanceof State.Offered offered)) {
            return this;
        }
        var left = new TreeMap<>(offered.offers());
        left.remove(agent);
        return in(
                left.isEmpty() ? new State.Waiting(now) : new State.Offered(left, offered.since()));
    }

    /** Once more, and it goes to others before him until then. */
    public QueuedCall missedBy(AgentId agent, Instant othersFirst) {
        var all = new TreeMap<>(missed);
        all.put(agent, new Missed(timesMissed(agent) + 1, othersFirst));
        if (all.size() > MISSED_MAX) {
            all.entrySet().stream()
                    .min(Comparator.comparing(one -> one.getValue().othersFirst()))
                    .map(Map.Entry::getKey)
                    .ifPresent(all::remove);
        }
        return new QueuedCall(id, caller, target, place, all, state, sequence);
    }
}
