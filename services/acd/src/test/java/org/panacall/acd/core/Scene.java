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
import org.panacall.acd.core.rules.ExpectedWait;
import org.panacall.engine.Decision;
import org.panacall.simkit.VirtualClock;

/** The demo clinic on virtual time, and short words for what happens in it. */
public final class Scene {

    private static final Duration LEASE = Duration.ofHours(1);

    public final VirtualClock clock = new VirtualClock();
    public final List<AcdEvent> events = new ArrayList<>();
    private final List<AcdEffect> effects = new ArrayList<>();
    private final CountedIds ids = new CountedIds();
    private final ExpectedWait expectedWait;
    private TenantPlan plan;
    public Acd acd;

    public Scene() {
        this(Clinic.plan());
    }

    public Scene(TenantPlan plan) {
        this(plan, ExpectedWait.UNKNOWN);
    }

    public Scene(TenantPlan plan, ExpectedWait expectedWait) {
        this.plan = plan;
        this.expectedWait = expectedWait;
        acd = acd(1);
        after(Duration.ZERO);
    }

    public Acd acd(long epoch) {
        var leadership = new Acd.Leadership(epoch, "acd-" + epoch);
        return new Acd(plan, Limits.usual(), ids, leadership, expectedWait);
    }

    /** The directory has another configuration. */
    public void configure(TenantPlan next) {
        plan = next;
        send(new AcdCommand.ConfigureTenant(plan));
    }

    public Optional<Refusal> send(AcdCommand command) {
        return take(acd.handle(command, clock.instant())).refusal();
    }

    private Decision<AcdEvent, AcdEffect, Refusal> take(
            Decision<AcdEvent, AcdEffect, Refusal> decision) {
        events.addAll(decision.events());
        effects.addAll(decision.effects());
        return decision;
    }

    /** Lets time pass, deadline by deadline. */
    public void after(Duration time) {
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
    public void takeOver(long epoch) {
        acd = acd(epoch);
        events.forEach(acd::apply);
        effects.clear();
        after(Duration.ZERO);
    }

    public void register(int... numbers) {
        for (var number : numbers) {
            send(new AcdCommand.RenewRegistrations(Map.of(Clinic.extension(number), LEASE), false));
            after(Duration.ofMillis(10));
        }
    }

    public void unregister(int number) {
        var gone = Map.of(Clinic.extension(number), Duration.ZERO);
        send(new AcdCommand.RenewRegistrations(gone, false));
    }

    public void ready(int number) {
        send(new AcdCommand.SetAgentState(Clinic.extension(number), Intent.READY));
    }

    public void notReady(int number) {
        var lunch = new Intent(false, "lunch");
        send(new AcdCommand.SetAgentState(Clinic.extension(number), lunch));
    }

    /** A supervisor says it for him. */
    public void force(int number, Intent.Wish wish) {
        var reason = wish == Intent.Wish.NOT_READY ? "meeting" : "";
        var intent = new Intent(wish, reason, new Intent.Author.Supervisor("agent_201"));
        send(new AcdCommand.SetAgentState(Clinic.extension(number), intent));
    }

    /** He dials the call "call_a" on his own phone. */
    public void dials(String name, int number) {
        send(new AcdCommand.HearOwnCallBegan(call(name), Clinic.extension(number), Clinic.INGRESS));
    }

    public void hungUpOwn(String name) {
        send(new AcdCommand.HearOwnCallEnded(call(name)));
    }

    /** A caller "a" has the call "call_a" and the leg "leg_a". */
    public Optional<Refusal> enqueue(String name, QueueId queue) {
        return enqueue(name, new AcdCommand.Destination.Queue(queue), true);
    }

    public Optional<Refusal> enqueue(
            String name, AcdCommand.Destination destination, boolean answered) {
        var caller = Clinic.caller("leg_" + name, answered);
        return send(new AcdCommand.EnqueueCall(call(name), caller, destination, "trace"));
    }

    /** A caller who wants something of the agent. */
    public Optional<Refusal> enqueue(String name, QueueId queue, Map<String, String> attributes) {
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

    public Optional<Refusal> place(String name, int number) {
        return send(
                new AcdCommand.PlaceCall(
                        call(name),
                        Clinic.extension(number),
                        new PartyNumber("+79160000002"),
                        Clinic.INGRESS,
                        "trace"));
    }

    public static CallId call(String name) {
        return new CallId("call_" + name);
    }

    public void answered(String name, LegId leg) {
        send(new AcdCommand.HearLegAnswered(call(name), leg));
    }

    public void ended(String name, LegId leg, String reason, int status) {
        var why = new EndReason(EndReason.Fault.AGENT, reason);
        send(new AcdCommand.HearLegEnded(call(name), leg, why, status));
    }

    public void callEnded(String name) {
        var why = new EndReason(EndReason.Fault.NONE, "caller-hung-up");
        send(new AcdCommand.HearCallEnded(call(name), why));
    }

    /** The effects since the last look that are of this kind. */
    public <F extends AcdEffect> List<F> effects(Class<F> kind) {
        var found = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
        effects.removeAll(found);
        return found;
    }

    /** The one phone that was to ring since the last look. */
    public AcdEffect.NewLeg rung() {
        var rung = effects(AcdEffect.AddLeg.class);
        assertEquals(1, rung.size(), () -> "phones rung: " + rung);
        return rung.getFirst().leg();
    }

    /** Their legs. */
    public List<LegId> rungLegs() {
        return effects(AcdEffect.AddLeg.class).stream().map(add -> add.leg().leg()).toList();
    }

    /** An order that could not be carried out. */
    public void failed(AcdEffect effect) {
        send(new AcdCommand.HearEffectFailed(effect, Failure.REFUSED));
    }

    /** Extensions of the phones that were to ring since the last look. */
    public List<String> allRung() {
        return effects(AcdEffect.AddLeg.class).stream()
                .map(add -> add.leg().party().value())
                .toList();
    }

    public boolean nobodyRung() {
        return effects(AcdEffect.AddLeg.class).isEmpty();
    }

    public Agent agent(int number) {
        return acd.agents().stream()
                .filter(agent -> agent.id().equals(Clinic.agent(number)))
                .findFirst()
                .orElseThrow();
    }

    /** The last event about an agent that changed him. */
    public AcdEvent.AgentChanged lastChange(int number) {
        return happened(AcdEvent.AgentChanged.class).stream()
                .filter(changed -> changed.agent().equals(Clinic.agent(number)))
                .toList()
                .getLast();
    }

    /** Everything of a kind that has happened so far. */
    public <E extends AcdEvent> List<E> happened(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public Class<? extends AgentState> state(int number) {
        return agent(number).state().getClass();
    }

    /** Brings an agent and a caller together. */
    public LegId talk(String name, QueueId queue) {
        enqueue(name, queue);
        var leg = rung().leg();
        answered(name, leg);
        return leg;
    }
}
