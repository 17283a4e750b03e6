// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.Apologies;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.CallbackTalk;
import org.panacall.acd.core.waiting.CallingBack;
import org.panacall.acd.core.waiting.Hosting;

/** Makes of sip-ingress's notices what they mean for a call. What is no news changes nothing. */
final class Hearing {

    private static final int BUSY_HERE = 486;
    private static final int DECLINED = 603;
    private static final int BUSY_EVERYWHERE = 600;

    private final Turn turn;
    private final Ending ending;
    private final Placing placing;
    private final Orders orders;

    Hearing(Turn turn) {
        this.turn = turn;
        ending = new Ending(turn);
        placing = new Placing(turn);
        orders = new Orders(turn);
    }

    void hear(AcdCommand.Notice notice) {
        var state = turn.state();
        var call =
                state.call(notice.call())
                        .or(
                                () ->
                                        state.waits()
                                                .callbacks()
                                                .standIn(notice.call())
                                                .flatMap(state::call));
        if (call.isEmpty()) {
            new Apologies(turn).hear(notice);
            return;
        }
        switch (notice) {
            case AcdCommand.HearLegAnswered answered -> legAnswered(call.get(), answered.leg());
            case AcdCommand.HearLegEnded ended -> legEnded(call.get(), ended);
            case AcdCommand.HearPlayEnded played -> playEnded(call.get(), played.play());
            case AcdCommand.HearKeyPressed pressed -> keyPressed(call.get(), pressed);
            case AcdCommand.HearCallEnded ended -> callEnded(call.get(), ended);
            case AcdCommand.HearCallAdopted adopted -> adopted(call.get(), adopted.sipIngress());
            case AcdCommand.HearControlLost lost ->
                    ending.release(lost.call(), EndReason.CONTROL_LOST, Cause.FAILED);
        }
    }

    private void callEnded(Call call, AcdCommand.HearCallEnded ended) {
        if (!call.id().equals(ended.call())) {
            ringingEnded((QueuedCall) call, ended.call());
            return;
        }
        ending.release(ended.call(), ended.reason(), Cause.ABANDONED);
        if (call instanceof QueuedCall queued && queued.inLine()) {
            new Queueing(turn).callBackUnasked(queued);
        }
    }

    /** A call in which an agent was rung for a callback is over; the callback is not. */
    private void ringingEnded(QueuedCall standIn, CallId ringing) {
        standIn.offers().stream()
                .flatMap(offer -> offer.legs().stream())
                .filter(leg -> Callback.callOf(leg).equals(ringing))
                .findFirst()
                .ifPresent(
                        leg -> new Ringing(turn).ended(standIn, leg, Offer.End.UNREACHABLE, false));
    }

    private void playEnded(Call call, PlayId play) {
        switch (call) {
            case QueuedCall queued -> playEnded(queued, play);
            case PlacedCall placed -> {
                if (new CallingBack(turn).whispers(placed)
                        && play.equals(CallingBack.whispering(placed))) {
                    placing.dial(placed);
                }
            }
        }
    }

    /** What was said is said: a call that is told why it is not served ends. */
    private void playEnded(QueuedCall call, PlayId play) {
        if (call.state() instanceof QueuedCall.State.Told told) {
            if (told.reason().play().equals(play)) {
                ending.hangUp(call, told.reason().end());
            }
        } else {
            new Hosting(turn).playEnded(call, play);
        }
    }

    private void keyPressed(Call call, AcdCommand.HearKeyPressed pressed) {
        if (call instanceof QueuedCall queued && pressed.leg().equals(queued.caller().leg())) {
            new CallbackTalk(turn)
                    .pressed(queued, pressed.key())
                    .ifPresent(number -> new Queueing(turn).promise(queued, number));
        }
    }

    /** Orders may have been lost with the one that died: they are given again, under their ids. */
    private void adopted(Call call, SipIngress sipIngress) {
        turn.emit(new AcdEvent.CallMoved(turn.stamp(call.id()), call.id(), sipIngress));
        turn.state().found(call.id());
        turn.state().call(call.id()).ifPresent(orders::resume);
    }

    void legAnswered(Call call, LegId leg) {
        switch (call) {
            case QueuedCall queued -> legAnswered(queued, leg);
            case PlacedCall placed -> legAnswered(placed, leg);
        }
    }

    private void legAnswered(QueuedCall call, LegId leg) {
        if (leg.equals(call.caller().leg())) {
            return;
        }
        switch (call.state()) {
            case QueuedCall.State.Offered offered ->
                    call.offerAt(leg)
                            .ifPresentOrElse(
                                    offer -> new Offering(turn).accept(call, offer, leg),
                                    () -> orders.hangUpStray(call, leg));
            case QueuedCall.State.Talking talking when talking.leg().equals(leg) -> {}
            // Two answered at the same time; whose word came first has the call.
            case QueuedCall.State.Talking talking ->
                    orders.hangUpStray(call, leg, EndReason.ANSWERED_ELSEWHERE);
            case QueuedCall.State.Dialled dialled when dialled.leg().equals(leg) ->
                    new Overflowing(turn).join(call, dialled);
            case QueuedCall.State.Forwarded forwarded when forwarded.leg().equals(leg) -> {}
            case QueuedCall.State.HandedOver handedOver -> {}
            case QueuedCall.State.Dialled dialled -> orders.hangUpStray(call, leg);
            case QueuedCall.State.Forwarded forwarded -> orders.hangUpStray(call, leg);
            case QueuedCall.State.Told told -> orders.hangUpStray(call, leg);
            case QueuedCall.State.Waiting waiting -> orders.hangUpStray(call, leg);
            case QueuedCall.State.Leaving leaving -> orders.hangUpStray(call, leg);
        }
    }

    private void legAnswered(PlacedCall call, LegId leg) {
        var agentLeg = leg.equals(call.plan().agentLeg());
        switch (call.state()) {
            case PlacedCall.State.RingingAgent ringing when agentLeg -> agentAnswered(call);
            case PlacedCall.State.RingingNumber ringing when ringing.leg().equals(leg) ->
                    placing.join(call, ringing);
            case PlacedCall.State.Talking talking -> {}
            case PlacedCall.State.RingingAgent ringing -> orders.hangUpStray(call, leg);
            case PlacedCall.State.RingingNumber ringing -> {}
            case PlacedCall.State.Telling telling -> strayUnless(agentLeg, call, leg);
            case PlacedCall.State.Leaving leaving -> orders.hangUpStray(call, leg);
        }
    }

    /** In a callback he is being told so, and the number is dialled after that. */
    private void agentAnswered(PlacedCall call) {
        if (!new CallingBack(turn).whispers(call)) {
            placing.dial(call);
        }
    }

    private void strayUnless(boolean known, Call call, LegId leg) {
        if (!known) {
            orders.hangUpStray(call, leg);
        }
    }

    private void legEnded(Call call, AcdCommand.HearLegEnded ended) {
        switch (call) {
            case QueuedCall queued -> legEnded(queued, ended);
            case PlacedCall placed -> legEnded(placed, ended);
        }
    }

    private void legEnded(QueuedCall call, AcdCommand.HearLegEnded ended) {
        var byCaller = ended.leg().equals(call.caller().leg());
        switch (call.state()) {
            case QueuedCall.State.Waiting waiting when byCaller -> abandon(call, ended.reason());
            case QueuedCall.State.Offered offered when byCaller -> abandon(call, ended.reason());
            case QueuedCall.State.Offered offered ->
                    call.offerAt(ended.leg())
                            .ifPresent(
                                    offer ->
                                            new Ringing(turn)
                                                    .ended(
                                                            call,
                                                            ended.leg(),
                                                            endOf(ended),
                                                            declined(ended)));
            case QueuedCall.State.Talking talking when byCaller ->
                    ending.leave(call, ended.reason());
            case QueuedCall.State.Talking talking
                    when talking.leg().equals(ended.leg()) && ended.flow().isPresent() ->
                    ending.goesOn(call);
            case QueuedCall.State.Talking talking when talking.leg().equals(ended.leg()) ->
                    ending.leftByAgent(call, ended.reason());
            case QueuedCall.State.Dialled dialled when byCaller -> abandon(call, ended.reason());
            case QueuedCall.State.Dialled dialled when dialled.leg().equals(ended.leg()) ->
                    new Overflowing(turn).goOn(call, outcomeOf(ended));
            case QueuedCall.State.Forwarded forwarded
                    when forwarded.leg().equals(ended.leg()) && ended.flow().isPresent() ->
                    ending.goesOn(call);
            case QueuedCall.State.Forwarded forwarded
                    when byCaller || forwarded.leg().equals(ended.leg()) ->
                    ending.leave(call, ended.reason());
            case QueuedCall.State.Told told when byCaller ->
                    ending.leave(call, told.reason().end());
            case QueuedCall.State.Leaving leaving when byCaller && leaving.callerThere() ->
                    ending.leave(call, ended.reason());
            case QueuedCall.State.Waiting waiting -> {}
            case QueuedCall.State.Talking talking -> {}
            case QueuedCall.State.Dialled dialled -> {}
            case QueuedCall.State.Forwarded forwarded -> {}
            case QueuedCall.State.HandedOver handedOver -> {}
            case QueuedCall.State.Told told -> {}
            case QueuedCall.State.Leaving leaving -> {}
        }
    }

    /** The caller hung up: nobody's phone rings any longer, and his call is over soon. */
    void abandon(QueuedCall call, EndReason reason) {
        var queueing = new Queueing(turn);
        queueing.abandon(call);
        ending.leave(call, reason);
        queueing.callBackUnasked(call);
    }

    private void legEnded(PlacedCall call, AcdCommand.HearLegEnded ended) {
        var byAgent = ended.leg().equals(call.plan().agentLeg());
        switch (call.state()) {
            case PlacedCall.State.RingingNumber ringing when byAgent -> {
                orders.hangUp(call, ringing.leg(), ended.reason());
                ending.leave(call, ended.reason());
            }
            case PlacedCall.State.RingingNumber ringing when ringing.leg().equals(ended.leg()) ->
                    placing.tell(call, ended.reason());
            case PlacedCall.State.Talking talking
                    when byAgent || talking.leg().equals(ended.leg()) ->
                    ending.leave(call, ended.reason());
            case PlacedCall.State.RingingAgent ringing when byAgent ->
                    ending.leave(call, ended.reason());
            case PlacedCall.State.Telling telling when byAgent ->
                    ending.leave(call, telling.reason());
            case PlacedCall.State.RingingAgent ringing -> {}
            case PlacedCall.State.RingingNumber ringing -> {}
            case PlacedCall.State.Talking talking -> {}
            case PlacedCall.State.Telling telling -> {}
            case PlacedCall.State.Leaving leaving -> {}
        }
    }

    /** Not "busy here": he does not want it anywhere. */
    private static boolean declined(AcdCommand.HearLegEnded ended) {
        return ended.sipStatus() == DECLINED || ended.sipStatus() == BUSY_EVERYWHERE;
    }

    /** Of a telephone outside, as flows call it. */
    private static String outcomeOf(AcdCommand.HearLegEnded ended) {
        return switch (endOf(ended)) {
            case REJECTED -> "busy";
            case NO_ANSWER -> "no-answer";
            default -> "failed";
        };
    }

    private static Offer.End endOf(AcdCommand.HearLegEnded ended) {
        if (ended.sipStatus() == BUSY_HERE
                || ended.sipStatus() == BUSY_EVERYWHERE
                || ended.sipStatus() == DECLINED) {
            return Offer.End.REJECTED;
        }
        return switch (ended.reason().reason()) {
            case "busy", "rejected" -> Offer.End.REJECTED;
            case "no-answer" -> Offer.End.NO_ANSWER;
            default -> Offer.End.UNREACHABLE;
        };
    }
}
