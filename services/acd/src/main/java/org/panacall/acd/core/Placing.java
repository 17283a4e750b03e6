// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.panacall.acd.core.AcdCommand.SeenCall;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Presence.OwnCall;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.Plan;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.OwnCalls;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.CallingBack;

/**
 * Calls that agents make. Placed through us: the agent's phone first, then the number. Dialled on
 * their own phones: others see to them, but while they last he is offered nothing.
 */
final class Placing {

    private final Turn turn;
    private final AcdState state;
    private final Orders orders;

    Placing(Turn turn) {
        this.turn = turn;
        state = turn.state();
        orders = new Orders(turn);
    }

    Optional<Refusal> place(AcdCommand.PlaceCall command) {
        if (state.call(command.call()).isPresent()) {
            return Optional.empty();
        }
        if (state.calls().size() >= turn.limits().calls()) {
            return Optional.of(new Refusal.TooManyCalls());
        }
        var agent =
                state.plan().personAt(command.agent()).flatMap(person -> state.agent(person.id()));
        if (agent.isEmpty()) {
            return Optional.of(new Refusal.ExtensionUnknown());
        }
        if (!agent.get().presence().reachable() || occupied(agent.get())) {
            return Optional.of(new Refusal.AgentNotAvailable(agent.get().state()));
        }
        begin(command, agent.get());
        return Optional.empty();
    }

    /** Notes of the last call do not keep an agent from calling. */
    private static boolean occupied(Agent agent) {
        return !agent.resting() && !(agent.state() instanceof AgentState.WrapUp);
    }

    private void begin(AcdCommand.PlaceCall command, Agent agent) {
        var ids = turn.ids();
        var limits = turn.limits();
        var shown = command.number().isOutside() ? state.plan().callerNumber() : ownNumber(agent);
        var device = new Ringing(turn).first(agent);
        var plan = new Plan(device, ids.leg(), command.number(), shown, ids.play());
        var ringsUntil =
                turn.now().plus(limits.rings().placingAgent()).plus(limits.guards().ring());
        turn.emit(
                new AcdEvent.CallPlaced(
                        turn.stamp(command.call()),
                        command.call(),
                        agent.id(),
                        new AcdEvent.CallPlaced.Placing(
                                plan, command.sipIngress(), ringsUntil, command.trace())));
        turn.change(agent.placed(command.call(), turn.now()));
        orders.create(placed(command.call()));
    }

    private static PartyNumber ownNumber(Agent agent) {
        return new PartyNumber(agent.extension().value());
    }

    private PlacedCall placed(CallId id) {
        return (PlacedCall) state.call(id).orElseThrow();
    }

    /** The agent is there: his number is dialled. */
    void dial(PlacedCall call) {
        var limits = turn.limits();
        var leg = turn.ids().leg();
        var until = turn.now().plus(limits.rings().number()).plus(limits.guards().ring());
        turn.emit(new AcdEvent.NumberDialled(turn.stamp(call.id()), call.id(), leg, until));
        orders.dial(call, leg);
    }

    /** The number answered. */
    void join(PlacedCall call, PlacedCall.State.RingingNumber ringing) {
        turn.emit(new AcdEvent.NumberAnswered(turn.stamp(call.id()), call.id()));
        new CallingBack(turn).reached(call);
        orders.join(call, ringing.leg());
    }

    /** The number is not to be had: the agent hears why, then his call ends. */
    void tell(PlacedCall call, EndReason reason) {
        var guards = turn.limits().guards();
        var until = turn.now().plus(guards.telling());
        turn.emit(
                new AcdEvent.CallEnding(
                        turn.stamp(call.id()),
                        call.id(),
                        reason,
                        Optional.of(until),
                        false,
                        until.plus(guards.forget())));
        new CallingBack(turn).notReached(call);
        orders.tell(call, reason);
    }

    /** A phone dialled by itself. What else rings at his desk goes to others. */
    void began(AcdCommand.HearOwnCallBegan began) {
        var person = state.plan().personWith(began.device()).map(PersonPlan::id);
        if (state.ownCalls().caller(began.call()).isEmpty()) {
            person.ifPresent(new Ringing(turn)::withdraw);
        }
        person.flatMap(state::agent)
                .filter(agent -> !OwnCalls.heldBy(agent, began.call(), began.sipIngress()))
                .ifPresent(agent -> dialled(agent, began.call(), began.sipIngress()));
    }

    private void dialled(Agent agent, CallId call, SipIngress sipIngress) {
        var next = agent.dialled(call, new OwnCall(sipIngress, turn.now()));
        if (!next.equals(agent)) {
            turn.change(next);
        }
    }

    /** Such a call is over. */
    void ended(CallId call) {
        state.ownCalls().ended(call, turn.now());
        state.found(call);
        state.ownCalls()
                .caller(call)
                .flatMap(state::agent)
                .ifPresent(agent -> turn.change(agent.undialled(call, turn.now())));
    }

    /** What a sip-ingress holds, in case that words were lost. */
    void reconcile(SipIngress sipIngress, NavigableMap<CallId, SeenCall> seen) {
        for (var call : seen.values()) {
            call.dialledBy()
                    .filter(phone -> !state.ownCalls().endedLately(call.call(), turn.now()))
                    .ifPresent(
                            phone ->
                                    began(
                                            new AcdCommand.HearOwnCallBegan(
                                                    call.call(), phone, sipIngress)));
        }
        for (var call : heldBy(sipIngress)) {
            if (seen.containsKey(call)) {
                state.found(call);
            } else {
                miss(call);
            }
        }
    }

    private List<CallId> heldBy(SipIngress sipIngress) {
        return state.ownCalls().all().stream()
                .filter(
                        call ->
                                state.ownCalls()
                                        .caller(call)
                                        .flatMap(state::agent)
                                        .filter(who -> OwnCalls.heldBy(who, call, sipIngress))
                                        .isPresent())
                .toList();
    }

    /** It may be on its way to another sip-ingress. */
    private void miss(CallId call) {
        var since = state.missing(call, turn.now());
        if (!since.plus(turn.limits().guards().missing()).isAfter(turn.now())) {
            ended(call);
        }
    }

    /** All that a sip-ingress held is over. */
    void lose(SipIngress sipIngress) {
        heldBy(sipIngress).forEach(this::ended);
    }
}
