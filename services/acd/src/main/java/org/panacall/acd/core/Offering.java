// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.floor.Matching;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.CallingBack;
import org.panacall.acd.core.waiting.Hosting;

/** Offers calls to agents, and what becomes of it. */
final class Offering implements Matching.Doer {

    private static final EndReason GIVEN_UP = new EndReason(EndReason.Fault.NONE, "cancelled");

    private final Turn turn;
    private final AcdState state;
    private final Orders orders;
    private final Ringing ringing;

    Offering(Turn turn) {
        this.turn = turn;
        state = turn.state();
        orders = new Orders(turn);
        ringing = new Ringing(turn);
    }

    @Override
    public void ring(QueuedCall call, Agent agent, Duration ringTimeout) {
        var callingBack = new CallingBack(turn);
        if (callingBack.rests(call)) {
            return;
        }
        callingBack.settle(call);
        offer(state.queued(call.id()).orElseThrow(), agent, ringTimeout);
    }

    private void offer(QueuedCall call, Agent agent, Duration ringTimeout) {
        var now = turn.now();
        var onlyExtension =
                call.target() instanceof Target.ToPerson person && person.terms().onlyExtension();
        var rings = ringing.rings(agent, onlyExtension);
        var offer = offer(agent.id(), rings, ringTimeout);
        turn.emit(new AcdEvent.OfferMade(turn.stamp(call.id()), call.id(), offer, call.queue()));
        turn.change(agent.offered(offer.id(), call.id(), now));
        orders.ring(call, offer);
    }

    private Offer offer(AgentId agent, List<Offer.Ring> rings, Duration ringTimeout) {
        var expiresAt = turn.now().plus(ringTimeout).plus(turn.limits().guards().ring());
        return new Offer(turn.ids().offer(), agent, rings, turn.now(), ringTimeout, expiresAt);
    }

    /** Rings a number outside for a group's call, at that place among its members. */
    void ring(QueuedCall call, PartyNumber number, int place, Duration ringTimeout) {
        var rings = List.of(Offer.Ring.now(turn.ids().leg(), number, turn.now()));
        var offer = offer(AgentId.outside(place), rings, ringTimeout);
        turn.emit(new AcdEvent.OfferMade(turn.stamp(call.id()), call.id(), offer, call.queue()));
        orders.ring(call, offer);
    }

    @Override
    public void moveOn(QueuedCall call) {
        new Queueing(turn).moveOn(call, state.plan().firstQueue().map(QueuePlan::id));
    }

    /** The agent answered: both talk from now on, and no other phone rings for the call. */
    void accept(QueuedCall call, Offer offer, LegId leg) {
        var stamp = turn.stamp(call.id());
        turn.emit(
                new AcdEvent.OfferAccepted(
                        stamp, call.id(), offer.id(), offer.agent(), Optional.of(leg)));
        var standsIn = state.waits().callbacks().isStandIn(call);
        if (!standsIn) {
            dequeue(call, Cause.ANSWERED);
            state.agent(offer.agent()).ifPresent(agent -> turn.change(agent.accepted(turn.now())));
            orders.join(call, leg);
        }
        ringing.silence(call, offer, Optional.of(leg), EndReason.ANSWERED_ELSEWHERE);
        for (var other : call.offers()) {
            if (!other.equals(offer)) {
                ringing.silence(call, other, Optional.empty(), EndReason.ANSWERED_ELSEWHERE);
                end(call, other, Offer.End.ANSWERED_ELSEWHERE);
            }
        }
        if (standsIn) {
            var callingBack = new CallingBack(turn);
            callingBack.rivals(call).stream()
                    .flatMap(other -> state.queued(other).stream())
                    .forEach(this::withdraw);
            callingBack.taken(call, offer, leg);
        }
    }

    /** No phone rings for the call any longer; it stays in its place. */
    void withdraw(QueuedCall call) {
        call.offers().forEach(offer -> giveUp(call, offer, Offer.End.WITHDRAWN));
    }

    /** Gives an offer up by ourselves, so that no phone is left ringing. */
    void giveUp(QueuedCall call, Offer offer, Offer.End end) {
        ringing.silence(call, offer, Optional.empty(), GIVEN_UP);
        end(call, offer, end);
    }

    /**
     * The offer came to nothing. Unless others ring, the call is back in its place, or goes on to
     * its fallback.
     */
    void end(QueuedCall call, Offer offer, Offer.End end) {
        var othersFirst =
                end.missed()
                        ? call.queue()
                                .flatMap(state.plan()::queue)
                                .map(queue -> turn.now().plus(queue.rules().reofferAfter()))
                        : Optional.<Instant>empty();
        var stamp = turn.stamp(call.id());
        turn.emit(
                new AcdEvent.OfferEnded(
                        stamp, call.id(), offer.id(), offer.agent(), end, othersFirst));
        state.agent(offer.agent())
                .map(agent -> end.missed() ? missed(agent, call) : agent.withdrawn(turn.now()))
                .ifPresent(turn::change);
        if (end.goesOn()) {
            state.queued(call.id()).ifPresent(back -> new Queueing(turn).missed(back, end));
        }
    }

    /** After too many in a row it is not his turn any more, until he says that he is there. */
    private Agent missed(Agent agent, QueuedCall call) {
        var missed = agent.missed(turn.now(), turn.limits().guards().pause());
        if (!call.waitsForQueue()) {
            return missed;
        }
        var counted = missed.countedMissed();
        var limit = missedLimit(call);
        return limit > 0 && counted.shift().missedInRow() >= limit && counted.intent().ready()
                ? counted.givenUp(turn.now())
                : counted;
    }

    private int missedLimit(QueuedCall call) {
        return call.queue()
                .flatMap(state.plan()::queue)
                .map(queue -> queue.conduct().missedLimit())
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .orElse(state.plan().rules().missedLimit());
    }

    /**
     * Puts a call back in line whose agent was gone before he could be joined with the caller.
     *
     * @param leg the agent's
     * @return whether the caller is still there, and came from a queue
     */
    boolean returns(QueuedCall call, LegId leg) {
        var inQueue = call.queue().flatMap(state.plan()::queue);
        var callerThere =
                call.state() instanceof QueuedCall.State.Talking
                        || call.state() instanceof QueuedCall.State.Leaving leaving
                                && leaving.callerThere();
        if (inQueue.isEmpty() || !callerThere) {
            return false;
        }
        orders.hangUp(call, leg, GIVEN_UP);
        var othersFirst = turn.now().plus(inQueue.get().rules().reofferAfter());
        for (var agent : state.occupants(call.id())) {
            turn.emit(
                    new AcdEvent.CallReturned(
                            turn.stamp(call.id()), call.id(), agent.id(), othersFirst));
            turn.change(agent.notJoined(turn.now(), turn.limits().guards().pause()));
        }
        // What he heard was stopped, if the two were joined for a moment.
        state.queued(call.id()).ifPresent(new Hosting(turn)::backToMusic);
        state.queued(call.id()).ifPresent(new Overflowing(turn)::goOn);
        return true;
    }

    void dequeue(QueuedCall call, Cause cause) {
        if (call.queue().isPresent()) {
            var stamp = turn.stamp(call.id());
            turn.emit(new AcdEvent.CallDequeued(stamp, call.id(), call.queue(), cause));
        }
    }
}
