// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.Optional;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.CallingBack;
import org.panacall.acd.core.waiting.Waits;

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

    /** The agent is free, and the caller is elsewhere. */
    void goesOn(QueuedCall call) {
        release(call.id(), EndReason.HANDED_OVER, Cause.OVERFLOW);
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
        occupants.forEach(agent -> free(agent, call.get()));
    }

    private void stopWaiting(QueuedCall call, Cause cause) {
        var offering = new Offering(turn);
        call.offers().forEach(offer -> offering.end(call, offer, Offer.End.ABANDONED));
        if (call.inLine()) {
            offering.dequeue(call, cause);
        }
    }

    private void free(Agent agent, Call call) {
        var person = state.plan().person(agent.id());
        var notes =
                person.filter(known -> call.talked())
                        .map(known -> queues(agent, call).orElseGet(known::notes))
                        .orElse(Notes.NONE);
        turn.change(agent.hungUp(turn.now(), notes));
        var unknown = state.agent(agent.id()).filter(free -> free.occupiedBy().isEmpty());
        if (person.isEmpty() && unknown.isPresent()) {
            turn.emit(new AcdEvent.AgentRemoved(turn.stamp(agent.id()), agent.id()));
        }
    }

    /** The time for notes that its queue gives, if it has a rule of its own. */
    private Optional<Notes> queues(Agent agent, Call call) {
        var queue =
                switch (call) {
                    case QueuedCall queued -> queued.queue();
                    // One for a callback has him for the queue that promised it.
                    case PlacedCall placed ->
                            state.waits()
                                    .occupation(agent.id())
                                    .filter(by -> by.call().equals(placed.id()))
                                    .map(Waits.Occupation::queue);
                };
        return queue.flatMap(state.plan()::queue).flatMap(plan -> plan.conduct().notes());
    }
}
