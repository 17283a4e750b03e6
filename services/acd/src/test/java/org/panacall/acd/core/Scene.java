// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.acd.core.AcdCommand.HearEffectFailed.Failure;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CountedIds;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.engine.Decision;
import org.panacall.simkit.VirtualClock;

/** The demo clinic on virtual time, and short words for what happens in it. */
final class Scene {

    private static final Duration LEASE = Duration.ofHours(1);

    final VirtualClock clock = new VirtualClock();
    final List<AcdEvent> events = new ArrayList<>();
    private final List<AcdEffect> effects = new ArrayList<>();
    private final CountedIds ids = new CountedIds();
    private TenantPlan plan;
    Acd acd;

    Scene() {
        this(Clinic.plan());
    }

    Scene(TenantPlan plan) {
        this.plan = plan;
        acd = acd(1);
        after(Duration.ZERO);
    }

    Acd acd(long epoch) {
        return new Acd(plan, Limits.usual(), ids, new Acd.Leadership(epoch, "acd-" + epoch));
    }

    /** The directory has another configuration. */
    void configure(TenantPlan next) {
        plan = next;
        send(new AcdCommand.ConfigureTenant(plan));
    }

    Optional<Refusal> send(AcdCommand command) {
        return take(acd.handle(command, clock.instant())).refusal();
    }

    private Decision<AcdEvent, AcdEffect, Refusal> take(
            Decision<AcdEvent, AcdEffect, Refusal> decision) {
        events.addAll(decision.events());
        effects.addAll(decision.effects());
        return decision;
    }

    /** Lets time pass, deadline by deadline. */
    void after(Duration time) {
        var end = clock.instant().plus(time);
        for (var next = acd.nextDeadline();
                next.filter(deadline -> !deadline.isAfter(end)).isPresent();
                next = acd.nextDeadline()) {
            if (next.get().isAfter(clock.instant())) {
                clock.advanceTo(next.get());
            }
            take(acd.tick(clock.instant()));
        }
        clock.advanceTo(end);
    }

    /** Another leader goes on from the journal. */
    void takeOver(long epoch) {
        acd = acd(epoch);
        events.forEach(acd::apply);
        effects.clear();
        after(Duration.ZERO);
    }

    void register(int... numbers) {
        for (var number : numbers) {
            send(new AcdCommand.RenewRegistrations(Map.of(Clinic.extension(number), LEASE), false));
            after(Duration.ofMillis(10));
        }
    }

    void unregister(int number) {
        var gone = Map.of(Clinic.extension(number), Duration.ZERO);
        send(new AcdCommand.RenewRegistrations(gone, false));
    }

    void ready(int number) {
        send(new AcdCommand.SetAgentState(Clinic.extension(number), Intent.READY));
    }

    void notReady(int number) {
        var lunch = new Intent(false, "lunch");
        send(new AcdCommand.SetAgentState(Clinic.extension(number), lunch));
    }

    /** A caller "a" has the call "call_a" and the leg "leg_a". */
    Optional<Refusal> enqueue(String name, QueueId queue) {
        return enqueue(name, new AcdCommand.Destination.Queue(queue), true);
    }

    Optional<Refusal> enqueue(String name, AcdCommand.Destination destination, boolean answered) {
        var caller = Clinic.caller("leg_" + name, answered);
        return send(new AcdCommand.EnqueueCall(call(name), caller, destination, "trace"));
    }

    /** A caller who wants something of the agent. */
    Optional<Refusal> enqueue(String name, QueueId queue, Map<String, String> attributes) {
        var caller = Clinic.caller("leg_" + name, true, attributes);
        var destination = new AcdCommand.Destination.Queue(queue);
        return send(new AcdCommand.EnqueueCall(call(name), caller, destination, "trace"));
    }

    /** Those who come to be rung for a call when each of them in turn rejects it. */
    List<String> rungInTurn(String name, int most) {
        var rung = new ArrayList<String>();
        for (int offer = 0; offer < most; offer++) {
            var leg = rung();
            rung.add(leg.party().value());
            ended(name, leg.leg(), "rejected", 486);
        }
        return rung;
    }

    /** A call that is answered by whoever is rung, and over after so long a talk. */
    String serve(String name, QueueId queue, Duration talk) {
        enqueue(name, queue);
        var leg = rung();
        answered(name, leg.leg());
        after(talk);
        callEnded(name);
        return leg.party().value();
    }

    Optional<Refusal> place(String name, int number) {
        return send(
                new AcdCommand.PlaceCall(
                        call(name),
                        Clinic.extension(number),
                        new PartyNumber("+79160000002"),
                        Clinic.INGRESS,
                        "trace"));
    }

    static CallId call(String name) {
        return new CallId("call_" + name);
    }

    void answered(String name, LegId leg) {
        send(new AcdCommand.HearLegAnswered(call(name), leg));
    }

    void ended(String name, LegId leg, String reason, int status) {
        var why = new EndReason(EndReason.Fault.AGENT, reason);
        send(new AcdCommand.HearLegEnded(call(name), leg, why, status));
    }

    void callEnded(String name) {
        var why = new EndReason(EndReason.Fault.NONE, "caller-hung-up");
        send(new AcdCommand.HearCallEnded(call(name), why));
    }

    /** The effects since the last look that are of this kind. */
    <F extends AcdEffect> List<F> effects(Class<F> kind) {
        var found = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
        effects.removeAll(found);
        return found;
    }

    /** The one phone that was to ring since the last look. */
    AcdEffect.NewLeg rung() {
        var rung = effects(AcdEffect.AddLeg.class);
        assertEquals(1, rung.size(), () -> "phones rung: " + rung);
        return rung.getFirst().leg();
    }

    /** Their legs. */
    List<LegId> rungLegs() {
        return effects(AcdEffect.AddLeg.class).stream().map(add -> add.leg().leg()).toList();
    }

    /** An order that could not be carried out. */
    void failed(AcdEffect effect) {
        send(new AcdCommand.HearEffectFailed(effect, Failure.REFUSED));
    }

    /** Extensions of the phones that were to ring since the last look. */
    List<String> allRung() {
        return effects(AcdEffect.AddLeg.class).stream()
                .map(add -> add.leg().party().value())
                .toList();
    }

    boolean nobodyRung() {
        return effects(AcdEffect.AddLeg.class).isEmpty();
    }

    Agent agent(int number) {
        return acd.agents().stream()
                .filter(agent -> agent.id().equals(Clinic.agent(number)))
                .findFirst()
                .orElseThrow();
    }

    Class<? extends AgentState> state(int number) {
        return agent(number).state().getClass();
    }

    /** Brings an agent and a caller together. */
    LegId talk(String name, QueueId queue) {
        enqueue(name, queue);
        var leg = rung().leg();
        answered(name, leg);
        return leg;
    }
}
