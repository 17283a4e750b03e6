// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.Optional;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.CallingBack;

/** Ends calls, and sets free whom they occupied. */
final class Ending {

    private final Turn turn;
    private final AcdState state;

    Ending(Turn turn) {
        this.turn = turn;
        state = turn.state();
    }

    /** We end a call. It leaves our care when sip-ingress says that it is over. */
    void hangUp(Call call, EndReason reason) {
        if (!call.leaving()) {
            leave(call, reason);
            new Orders(turn).hangUp(call, reason);
        }
    }

    /** A call ends by itself; sip-ingress sees to its legs. */
    void leave(Call call, EndReason reason) {
        leave(call, reason, false);
    }

    /** The agent hung up; when he was joined, sip-ingress ends the call. */
    void leftByAgent(QueuedCall call, EndReason reason) {
        leave(call, reason, true);
    }

    /** He hears once more from us, and is hung up on then. */
    void leaveAfterGoodbye(QueuedCall call) {
        leave(call, EndReason.CALLBACK_PROMISED, false, turn.limits().guards().goodbye());
    }

    private void leave(Call call, EndReason reason, boolean callerThere) {
        leave(call, reason, callerThere, turn.limits().guards().forget());
    }

    private void leave(Call call, EndReason reason, boolean callerThere, Duration within) {
        var forgottenAt = turn.now().plus(within);
        var stamp = turn.stamp(call.id());
        turn.emit(
                new AcdEvent.CallEnding(
                        stamp, call.id(), reason, Optional.empty(), callerThere, forgottenAt));
    }

    /** A call is over. */
    void release(CallId id, EndReason reason, Cause cause) {
        state.queued(id).ifPresent(call -> stopWaiting(call, cause));
        var call = state.call(id);
        if (call.isEmpty()) {
            return;
        }
        var occupants = state.occupants(id);
        if (call.get() instanceof PlacedCall placed) {
            new CallingBack(turn).givenUp(placed);
        }
        turn.emit(new AcdEvent.CallReleased(turn.stamp(id), id, reason));
        occupants.forEach(agent -> free(agent, call.get().talked()));
    }

    private void stopWaiting(QueuedCall call, Cause cause) {
        var offering = new Offering(turn);
        call.offers().forEach(offer -> offering.end(call, offer, Offer.End.ABANDONED));
        var waits = call.state() instanceof QueuedCall.State.Waiting || !call.offers().isEmpty();
        if (waits) {
            offering.dequeue(call, cause);
        }
    }

    private void free(Agent agent, boolean talked) {
        var person = state.plan().person(agent.id());
        var free =
                talked
                        ? person.map(PersonPlan::wrapUp)
                                .map(time -> agent.hungUp(turn.now(), time))
                                .orElseGet(() -> agent.rest(turn.now()))
                        : agent.rest(turn.now());
        turn.change(free);
        if (person.isEmpty()) {
            turn.emit(new AcdEvent.AgentRemoved(turn.stamp(agent.id()), agent.id()));
        }
    }
}
