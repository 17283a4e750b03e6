// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Overflow;

/** What a call is after an event about it: a function of the two, and of nothing else. */
final class CallFold {

    private CallFold() {}

    /** A call that is queued, or once more. */
    static QueuedCall queued(AcdEvent.CallQueued queued, Optional<Call> before, long arrival) {
        var at = queued.stamp().at();
        var overflow =
                before.orElse(null) instanceof QueuedCall call ? call.overflow() : Overflow.NONE;
        var call =
                new QueuedCall(
                        queued.call(),
                        queued.caller(),
                        queued.target(),
                        new Place(at, arrival, queued.music()),
                        Collections.emptyNavigableMap(),
                        overflow,
                        new QueuedCall.State.Waiting(at),
                        queued.stamp().sequence());
        return call.queue()
                .map(queue -> call.overflowing(overflow.visited(queue)))
                .orElse(call.overflowing(overflow.kept(overflow.keptAt())));
    }

    static PlacedCall placed(AcdEvent.CallPlaced placed) {
        var placing = placed.placing();
        var at = placed.stamp().at();
        return new PlacedCall(
                placed.call(),
                placed.agent(),
                placing.plan(),
                placing.sipIngress(),
                new PlacedCall.State.RingingAgent(at, placing.ringsUntil()),
                placed.stamp().sequence());
    }

    /** A call that is there already; empty: the event says nothing of such a one. */
    static Optional<Call> after(AcdEvent.OfCall event, Call before) {
        return switch (before) {
            case QueuedCall call -> after(event, call).map(Call.class::cast);
            case PlacedCall call -> after(event, call).map(Call.class::cast);
        };
    }

    private static Optional<QueuedCall> after(AcdEvent.OfCall event, QueuedCall call) {
        var at = event.stamp().at();
        return switch (event) {
            case AcdEvent.OfferMade made -> Optional.of(call.offered(made.offer()));
            case AcdEvent.DeviceRung rung ->
                    call.offerTo(rung.agent())
                            .map(offer -> call.reoffered(offer.rung(rung.leg(), at)));
            case AcdEvent.DeviceEnded ended ->
                    call.offerTo(ended.agent())
                            .map(offer -> call.reoffered(offer.ended(ended.leg(), ended.end())));
            case AcdEvent.OfferAccepted accepted ->
                    call.offerTo(accepted.agent())
                            .map(offer -> talking(offer, accepted.leg(), at))
                            .map(call::in);
            case AcdEvent.OfferEnded ended -> Optional.of(ended(ended, call));
            case AcdEvent.CallReturned(var stamp, var id, var agent, var until) ->
                    Optional.of(call.in(new QueuedCall.State.Waiting(at)).missedBy(agent, until));
            case AcdEvent.CallOverflowed overflowed -> Optional.of(overflowed(overflowed, call));
            case AcdEvent.CallTold(var stamp, var id, var reason, var until) ->
                    Optional.of(call.in(new QueuedCall.State.Told(reason, at, until)));
            case AcdEvent.NumberAnswered answered ->
                    call.state() instanceof QueuedCall.State.Dialled dialled
                            ? Optional.of(
                                    call.in(new QueuedCall.State.Forwarded(dialled.leg(), at)))
                            : Optional.empty();
            case AcdEvent.CallEnding ending ->
                    Optional.of(call.leave(ending.callerThere(), at, ending.forgottenAt()));
            case AcdEvent.CallMoved moved -> Optional.of(call.at(moved.sipIngress()));
            case AcdEvent.CallDequeued dequeued -> Optional.of(call);
            case AcdEvent.ListeningChanged changed -> Optional.of(call);
            default -> Optional.empty();
        };
    }

    private static QueuedCall.State talking(Offer offer, Optional<LegId> leg, Instant at) {
        var answered = leg.orElseGet(() -> offer.rings().getFirst().leg());
        return new QueuedCall.State.Talking(offer.agent(), answered, at);
    }

    private static QueuedCall ended(AcdEvent.OfferEnded ended, QueuedCall call) {
        var left = call.notOffered(ended.agent(), ended.stamp().at());
        return ended.othersFirst().map(until -> left.missedBy(ended.agent(), until)).orElse(left);
    }

    /** What is only said or moved elsewhere has an event of its own, and waits for that. */
    private static QueuedCall overflowed(AcdEvent.CallOverflowed event, QueuedCall call) {
        var at = event.stamp().at();
        var tried = call.overflowing(call.overflow().tried(event.followed()));
        var until = event.ringing().until();
        return switch (event.action()) {
            case Action.ToNumber number ->
                    tried.in(
                            new QueuedCall.State.Dialled(
                                    event.ringing().leg().orElseThrow(), number, at, until));
            case Action.ToFlow flow -> tried.in(new QueuedCall.State.HandedOver(flow, at, until));
            case Action.BackToFlow back ->
                    tried.in(new QueuedCall.State.HandedOver(back, at, until));
            case Action.KeepWaiting keep ->
                    tried.overflowing(tried.overflow().kept(Optional.of(at)))
                            .in(new QueuedCall.State.Waiting(at));
            case Action.ToQueue queue ->
                    tried.overflowing(tried.overflow()).in(new QueuedCall.State.Waiting(at));
            case Action.ToPerson person -> tried.in(new QueuedCall.State.Waiting(at));
            case Action.Announce announce -> tried.in(new QueuedCall.State.Waiting(at));
            // Without a flow in journals of earlier releases: it was only said that there is none.
            case Action.TakeMessage message ->
                    tried.in(
                            message.flow().isEmpty()
                                    ? new QueuedCall.State.Waiting(at)
                                    : new QueuedCall.State.HandedOver(message, at, until));
        };
    }

    private static Optional<PlacedCall> after(AcdEvent.OfCall event, PlacedCall call) {
        var at = event.stamp().at();
        return switch (event) {
            case AcdEvent.NumberDialled dialled ->
                    Optional.of(
                            call.in(
                                    new PlacedCall.State.RingingNumber(
                                            dialled.leg(), at, dialled.ringsUntil())));
            case AcdEvent.NumberAnswered answered ->
                    call.state() instanceof PlacedCall.State.RingingNumber ringing
                            ? Optional.of(call.in(new PlacedCall.State.Talking(ringing.leg(), at)))
                            : Optional.empty();
            case AcdEvent.CallEnding ending -> Optional.of(ending(ending, call));
            case AcdEvent.CallMoved moved -> Optional.of(call.at(moved.sipIngress()));
            default -> Optional.empty();
        };
    }

    private static PlacedCall ending(AcdEvent.CallEnding ending, PlacedCall call) {
        var at = ending.stamp().at();
        return ending.toldUntil()
                .map(until -> call.in(new PlacedCall.State.Telling(ending.reason(), at, until)))
                .orElseGet(() -> call.leave(at, ending.forgottenAt()));
    }
}
