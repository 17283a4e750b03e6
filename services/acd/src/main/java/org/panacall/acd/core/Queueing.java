// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.AcdCommand.Destination;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.rules.Apology;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.waiting.Apologies;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.CallbackTalk;
import org.panacall.acd.core.waiting.CallingBack;
import org.panacall.acd.core.waiting.Prospects;

/** Takes calls into queues, or to people, and lets them go again. */
final class Queueing {

    private final Turn turn;
    private final AcdState state;

    Queueing(Turn turn) {
        this.turn = turn;
        state = turn.state();
    }

    Optional<Refusal> enqueue(AcdCommand.EnqueueCall command) {
        new Apologies(turn).cameBack(command.call());
        state.queued(command.call())
                .filter(call -> isOver(call, command))
                .ifPresent(new Ending(turn)::goesOn);
        var known = state.call(command.call());
        var isBack = state.queued(command.call()).filter(QueuedCall::withFlow).isPresent();
        if (known.isPresent() && !isBack) {
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
            case Destination.Number number -> toNumber(command, number);
        };
    }

    /** The talk that it had through us is over, though we have not heard so: it comes anew. */
    private static boolean isOver(QueuedCall call, AcdCommand.EnqueueCall command) {
        var live = command.liveLegs();
        return switch (call.state()) {
            case QueuedCall.State.Talking talking ->
                    !live.isEmpty() && !live.contains(talking.leg());
            case QueuedCall.State.Leaving leaving -> leaving.talked() && !live.isEmpty();
            default -> false;
        };
    }

    private Optional<Refusal> toNumber(AcdCommand.EnqueueCall command, Destination.Number wanted) {
        var target = new Target.ToNumber(wanted.number(), wanted.fallback(), wanted.terms());
        var call = queue(command, target);
        if (state.plan().rules().leadsTo(wanted.number())) {
            new Overflowing(turn).dial(call, target);
        } else {
            new Orders(turn).entertain(call);
            notReached(call, "failed");
        }
        return Optional.empty();
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
            return toPerson(command, person.get(), wanted);
        }
        return state.plan()
                .queueAt(wanted.extension())
                .map(queue -> enqueue(command, queue))
                .orElseGet(() -> Optional.of(new Refusal.ExtensionUnknown()));
    }

    private Optional<Refusal> enqueue(AcdCommand.EnqueueCall command, QueuePlan queue) {
        var overflowing = new Overflowing(turn);
        var room = overflowing.hasRoom(queue);
        if (!room && !queue.conduct().receivesBeyondCapacity()) {
            return Optional.of(new Refusal.QueueFull());
        }
        queue(command, new Target.ToQueue(queue.id()));
        overflowing.entered(command.call(), queue, room, List.of());
        return Optional.empty();
    }

    private Optional<Refusal> toPerson(
            AcdCommand.EnqueueCall command, PersonPlan person, Destination.Person wanted) {
        var terms = wanted.terms();
        var target = new Target.ToPerson(person.id(), person.extension(), wanted.fallback(), terms);
        var call = queue(command, target);
        new Orders(turn).entertain(call);
        var ringing = new Ringing(turn);
        var agent =
                state.agent(person.id())
                        .filter(known -> ringing.reaches(known, terms.onlyExtension()));
        if (agent.isEmpty()) {
            notReached(call, "unavailable");
        } else if (!agent.get().resting() || agent.get().talksElsewhere()) {
            notReached(call, "busy");
        } else {
            var ring = terms.ringTimeout().orElse(turn.limits().rings().person());
            new Offering(turn).ring(call, agent.get(), ring);
        }
        return Optional.empty();
    }

    private QueuedCall queue(AcdCommand.EnqueueCall command, Target target) {
        return queue(command.call(), command.caller(), target, command.trace());
    }

    QueuedCall queue(CallId id, Caller caller, Target target, String trace) {
        var forecast =
                target instanceof Target.ToQueue(var queue)
                        ? new Prospects(state, turn.now()).newcomer(queue)
                        : Forecast.NONE;
        turn.emit(
                new AcdEvent.CallQueued(
                        turn.stamp(id), id, caller, target, turn.ids().play(), forecast, trace));
        return state.queued(id).orElseThrow();
    }

    /** Who rings again while he is to be called back has the place that was kept for him. */
    void takeOldPlace(QueuedCall call) {
        var callingBack = new CallingBack(turn);
        callingBack
                .openTo(call)
                .ifPresent(
                        callback -> {
                            state.queued(callback.standIn()).ifPresent(this::withdraw);
                            callingBack.rangAgain(callback, call);
                            stopDialling(callback);
                        });
    }

    /** The agent who dials him is free for him. */
    private void stopDialling(Callback callback) {
        if (callback.state() instanceof Callback.State.AtAgent at) {
            state.call(at.call())
                    .ifPresent(call -> new Ending(turn).hangUp(call, EndReason.RANG_AGAIN));
        }
    }

    private void withdraw(QueuedCall call) {
        new Offering(turn).withdraw(call);
    }

    /** Whoever was rung did not take the call; queues keep theirs waiting. */
    void missed(QueuedCall call, Offer.End end) {
        if (!(call.state() instanceof QueuedCall.State.Waiting)) {
            return;
        }
        if (call.queue().isPresent()) {
            new Overflowing(turn).goOn(call);
            return;
        }
        switch (end) {
            case REJECTED -> notReached(call, "busy");
            case NO_ANSWER -> notReached(call, "no-answer");
            case UNREACHABLE, ABANDONED, WITHDRAWN, ANSWERED_ELSEWHERE ->
                    notReached(call, "unavailable");
        }
    }

    /**
     * Who was asked for is not to be had. The flow that asked is next, if it has drawn that, else
     * the fallback. Colleagues see why on their phones; to others it is said.
     */
    void notReached(QueuedCall call, String outcome) {
        if (call.target() instanceof Target.Rung rung) {
            var back = rung.terms().exits().contains(outcome);
            if (back && new Overflowing(turn).handBack(call, outcome, rung.fallback())) {
                return;
            }
            var otherwise = reason(outcome);
            if (rung.fallback().isPresent()) {
                moveOn(call, rung.fallback());
            } else if (call.caller().inside()) {
                new Ending(turn).hangUp(call, otherwise);
            } else {
                var apology = Apology.UNAVAILABLE;
                new Overflowing(turn).tell(call, otherwise, apology.promptId(), apology);
            }
        }
    }

    private static EndReason reason(String outcome) {
        return switch (outcome) {
            case "busy" -> EndReason.BUSY;
            case "no-answer" -> EndReason.NO_ANSWER;
            default -> EndReason.PERSON_AWAY;
        };
    }

    /** Sends a call on to another queue, to its end of line and by its rules. */
    void moveOn(QueuedCall call, Optional<QueueId> queue) {
        var overflowing = new Overflowing(turn);
        var next =
                queue.flatMap(state.plan()::queue)
                        .filter(
                                plan ->
                                        overflowing.hasRoom(plan)
                                                || plan.conduct().receivesBeyondCapacity());
        if (state.waits().callbacks().isStandIn(call)) {
            withdraw(call);
            new CallingBack(turn).moveOn(call, next.map(QueuePlan::id));
            return;
        }
        next.ifPresentOrElse(
                plan -> overflowing.move(call, plan, List.of()),
                () -> overflowing.unreachable(call, List.of()));
    }

    /** The caller chose to be called back: he leaves, and his place stays. */
    void promise(QueuedCall call, PartyNumber number) {
        withdraw(call);
        new Offering(turn).dequeue(call, Cause.CALLBACK_PROMISED);
        var waiting = state.queued(call.id()).orElseThrow();
        new Ending(turn).leaveAfterGoodbye(waiting);
        new CallingBack(turn).promise(waiting, number, false);
        state.queued(call.id()).ifPresent(new CallbackTalk(turn)::sayGoodbye);
    }

    /** Somebody is promised to be called back who is not on the line. */
    Optional<Refusal> promise(AcdCommand.RequestCallback request) {
        var callbacks = state.waits().callbacks();
        if (callbacks.callback(request.callback()).isPresent()) {
            return Optional.empty();
        }
        var queue = state.plan().queue(request.queue());
        if (queue.isEmpty()) {
            return Optional.of(new Refusal.QueueUnknown());
        }
        var capacity = queue.get().waitingRoom().callbacks().rules().capacity();
        if (callbacks.count(request.queue()) >= capacity) {
            return Optional.of(new Refusal.CallbacksFull());
        }
        new CallingBack(turn).promise(request.callback(), request.queue(), request.patient());
        return Optional.empty();
    }

    /** A promise is taken back. */
    Optional<Refusal> cancel(CallbackId id) {
        var callback = state.waits().callbacks().callback(id);
        if (callback.isEmpty()) {
            return Optional.of(new Refusal.CallbackUnknown());
        }
        if (callback.get().underWay()) {
            return Optional.of(new Refusal.CallbackUnderWay());
        }
        state.queued(callback.get().standIn()).ifPresent(this::withdraw);
        new CallingBack(turn).cancel(id);
        return Optional.empty();
    }

    /** Who gave up is called back all the same, where the queue does so. */
    void callBackUnasked(QueuedCall call) {
        var callingBack = new CallingBack(turn);
        if (callingBack.wantsBack(call)) {
            callingBack.promise(call, call.caller().number(), true);
        }
    }

    /** The caller hung up while he waited. */
    void abandon(QueuedCall call) {
        var offering = new Offering(turn);
        call.offers().forEach(offer -> offering.giveUp(call, offer, Offer.End.ABANDONED));
        if (call.state()
                instanceof QueuedCall.State.Dialled(var leg, var number, var since, var until)) {
            new Orders(turn).hangUp(call, leg, EndReason.ABANDONED);
        }
        if (call.inLine()) {
            offering.dequeue(call, Cause.ABANDONED);
        }
    }
}
