// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.IdSource;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.engine.Decision;
import org.panacall.simkit.VirtualClock;

/** One queue with its waiting room, on virtual time; agents are 101, 102 and so on. */
final class Lounge {

    static final QueueId QUEUE = new QueueId("registry");
    static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");
    static final PartyNumber CLINIC = new PartyNumber("+74950000100");
    private static final Duration LEASE = Duration.ofDays(1);
    private static final int AGENTS = 5;

    final VirtualClock clock = new VirtualClock();
    final List<AcdEvent> events = new ArrayList<>();
    private final List<AcdEffect> effects = new ArrayList<>();
    private final IdSource ids = new Counted();
    private TenantPlan plan;
    Acd acd;

    private static final class Counted implements IdSource {
        private int last;

        @Override
        public OfferId offer() {
            return new OfferId("offer_" + ++last);
        }

        @Override
        public LegId leg() {
            return new LegId("leg_" + ++last);
        }

        @Override
        public PlayId play() {
            return new PlayId("play_" + ++last);
        }

        @Override
        public CallbackId callback() {
            return new CallbackId("callback_" + ++last);
        }
    }

    Lounge(WaitingRoom room) {
        plan = plan(room);
        acd = acd(1);
        after(Duration.ZERO);
    }

    private Acd acd(long epoch) {
        return new Acd(plan, Limits.usual(), ids, new Acd.Leadership(epoch, "acd-" + epoch));
    }

    static TenantPlan plan(WaitingRoom room) {
        return plan(QUEUE, room);
    }

    private static TenantPlan plan(QueueId queue, WaitingRoom room) {
        var rules =
                new QueuePlan.Rules(
                        new LongestIdle(), Duration.ofSeconds(15), Duration.ofSeconds(30));
        var members =
                IntStream.rangeClosed(101, 100 + AGENTS)
                        .mapToObj(number -> Member.of(extension(number), number - 101))
                        .toList();
        var plan =
                new QueuePlan(queue, "Registry", "601", rules, 50, "music/waiting", members)
                        .furnished(room);
        var people = IntStream.rangeClosed(101, 100 + AGENTS).mapToObj(Lounge::person).toList();
        return new TenantPlan(CLINIC, List.of(plan), people);
    }

    static Extension extension(int number) {
        return new Extension(Integer.toString(number));
    }

    private static PersonPlan person(int number) {
        return new PersonPlan(agentId(number), extension(number), "", true, Duration.ZERO);
    }

    static AgentId agentId(int number) {
        return new AgentId("agent_" + number);
    }

    /** The queue is replaced by another one. */
    void renameQueue(QueueId other, WaitingRoom room) {
        plan = plan(other, room);
        send(new AcdCommand.ConfigureTenant(plan));
    }

    /** The clinic does something in another way. */
    void changes(UnaryOperator<TenantPlan> change) {
        plan = change.apply(plan);
        send(new AcdCommand.ConfigureTenant(plan));
    }

    /** Its queue has other rules for calls. */
    void rules(QueueRules rules) {
        changes(
                before ->
                        new TenantPlan(
                                before.callerNumber(),
                                before.rules(),
                                before.queues().stream().map(one -> one.with(rules)).toList(),
                                before.people()));
    }

    /** An agent has other devices. */
    void equip(int number, Devices devices) {
        changes(
                before ->
                        new TenantPlan(
                                before.callerNumber(),
                                before.rules(),
                                before.queues(),
                                before.people().stream()
                                        .map(
                                                one ->
                                                        one.id().equals(agentId(number))
                                                                ? one.equipped(devices)
                                                                : one)
                                        .toList()));
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

    void after(int seconds) {
        after(Duration.ofSeconds(seconds));
    }

    /** Another leader goes on from the journal. */
    void takeOver(long epoch) {
        acd = acd(epoch);
        events.forEach(acd::apply);
        effects.clear();
        after(Duration.ZERO);
    }

    void comes(int... agents) {
        for (var number : agents) {
            send(new AcdCommand.RenewRegistrations(Map.of(extension(number), LEASE), false));
            after(Duration.ofMillis(10));
        }
    }

    void goes(int number) {
        send(new AcdCommand.SetAgentState(extension(number), new Intent(false, "lunch")));
    }

    void isBack(int number) {
        send(new AcdCommand.SetAgentState(extension(number), Intent.READY));
    }

    /** A caller "a" has the call "call_a", the leg "leg_a" and a number of his own. */
    void calls(String name) {
        calls(name, number(name).value());
    }

    static PartyNumber number(String name) {
        return new PartyNumber("+7916%07d".formatted(name.hashCode() % 10_000_000));
    }

    void calls(String name, String number) {
        calls(name, number, Map.of());
    }

    void calls(String name, String number, Map<String, String> attributes) {
        var caller =
                new Caller(leg(name), new PartyNumber(number), CLINIC, true, INGRESS, attributes);
        enqueue(call(name), caller);
    }

    /** A call of ours comes to the queue. */
    void comesBack(CallId call, String number) {
        var leg = new LegId("leg_of_" + call.value());
        enqueue(call, new Caller(leg, new PartyNumber(number), CLINIC, true, INGRESS, Map.of()));
    }

    private void enqueue(CallId call, Caller caller) {
        var queue = new AcdCommand.Destination.Queue(QUEUE);
        send(new AcdCommand.EnqueueCall(call, caller, queue, ""));
    }

    static CallId call(String name) {
        return new CallId("call_" + name);
    }

    static LegId leg(String name) {
        return new LegId("leg_" + name);
    }

    void presses(String name, String keys) {
        keys.chars()
                .forEach(
                        key ->
                                send(
                                        new AcdCommand.HearKeyPressed(
                                                call(name), leg(name), (char) key)));
    }

    void hangsUp(String name) {
        var why = new EndReason(EndReason.Fault.NONE, "caller-hung-up");
        send(new AcdCommand.HearLegEnded(call(name), leg(name), why, 0));
        over(call(name));
    }

    void over(CallId call) {
        var why = new EndReason(EndReason.Fault.NONE, "hung-up");
        send(new AcdCommand.HearCallEnded(call, why));
    }

    void answered(CallId call, LegId leg) {
        send(new AcdCommand.HearLegAnswered(call, leg));
    }

    void ended(CallId call, LegId leg, String reason, int status) {
        var why = new EndReason(EndReason.Fault.AGENT, reason);
        send(new AcdCommand.HearLegEnded(call, leg, why, status));
    }

    void played(CallId call, AcdEffect.Play play) {
        send(new AcdCommand.HearPlayEnded(call, play.leg(), play.play()));
    }

    /** The effects since the last look that are of this kind. */
    <F extends AcdEffect> List<F> effects(Class<F> kind) {
        var found = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
        effects.removeAll(found);
        return found;
    }

    <F extends AcdEffect> F only(Class<F> kind) {
        var found = effects(kind);
        assertEquals(1, found.size(), () -> kind.getSimpleName() + ": " + found);
        return found.getFirst();
    }

    /** The one announcement that began since the last look. */
    AcdEffect.Play said() {
        var said =
                effects(AcdEffect.Play.class).stream()
                        .filter(play -> play.sound() instanceof Sound.Announcement)
                        .toList();
        assertEquals(1, said.size(), () -> "announcements: " + said);
        return said.getFirst();
    }

    static List<String> prompts(AcdEffect.Play play) {
        return ((Sound.Announcement) play.sound()).prompts();
    }

    Agent agent(int number) {
        return acd.agents().stream()
                .filter(agent -> agent.id().equals(agentId(number)))
                .findFirst()
                .orElseThrow();
    }

    <E extends AcdEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Brings a caller and the one free agent together. */
    LegId talks(String name) {
        calls(name);
        var leg = only(AcdEffect.AddLeg.class).leg().leg();
        answered(call(name), leg);
        return leg;
    }

    void hangUp(String name) {
        over(call(name));
    }
}
