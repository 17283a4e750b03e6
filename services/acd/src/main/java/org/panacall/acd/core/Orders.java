// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.Optional;
import org.panacall.acd.core.AcdEffect.NewLeg;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Offer.Ring;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.QueuedCall.State.Told.Reason;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.need.Asked;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.RecordingRule;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.CallingBack;
import org.panacall.acd.core.waiting.Hosting;

/**
 * Turns what is meant to be the case with a call into effects. A new leader runs the same methods
 * over all calls, and since effect ids follow from what is meant, nothing is done twice.
 */
final class Orders {

    private final Turn turn;

    Orders(Turn turn) {
        this.turn = turn;
    }

    /** All that the present state of a call asks for. */
    void resume(Call call) {
        switch (call) {
            case QueuedCall queued -> resume(queued);
            case PlacedCall placed -> resume(placed);
        }
    }

    private void resume(QueuedCall call) {
        switch (call.state()) {
            case QueuedCall.State.Waiting waiting -> entertain(call);
            case QueuedCall.State.Offered offered -> {
                entertain(call);
                offered.offers().values().forEach(offer -> ring(call, offer));
            }
            case QueuedCall.State.Dialled dialled -> {
                entertain(call);
                forward(call, dialled.leg(), dialled.number());
            }
            case QueuedCall.State.Talking talking -> join(call, talking.leg());
            case QueuedCall.State.Forwarded forwarded -> join(call, forwarded.leg());
            case QueuedCall.State.HandedOver handedOver -> {
                switch (handedOver.to()) {
                    case Action.ToFlow(var flow) -> handOver(call, flow);
                    case Action.TakeMessage(var flow) -> handOver(call, flow);
                    case Action.BackToFlow(var exit) -> handBack(call, exit);
                    default -> throw new IllegalStateException("a flow has it");
                }
            }
            case QueuedCall.State.Told told -> tell(call, told.reason());
            case QueuedCall.State.Leaving leaving ->
                    hangUp(call, new Hosting(turn).whyLeaving(call));
        }
    }

    private void resume(PlacedCall call) {
        switch (call.state()) {
            case PlacedCall.State.RingingAgent ringing -> ringAgent(call);
            case PlacedCall.State.RingingNumber ringing -> dial(call, ringing.leg());
            case PlacedCall.State.Talking talking -> join(call, talking.leg());
            case PlacedCall.State.Telling telling -> tell(call, telling.reason());
            case PlacedCall.State.Leaving leaving -> hangUp(call, EndReason.CALL_LOST);
        }
    }

    private void ringAgent(PlacedCall call) {
        var callingBack = new CallingBack(turn);
        if (callingBack.whispers(call)) {
            callingBack.whisper(call);
        } else {
            create(call);
        }
    }

    /** What the caller hears while he waits: music in a queue, ringing on the way to a person. */
    void entertain(QueuedCall call) {
        if (turn.state().waits().callbacks().isStandIn(call)) {
            return;
        }
        var caller = call.caller();
        var queue = call.queue();
        if (queue.isEmpty() && !caller.answered()) {
            turn.act(
                    new AcdEffect.RingLeg(
                            turn.order(call, caller.leg().value(), "ring"), caller.leg()));
            return;
        }
        answer(call);
        if (queue.isPresent()) {
            new Hosting(turn).resume(call);
            return;
        }
        var ringBack = call.place().music();
        var order = turn.order(call, ringBack.value(), "play");
        turn.act(new AcdEffect.Play(order, caller.leg(), ringBack, new Sound.RingBack()));
    }

    private void answer(QueuedCall call) {
        var leg = call.caller().leg();
        if (!call.caller().answered()) {
            turn.act(new AcdEffect.AnswerLeg(turn.order(call, leg.value(), "answer"), leg));
        }
    }

    /** Rings the agent's devices. */
    void ring(QueuedCall call, Offer offer) {
        offer.rings().stream().filter(Ring::ringing).forEach(ring -> ring(call, offer, ring));
    }

    /** Rings one of them. Carriers let us show them none but our own numbers. */
    void ring(QueuedCall call, Offer offer, Ring ring) {
        var plan = turn.state().plan();
        var name = call.queue().flatMap(plan::queue).map(QueuePlan::name).orElse("");
        var shown = ring.device().isOutside() ? plan.callerNumber() : call.caller().number();
        var agent = Optional.of(offer.agent()).filter(one -> !one.isOutside());
        var leg =
                new NewLeg(
                        ring.leg(),
                        agent.isPresent() ? NewLeg.Role.AGENT : NewLeg.Role.CALLEE,
                        agent,
                        ring.device(),
                        new NewLeg.Shown(shown, name),
                        offer.ringTimeout(ring));
        if (turn.state().waits().callbacks().isStandIn(call)) {
            new CallingBack(turn).ring(call, leg);
        } else {
            turn.act(new AcdEffect.AddLeg(turn.order(call, ring.leg().value(), "add"), leg));
        }
    }

    /** Rings a telephone outside, for a caller who goes on hearing music. */
    void forward(QueuedCall call, LegId leg, Action.ToNumber number) {
        var shown = new NewLeg.Shown(turn.state().plan().callerNumber(), "");
        var plan =
                new NewLeg(
                        leg,
                        NewLeg.Role.CALLEE,
                        Optional.empty(),
                        number.number(),
                        shown,
                        number.ringTimeout());
        turn.act(new AcdEffect.AddLeg(turn.order(call, leg.value(), "add"), plan));
    }

    /** Gives the call to a flow; each time anew. */
    private void handOver(QueuedCall call, String flow) {
        var deed = "hand-over-" + call.overflow().steps();
        var order = turn.order(call, call.id().value(), deed);
        turn.act(new AcdEffect.HandOver(order, flow, call.queue()));
    }

    /** Gives the call back to its flow; each time anew. */
    void handBack(QueuedCall call, String exit) {
        var deed = "hand-back-" + call.overflow().steps();
        turn.act(new AcdEffect.HandBack(turn.order(call, call.id().value(), deed), exit));
    }

    /** Lets the caller hear why he is not served. */
    void tell(QueuedCall call, Reason reason) {
        answer(call);
        var language = turn.state().plan().rules().language();
        var text = reason.apology().text(language);
        var play = reason.play();
        turn.act(
                new AcdEffect.Play(
                        turn.order(call, play.value(), "play"),
                        call.caller().leg(),
                        play,
                        new Sound.Spoken(reason.promptId(), language, text)));
    }

    /** Lets caller and agent talk. */
    void join(QueuedCall call, LegId agentLeg) {
        answer(call);
        var afterTalk = afterTalk(call).filter(flow -> !call.caller().inside());
        var order = turn.order(call, agentLeg.value(), "join");
        turn.act(
                new AcdEffect.JoinLegs(
                        order, call.caller().leg(), agentLeg, afterTalk, recording(call)));
    }

    /** Talks with agents are recorded where the queue wants it; without proof they are not. */
    private Optional<AcdEffect.TalkRecording> recording(QueuedCall call) {
        var state = turn.state();
        var queue = call.queue().flatMap(state.plan()::queue);
        var rule = queue.map(plan -> plan.conduct().recording());
        var agent =
                state.queued(call.id())
                        .map(QueuedCall::state)
                        .filter(QueuedCall.State.Talking.class::isInstance)
                        .flatMap(talk -> state.agent(((QueuedCall.State.Talking) talk).agent()));
        if (rule.filter(RecordingRule::recorded).isEmpty() || agent.isEmpty()) {
            return Optional.empty();
        }
        var caller = call.caller();
        var usual = state.plan().rules().language();
        return Optional.of(
                new AcdEffect.TalkRecording(
                        queue.get().id(),
                        agent.get().extension(),
                        caller.number(),
                        caller.attributes().getOrDefault(Asked.LANGUAGE, usual),
                        rule.get().noticeRequired() && !caller.heardRecordingNotice()));
    }

    private Optional<String> afterTalk(QueuedCall call) {
        return call.target() instanceof Target.ToGroup(var group, var fallback, var terms)
                ? group.afterTalk()
                : call.queue()
                        .flatMap(turn.state().plan()::queue)
                        .flatMap(queue -> queue.conduct().afterTalk());
    }

    /** Rings the phone of the agent who placed the call. */
    void create(PlacedCall call) {
        var plan = call.plan();
        var leg =
                newLeg(call, plan.agentLeg(), plan.device(), turn.limits().rings().placingAgent());
        var order = turn.order(call, call.id().value(), "create");
        turn.act(new AcdEffect.CreateCall(order, leg, AcdEffect.CreateCall.CLICK_TO_CALL));
    }

    private static NewLeg newLeg(
            PlacedCall call, LegId leg, PartyNumber device, Duration ringTimeout) {
        var shown = device.isOutside() ? call.plan().shown() : call.plan().number();
        return new NewLeg(
                leg,
                NewLeg.Role.AGENT,
                Optional.of(call.agent()),
                device,
                new NewLeg.Shown(shown, ""),
                ringTimeout);
    }

    /** Rings the number of a placed call, which its agent hears. */
    void dial(PlacedCall call, LegId number) {
        var plan = call.plan();
        play(call, plan.ringBack().value(), new Sound.RingBack());
        var leg =
                new NewLeg(
                        number,
                        NewLeg.Role.CALLER,
                        Optional.empty(),
                        plan.number(),
                        new NewLeg.Shown(plan.shown(), ""),
                        turn.limits().rings().number());
        turn.act(new AcdEffect.AddLeg(turn.order(call, number.value(), "add"), leg));
    }

    /** Lets agent and number talk. */
    void join(PlacedCall call, LegId number) {
        join(call, call.plan().agentLeg(), number);
    }

    /** Lets the agent hear why his number is not to be had. */
    void tell(PlacedCall call, EndReason reason) {
        var busy = reason.reason().equals("busy") || reason.reason().equals("rejected");
        play(call, call.id().value() + ":told", busy ? new Sound.Busy() : new Sound.Unreachable());
    }

    private void play(PlacedCall call, String subject, Sound sound) {
        var order = turn.order(call, subject, "play");
        var plan = call.plan();
        turn.act(new AcdEffect.Play(order, plan.agentLeg(), plan.ringBack(), sound));
    }

    private void join(Call call, LegId leg, LegId other) {
        var order = turn.order(call, other.value(), "join");
        turn.act(new AcdEffect.JoinLegs(order, leg, other));
    }

    void hangUp(Call call, LegId leg, EndReason reason) {
        var at = turn.state().waits().callbacks().callAt(call, leg);
        var order = turn.order(at, call.sipIngress(), leg.value() + ":hang-up");
        turn.act(new AcdEffect.HangUpLeg(order, leg, reason));
    }

    /** Ends a leg that was answered after we had given it up, which an earlier order missed. */
    void hangUpStray(Call call, LegId leg) {
        hangUpStray(call, leg, EndReason.CALL_LOST);
    }

    void hangUpStray(Call call, LegId leg, EndReason reason) {
        var at = turn.state().waits().callbacks().callAt(call, leg);
        var order = turn.order(at, call.sipIngress(), leg.value() + ":hang-up-stray");
        turn.act(new AcdEffect.HangUpLeg(order, leg, reason));
    }

    void hangUp(Call call, EndReason reason) {
        var order = turn.order(call, call.id().value(), "hang-up");
        turn.act(new AcdEffect.HangUpCall(order, reason));
    }
}
