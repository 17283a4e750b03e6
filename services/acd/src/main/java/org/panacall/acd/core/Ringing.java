// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Group;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Offer.Ring;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;

/** The devices of one agent that ring for an offer: at once, or one after another. */
final class Ringing {

    private static final EndReason GIVEN_UP = new EndReason(EndReason.Fault.NONE, "cancelled");

    private final Turn turn;
    private final AcdState state;
    private final Orders orders;

    Ringing(Turn turn) {
        this.turn = turn;
        state = turn.state();
        orders = new Orders(turn);
    }

    /** What is to ring for an offer to him, and when. */
    List<Ring> rings(Agent agent, boolean onlyExtension) {
        var devices = devices(agent);
        var reachable =
                devices.reachable(agent.presence()).stream()
                        .filter(device -> !onlyExtension || isExtension(agent, device))
                        .toList();
        if (reachable.isEmpty()) {
            return List.of(Ring.now(turn.ids().leg(), number(agent), turn.now()));
        }
        var rings = new ArrayList<Ring>();
        for (var device : reachable) {
            var later = devices.step().multipliedBy(rings.size());
            var leg = turn.ids().leg();
            rings.add(
                    devices.cascade() && !rings.isEmpty()
                            ? Ring.later(leg, device.address(), turn.now().plus(later))
                            : Ring.now(leg, device.address(), turn.now()));
        }
        return rings;
    }

    private static boolean isExtension(Agent agent, Devices.Device device) {
        return device.address().equals(number(agent));
    }

    /** Whether he can be rung, on the device of his extension alone if that is wanted. */
    boolean reaches(Agent agent, boolean onlyExtension) {
        return agent.presence().reachable()
                && (!onlyExtension
                        || devices(agent).reachable(agent.presence()).stream()
                                .anyMatch(device -> isExtension(agent, device)));
    }

    /** Why a member of a group cannot be rung, as exits call it; empty when he can. */
    Optional<String> hindrance(PartyNumber member) {
        if (member.isOutside()) {
            return state.plan().rules().leadsTo(member)
                    ? Optional.empty()
                    : Optional.of("unavailable");
        }
        var agent = agent(member).filter(known -> reaches(known, false));
        if (agent.isEmpty()) {
            return Optional.of("unavailable");
        }
        return agent.get().resting() && !agent.get().talksElsewhere()
                ? Optional.empty()
                : Optional.of("busy");
    }

    private Optional<Agent> agent(PartyNumber member) {
        return state.plan()
                .personAt(new Extension(member.value()))
                .flatMap(person -> state.agent(person.id()));
    }

    /** Rings one of a group, who can be rung. */
    void ring(QueuedCall call, Group group, int place, Duration time) {
        var member = group.members().get(place);
        var offering = new Offering(turn);
        if (member.isOutside()) {
            offering.ring(call, member, place, time);
        } else {
            // Twice in the group, he is rung once.
            agent(member).filter(Agent::resting).ifPresent(one -> offering.ring(call, one, time));
        }
    }

    private Devices devices(Agent agent) {
        return state.plan()
                .person(agent.id())
                .map(PersonPlan::devices)
                .orElseGet(() -> Devices.phone(agent.extension()));
    }

    private static PartyNumber number(Agent agent) {
        return new PartyNumber(agent.extension().value());
    }

    /** The one on which he calls others. */
    PartyNumber first(Agent agent) {
        return devices(agent).reachable(agent.presence()).stream()
                .findFirst()
                .map(Devices.Device::address)
                .orElseGet(() -> number(agent));
    }

    /** Time for the next device of an offer to ring too. */
    void due(QueuedCall call, Offer offer) {
        var next = offer.next().filter(ring -> !ring.at().isAfter(turn.now()));
        next.ifPresent(ring -> ring(call, offer, ring));
    }

    private void ring(QueuedCall call, Offer offer, Ring ring) {
        turn.emit(
                new AcdEvent.DeviceRung(
                        turn.stamp(call.id()), call.id(), offer.agent(), ring.leg()));
        state.queued(call.id())
                .flatMap(now -> now.offerTo(offer.agent()))
                .ifPresent(
                        now -> now.ringing(ring.leg()).ifPresent(r -> orders.ring(call, now, r)));
    }

    /**
     * A device rings no more. Unless another one does, the next rings at once, or the offer came to
     * nothing.
     *
     * @param declined he does not want the call, wherever it rings
     */
    void ended(QueuedCall call, LegId leg, Offer.End end, boolean declined) {
        var offer = call.offerAt(leg).orElseThrow();
        if (offer.rings().size() == 1) {
            new Offering(turn).end(call, offer, end);
            return;
        }
        turn.emit(
                new AcdEvent.DeviceEnded(
                        turn.stamp(call.id()), call.id(), offer.agent(), leg, end));
        var now = state.queued(call.id()).orElseThrow();
        var left = now.offerTo(offer.agent()).orElseThrow();
        if (declined) {
            new Offering(turn).giveUp(now, left, end);
        } else if (left.legs().isEmpty()) {
            left.next()
                    .ifPresentOrElse(
                            ring -> ring(now, left, ring),
                            () -> new Offering(turn).end(now, left, left.outcome()));
        }
    }

    /** Ends all legs of an offer but one. */
    void silence(QueuedCall call, Offer offer, Optional<LegId> but, EndReason reason) {
        offer.legs().stream()
                .filter(leg -> !but.equals(Optional.of(leg)))
                .forEach(leg -> orders.hangUp(call, leg, reason));
    }

    /** A device is gone, and with it what rings there. */
    void lost(AgentId agent, Extension device) {
        var call = offered(agent);
        var ring =
                call.flatMap(known -> known.offerTo(agent)).stream()
                        .flatMap(offer -> offer.rings().stream())
                        .filter(Ring::ringing)
                        .filter(known -> known.device().value().equals(device.value()))
                        .findFirst();
        ring.ifPresent(
                known -> {
                    orders.hangUp(call.get(), known.leg(), GIVEN_UP);
                    ended(call.get(), known.leg(), Offer.End.UNREACHABLE, false);
                });
    }

    /** He is not to be rung any longer; the call goes to others, and he is not to blame. */
    void withdraw(AgentId agent) {
        offered(agent)
                .ifPresent(
                        call ->
                                call.offerTo(agent)
                                        .ifPresent(
                                                offer ->
                                                        new Offering(turn)
                                                                .giveUp(
                                                                        call,
                                                                        offer,
                                                                        Offer.End.WITHDRAWN)));
    }

    private Optional<QueuedCall> offered(AgentId agent) {
        return state.agent(agent)
                .map(Agent::state)
                .filter(AgentState.Offered.class::isInstance)
                .flatMap(offered -> state.queued(((AgentState.Offered) offered).call()));
    }
}
