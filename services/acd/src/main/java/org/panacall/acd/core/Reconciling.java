// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.AcdCommand.HearEffectFailed.Failure;
import org.panacall.acd.core.AcdCommand.SeenCall;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.Apologies;

/** Brings our view of calls in line with that of sip-ingress, when words were lost between us. */
final class Reconciling {

    private final Turn turn;
    private final AcdState state;
    private final Ending ending;

    Reconciling(Turn turn) {
        this.turn = turn;
        state = turn.state();
        ending = new Ending(turn);
    }

    void reconcile(AcdCommand.ReconcileCalls command) {
        var seen = new TreeMap<CallId, SeenCall>();
        command.calls().forEach(call -> seen.put(call.call(), call));
        new Placing(turn).reconcile(command.sipIngress(), seen);
        heldBy(command.sipIngress())
                .forEach(
                        call -> {
                            var there = Optional.ofNullable(seen.get(call.id()));
                            reconcile(call, there, command.holdingFor());
                        });
        for (var call : command.calls()) {
            var unknown =
                    call.ours()
                            && state.call(call.call()).isEmpty()
                            && !state.waits().callbacks().knows(call.call());
            if (unknown && !call.joined()) {
                endOrphan(command.sipIngress(), call.call());
            }
        }
    }

    private List<Call> heldBy(SipIngress sipIngress) {
        return state.calls().stream()
                .filter(call -> call.sipIngress().equals(sipIngress))
                .filter(call -> !state.waits().callbacks().isStandIn(call))
                .toList();
    }

    /** Nobody decides about it, so nothing would ever happen in it; a talk ends by itself. */
    private void endOrphan(SipIngress sipIngress, CallId call) {
        var order = turn.order(call, sipIngress, call.value() + ":hang-up");
        turn.act(new AcdEffect.HangUpCall(order, EndReason.ORPHANED));
    }

    private void reconcile(Call call, Optional<SeenCall> seen, Duration holdingFor) {
        if (seen.isPresent()) {
            state.found(call.id());
        }
        if (fresh(call.since())) {
            return;
        }
        if (seen.isEmpty() && heldThereAllTheTime(call, holdingFor)) {
            ending.release(call.id(), EndReason.CALL_LOST, Cause.FAILED);
        } else if (seen.isEmpty()) {
            miss(call.id());
        } else if (call instanceof QueuedCall queued && queued.withFlow()) {
            // Its flow's by now, or our order is under way.
            return;
        } else if (!seen.get().ours() && !(seen.get().undecided() && waits(call))) {
            ending.release(call.id(), EndReason.CONTROL_LOST, Cause.FAILED);
        } else {
            switch (call) {
                case QueuedCall queued -> reconcile(queued, seen.get());
                case PlacedCall placed -> reconcile(placed, seen.get());
            }
        }
    }

    /** We are about to be asked for it, and it keeps its place. */
    private static boolean waits(Call call) {
        return call instanceof QueuedCall queued && queued.inLine();
    }

    /**
     * The process that took the call is there still, so that the call is over and not on its way to
     * an heir; by the time that one that died may be waited for, it has its calls.
     */
    private boolean heldThereAllTheTime(Call call, Duration holdingFor) {
        return call instanceof QueuedCall queued
                && holdingFor.compareTo(turn.limits().guards().missing()) > 0
                && queued.place().since().isAfter(turn.now().minus(holdingFor));
    }

    /** What was ordered a moment ago may not have been there yet when sip-ingress looked. */
    private boolean fresh(Instant since) {
        return since.plus(turn.limits().guards().ring()).isAfter(turn.now());
    }

    /** Another sip-ingress may be about to adopt it, so that it is not lost at once. */
    private void miss(CallId call) {
        var since = state.missing(call, turn.now());
        if (!since.plus(turn.limits().guards().missing()).isAfter(turn.now())) {
            ending.release(call, EndReason.CALL_LOST, Cause.FAILED);
        }
    }

    private void reconcile(QueuedCall call, SeenCall seen) {
        var callerThere = seen.legs().containsKey(call.caller().leg());
        switch (call.state()) {
            case QueuedCall.State.Waiting waiting when !callerThere ->
                    new Hearing(turn).abandon(call, EndReason.CALL_LOST);
            case QueuedCall.State.Offered offered when !callerThere ->
                    new Hearing(turn).abandon(call, EndReason.CALL_LOST);
            case QueuedCall.State.Dialled dialled when !callerThere ->
                    new Hearing(turn).abandon(call, EndReason.CALL_LOST);
            case QueuedCall.State.Told told when !callerThere ->
                    ending.leave(call, told.reason().end());
            case QueuedCall.State.Offered offered -> reconcileOffers(call, seen);
            case QueuedCall.State.Dialled dialled ->
                    reconcile(call, dialled, seen.legs().get(dialled.leg()));
            case QueuedCall.State.Forwarded forwarded
                    when !seen.legs().containsKey(forwarded.leg()) ->
                    ending.hangUp(call, EndReason.CALL_LOST);
            case QueuedCall.State.Forwarded forwarded when !seen.joined() ->
                    new Orders(turn).join(call, forwarded.leg());
            case QueuedCall.State.Talking talking when !seen.legs().containsKey(talking.leg()) ->
                    ending.hangUp(call, EndReason.CALL_LOST);
            case QueuedCall.State.Talking talking when !seen.joined() ->
                    new Orders(turn).join(call, talking.leg());
            case QueuedCall.State.Waiting waiting -> {}
            case QueuedCall.State.Talking talking -> {}
            case QueuedCall.State.Forwarded forwarded -> {}
            case QueuedCall.State.HandedOver handedOver -> {}
            case QueuedCall.State.Told told -> {}
            case QueuedCall.State.Leaving leaving -> {}
        }
    }

    private void reconcile(QueuedCall call, QueuedCall.State.Dialled dialled, Boolean answered) {
        if (answered == null) {
            new Overflowing(turn).goOn(call);
        } else if (answered) {
            new Overflowing(turn).join(call, dialled);
        }
    }

    /** An answer to one of several offers is the end of the others. */
    private void reconcileOffers(QueuedCall call, SeenCall seen) {
        for (var offer : call.offers()) {
            for (var ring : offer.rings()) {
                var answered = seen.legs().get(ring.leg());
                var present =
                        state.queued(call.id()).filter(now -> now.offerAt(ring.leg()).isPresent());
                if (present.isEmpty() || fresh(ring.at())) {
                    continue;
                }
                if (answered == null) {
                    var end = Offer.End.UNREACHABLE;
                    new Ringing(turn).ended(present.get(), ring.leg(), end, false);
                } else if (answered) {
                    new Hearing(turn).legAnswered(present.get(), ring.leg());
                }
            }
        }
    }

    private void reconcile(PlacedCall call, SeenCall seen) {
        var agentAnswered = seen.legs().get(call.plan().agentLeg());
        if (agentAnswered == null) {
            ending.hangUp(call, EndReason.CALL_LOST);
            return;
        }
        switch (call.state()) {
            case PlacedCall.State.RingingAgent ringing when agentAnswered ->
                    new Hearing(turn).legAnswered(call, call.plan().agentLeg());
            case PlacedCall.State.RingingNumber ringing -> reconcile(call, ringing.leg(), seen);
            case PlacedCall.State.Talking talking when !seen.legs().containsKey(talking.leg()) ->
                    ending.hangUp(call, EndReason.CALL_LOST);
            case PlacedCall.State.RingingAgent ringing -> {}
            case PlacedCall.State.Talking talking -> {}
            case PlacedCall.State.Telling telling -> {}
            case PlacedCall.State.Leaving leaving -> {}
        }
    }

    private void reconcile(PlacedCall call, LegId number, SeenCall seen) {
        var answered = seen.legs().get(number);
        if (answered == null) {
            new Placing(turn).tell(call, EndReason.CALL_LOST);
        } else if (answered) {
            new Hearing(turn).legAnswered(call, number);
        }
    }

    /** All calls of a sip-ingress that is gone are over. */
    void lose(SipIngress sipIngress) {
        new Placing(turn).lose(sipIngress);
        heldBy(sipIngress)
                .forEach(
                        call ->
                                ending.release(
                                        call.id(), EndReason.SIP_INGRESS_LOST, Cause.FAILED));
    }

    /** An effect could not be carried out. */
    void failed(AcdEffect effect, Failure failure) {
        var id = effect.order().call();
        var standIn = state.waits().callbacks().standIn(id).flatMap(state::queued);
        if (standIn.isPresent()) {
            notRung(standIn.get(), effect, failure);
            return;
        }
        var call = state.call(id);
        if (call.isEmpty()) {
            new Apologies(turn).failed(effect);
            return;
        }
        switch (failure) {
            case CALL_GONE -> miss(call.get().id());
            case NOT_CONTROLLER ->
                    ending.release(call.get().id(), EndReason.CONTROL_LOST, Cause.FAILED);
            case REFUSED -> refused(call.get(), effect);
            case AWAY -> away(call.get(), effect);
        }
    }

    /** Nobody's phone rings for a callback, which is not the agent's fault when we are away. */
    private void notRung(QueuedCall standIn, AcdEffect effect, Failure failure) {
        if (effect instanceof AcdEffect.CreateCall create) {
            var leg = create.leg().leg();
            standIn.offerAt(leg)
                    .ifPresent(
                            offer -> {
                                if (failure == Failure.AWAY) {
                                    new Offering(turn).giveUp(standIn, offer, Offer.End.WITHDRAWN);
                                } else {
                                    var end = Offer.End.UNREACHABLE;
                                    new Ringing(turn).ended(standIn, leg, end, false);
                                }
                            });
        }
    }

    /** Whoever holds the call next is asked again; only an agent's phone cannot be waited for. */
    private void away(Call call, AcdEffect effect) {
        if (!(effect instanceof AcdEffect.JoinLegs || effect instanceof AcdEffect.AnswerLeg)) {
            refused(call, effect);
        }
    }

    private void refused(Call call, AcdEffect effect) {
        switch (effect) {
            case AcdEffect.AddLeg add -> legRefused(call, add.leg().leg());
            case AcdEffect.CreateCall create ->
                    ending.release(call.id(), EndReason.COMMAND_FAILED, Cause.FAILED);
            case AcdEffect.JoinLegs join -> notJoined(call, join.other());
            case AcdEffect.AnswerLeg answer -> giveUp(call);
            // Silence is no reason to lose a caller, and deadlines see to what is hung up.
            case AcdEffect.RingLeg ring -> {}
            case AcdEffect.Play play -> notPlayed(call);
            case AcdEffect.HandOver handOver -> notHandedOver(call);
            case AcdEffect.HandBack handBack -> notHandedOver(call);
            case AcdEffect.HangUpLeg hangUp -> {}
            case AcdEffect.HangUpCall hangUp -> {}
        }
    }

    /** Also when it is leaving: who hung up before he was joined has left the other alone there. */
    private void notJoined(Call call, LegId leg) {
        if (call instanceof QueuedCall queued && new Offering(turn).returns(queued, leg)) {
            return;
        }
        if (call instanceof QueuedCall queued
                && queued.state() instanceof QueuedCall.State.Forwarded forwarded) {
            new Overflowing(turn).notForwarded(queued, forwarded.leg());
            return;
        }
        if (call.leaving()) {
            new Orders(turn).hangUp(call, EndReason.COMMAND_FAILED);
        } else {
            ending.hangUp(call, EndReason.COMMAND_FAILED);
        }
    }

    private void legRefused(QueuedCall call, LegId leg) {
        if (call.offerAt(leg).isPresent()) {
            new Ringing(turn).ended(call, leg, Offer.End.UNREACHABLE, false);
        } else if (call.state() instanceof QueuedCall.State.Dialled dialled
                && dialled.leg().equals(leg)) {
            new Overflowing(turn).goOn(call);
        }
    }

    private void legRefused(Call call, LegId leg) {
        switch (call) {
            case QueuedCall queued -> legRefused(queued, leg);
            case PlacedCall placed -> {
                if (placed.state() instanceof PlacedCall.State.RingingNumber) {
                    new Placing(turn).tell(placed, EndReason.COMMAND_FAILED);
                }
            }
        }
    }

    /** Nobody waits to the end of a silent apology. */
    private void notPlayed(Call call) {
        if (call instanceof QueuedCall queued
                && queued.state() instanceof QueuedCall.State.Told told) {
            ending.hangUp(queued, told.reason().end());
        }
    }

    /** The call is still ours: whatever else its queue says. */
    private void notHandedOver(Call call) {
        if (call instanceof QueuedCall queued && queued.withFlow()) {
            new Overflowing(turn).goOn(queued);
        }
    }

    private void giveUp(Call call) {
        if (call instanceof QueuedCall queued && !queued.leaving()) {
            new Queueing(turn).abandon(queued);
            ending.hangUp(queued, EndReason.COMMAND_FAILED);
        }
    }
}
