// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.util.Optional;
import org.panacall.acd.core.AcdCommand.Destination;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;

/** Takes calls into queues, or to people, and lets them go again. */
final class Queueing {

    private final Turn turn;
    private final AcdState state;

    Queueing(Turn turn) {
        this.turn = turn;
        state = turn.state();
    }

    Optional<Refusal> enqueue(AcdCommand.EnqueueCall command) {
        var known = state.call(command.call());
        if (known.isPresent()) {
            follow(known.get(), command.caller().sipIngress());
            return Optional.empty();
        }
        if (state.calls().size() >= turn.limits().calls()) {
            return Optional.of(new Refusal.QueueFull());
        }
        return switch (command.destination()) {
            case Destination.Queue(var queue) ->
                    state.plan()
                            .queue(queue)
                            .map(plan -> enqueue(command, plan))
                            .orElseGet(() -> Optional.of(new Refusal.QueueUnknown()));
            case Destination.Person person -> toExtension(command, person);
        };
    }

    /** While we were away another sip-ingress may have come to hold it. */
    private void follow(Call call, SipIngress holder) {
        if (!call.sipIngress().equals(holder)) {
            new Hearing(turn).hear(new AcdCommand.HearCallAdopted(call.id(), holder));
        }
    }

    /** Short numbers are people's, but queues have them too. */
    private Optional<Refusal> toExtension(
            AcdCommand.EnqueueCall command, Destination.Person wanted) {
        var person = state.plan().personAt(wanted.extension());
        if (person.isPresent()) {
            return toPerson(command, person.get(), wanted.fallback());
        }
        return state.plan()
                .queueAt(wanted.extension())
                .map(queue -> enqueue(command, queue))
                .orElseGet(() -> Optional.of(new Refusal.ExtensionUnknown()));
    }

    private Optional<Refusal> enqueue(AcdCommand.EnqueueCall command, QueuePlan queue) {
        if (state.line(queue.id()).size() >= queue.capacity()) {
            return Optional.of(new Refusal.QueueFull());
        }
        queue(command, new Target.ToQueue(queue.id()));
        return Optional.empty();
    }

    private Optional<Refusal> toPerson(
            AcdCommand.EnqueueCall command, PersonPlan person, Optional<QueueId> fallback) {
        var call = queue(command, new Target.ToPerson(person.id(), person.extension(), fallback));
        var agent = state.agent(person.id()).filter(known -> known.registered());
        if (agent.isEmpty()) {
            fallBack(call, EndReason.PERSON_AWAY);
        } else if (!agent.get().resting()) {
            fallBack(call, EndReason.BUSY);
        } else {
            new Offering(turn).ring(call, agent.get(), turn.limits().rings().person());
        }
        return Optional.empty();
    }

    private QueuedCall queue(AcdCommand.EnqueueCall command, Target target) {
        turn.emit(
                new AcdEvent.CallQueued(
                        turn.stamp(command.call()),
                        command.call(),
                        command.caller(),
                        target,
                        turn.ids().play(),
                        command.trace()));
        var call = state.queued(command.call()).orElseThrow();
        new Orders(turn).entertain(call);
        return call;
    }

    /** A person did not take his call; queues keep theirs waiting. */
    void personMissed(QueuedCall call, Offer.End end) {
        switch (end) {
            case REJECTED -> fallBack(call, EndReason.BUSY);
            case NO_ANSWER -> fallBack(call, EndReason.NO_ANSWER);
            case UNREACHABLE, ABANDONED, WITHDRAWN, ANSWERED_ELSEWHERE ->
                    fallBack(call, EndReason.PERSON_AWAY);
        }
    }

    private void fallBack(QueuedCall call, EndReason otherwise) {
        if (call.target() instanceof Target.ToPerson person) {
            if (person.fallback().isPresent()) {
                moveOn(call, person.fallback());
            } else {
                new Ending(turn).hangUp(call, otherwise);
            }
        }
    }

    /** Sends a call on to another queue, to its end of line. */
    void moveOn(QueuedCall call, Optional<QueueId> queue) {
        var plan =
                queue.flatMap(state.plan()::queue)
                        .filter(next -> state.line(next.id()).size() < next.capacity());
        var offering = new Offering(turn);
        if (plan.isEmpty()) {
            offering.dequeue(call, Cause.OVERFLOW);
            new Ending(turn).hangUp(call, EndReason.OVERFLOW);
            return;
        }
        offering.dequeue(call, Cause.OVERFLOW);
        turn.emit(
                new AcdEvent.CallQueued(
                        turn.stamp(call.id()),
                        call.id(),
                        call.caller(),
                        new Target.ToQueue(plan.get().id()),
                        turn.ids().play(),
                        ""));
        state.queued(call.id()).ifPresent(new Orders(turn)::entertain);
    }

    /** The caller hung up while he waited. */
    void abandon(QueuedCall call) {
        var offering = new Offering(turn);
        call.offers().forEach(offer -> offering.giveUp(call, offer, Offer.End.ABANDONED));
        offering.dequeue(call, Cause.ABANDONED);
    }
}
