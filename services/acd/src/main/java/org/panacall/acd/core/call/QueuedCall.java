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
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Apology;
import org.panacall.acd.core.rules.Overflow;
import org.panacall.acd.core.rules.Patience;

/**
 * A call that waits for an agent, or has found one.
 *
 * <pre>
 *   Waiting <-----> Offered ------> Talking
 *      ^  all missed   | abandoned     | either side hangs up
 *      |               v               v
 *      +------------------------------ Leaving
 *                       never joined
 *
 *   Waiting <-----> Dialled ------> Forwarded ----> Leaving      overflow: a telephone outside,
 *      +----------> HandedOver                                   a flow,
 *      +----------> Told ------------------------> Leaving       a spoken reason
 * </pre>
 *
 * @param missed which agents missed it
 * @param overflow how often it did not stay where it was
 */
public record QueuedCall(
        CallId id,
        Caller caller,
        Target target,
        Place place,
        NavigableMap<AgentId, Missed> missed,
        Overflow overflow,
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

        /** A telephone outside rings for it, while it keeps its place. */
        record Dialled(LegId leg, Action.ToNumber number, Instant since, Instant until)
                implements State {}

        /** Joined with a telephone outside. */
        record Forwarded(LegId leg, Instant since) implements State {}

        /**
         * A flow decides about it. It is remembered, should it come back.
         *
         * @param to which flow, or back to the one from which it came
         * @param until when nobody asks any more
         */
        record HandedOver(Action to, Instant since, Instant until) implements State {}

        /** The caller hears why he is not served. */
        record Told(Reason reason, Instant since, Instant until) implements State {

            /** What he hears, and what becomes his call's end reason. */
            public record Reason(EndReason end, String promptId, Apology apology, PlayId play) {}
        }

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

    @Override
    public boolean leaving() {
        return state instanceof State.Leaving;
    }

    @Override
    public boolean talked() {
        return state instanceof State.Talking
                || state instanceof State.Forwarded
                || state instanceof State.Leaving leaving && leaving.talked();
    }

    /** Whether it waits and nothing is tried with it. */
    public boolean waits() {
        return state instanceof State.Waiting && overflow.present().isEmpty();
    }

    /** Whether we gave it to a flow, which may give it back. */
    public boolean withFlow() {
        return state instanceof State.HandedOver;
    }

    /** Whether whom it is offered to is one of its queue's agents. */
    public boolean waitsForQueue() {
        return target instanceof Target.ToQueue && overflow.present().isEmpty();
    }

    /** How its waiting counts for its queue's rules. */
    public Patience patience() {
        return new Patience(place.since(), overflow.keptAt());
    }

    /** Whether it has a place in its queue's line, be it that somebody is rung for it. */
    public boolean inLine() {
        return state instanceof State.Waiting
                || state instanceof State.Offered
                || state instanceof State.Dialled;
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
                    Stream.concat(
                                    offered.offers().values().stream().map(Offer::deadline),
                                    nextStage().stream())
                            .min(Comparator.naturalOrder());
            case State.Leaving leaving -> Optional.of(leaving.forgottenAt());
            case State.Dialled dialled -> Optional.of(dialled.until());
            case State.HandedOver handedOver -> Optional.of(handedOver.until());
            case State.Told told -> Optional.of(told.until());
            case State.Waiting waiting -> Optional.empty();
            case State.Talking talking -> Optional.empty();
            case State.Forwarded forwarded -> Optional.empty();
        };
    }

    /** When the next of its group are to ring beside those who ring. */
    public Optional<Instant> nextStage() {
        var waiting =
                overflow.present()
                        .filter(followed -> !followed.rest().isEmpty())
                        .filter(f -> f.rest().getFirst() instanceof Action.RingStage)
                        .isPresent();
        return waiting
                        && target instanceof Target.ToGroup(var group, var fallback, var terms)
                        && group.order() == Group.Order.ESCALATING
                ? offers().stream()
                        .map(offer -> offer.since().plus(group.times().stage()))
                        .max(Comparator.naturalOrder())
                : Optional.empty();
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
        return offers().stream().filter(offer -> offer.ringing(leg).isPresent()).findFirst();
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
        return new QueuedCall(id, caller, target, place, missed, overflow, state, next);
    }

    @Override
    public QueuedCall at(SipIngress next) {
        return new QueuedCall(
                id, caller.at(next), target, place, missed, overflow, state, sequence);
    }

    public QueuedCall in(State next) {
        return new QueuedCall(id, caller, target, place, missed, overflow, next, sequence);
    }

    /** The same, in a place that somebody else had. */
    public QueuedCall inheriting(Place other) {
        var inherited = new Place(other.since(), other.arrival(), place.music());
        return new QueuedCall(id, caller, target, inherited, missed, overflow, state, sequence);
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
        return new QueuedCall(id, caller, target, place, all, overflow, state, sequence);
    }

    /** A device of his rings, or rings no more, for the offer that he has. */
    public QueuedCall reoffered(Offer offer) {
        return state instanceof State.Offered ? offered(offer) : this;
    }

    public QueuedCall overflowing(Overflow next) {
        return new QueuedCall(id, caller, target, place, missed, next, state, sequence);
    }
}
