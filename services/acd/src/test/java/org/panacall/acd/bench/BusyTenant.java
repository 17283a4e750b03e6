// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdCommand.SeenCall;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.simkit.Dice;

/**
 * A tenant of some size in a steady state: its agents talk and so many calls wait. What happens
 * next follows from chance and from what acd orders. Knows the core by commands and effects alone.
 */
final class BusyTenant {

    static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");

    /** Shared agents, so that a free one is a choice among queues. */
    private static final int QUEUES_AN_AGENT = 3;

    private static final Duration LEASE = Duration.ofDays(365);
    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "caller-hung-up");
    private static final EndReason REJECTED = new EndReason(EndReason.Fault.AGENT, "rejected");
    private static final int BUSY_HERE = 486;
    private static final double MISSES = 0.05;
    private static final double AWAY_MAX = 0.05;
    private static final int FIRST_EXTENSION = 10_000;

    /** Ends of talks, of waits, words of agents, registrations: of a hundred. */
    private static final double[] MIX = {75, 10, 8, 7};

    /** Queues and waiting calls beside agents. */
    record Size(int agents, int queues, int waiting) {

        Size times(int factor) {
            return new Size(agents * factor, queues * factor, waiting * factor);
        }

        @Override
        public String toString() {
            return "%,d agents × %,d queues × %,d waiting".formatted(agents, queues, waiting);
        }
    }

    private record Talk(CallId call, LegId caller, LegId agent) {}

    private final Size size;
    private final Dice dice;
    private final ArrayDeque<AcdCommand> reactions = new ArrayDeque<>();
    private final Bag<CallId> waiting = new Bag<>();
    private final Bag<Talk> talking = new Bag<>();
    private final Bag<Extension> away = new Bag<>();
    private long lastCall;

    BusyTenant(Size size, long seed) {
        this.size = size;
        dice = new Dice(seed);
    }

    Size size() {
        return size;
    }

    TenantPlan plan() {
        var servants = new ArrayList<List<Extension>>();
        IntStream.range(0, size.queues()).forEach(queue -> servants.add(new ArrayList<>()));
        for (int agent = 0; agent < size.agents(); agent++) {
            for (int i = 0; i < QUEUES_AN_AGENT; i++) {
                var queue = servants.get((agent + i * (agent / size.queues() + 1)) % size.queues());
                if (!queue.contains(extension(agent))) {
                    queue.add(extension(agent));
                }
            }
        }
        var queues = IntStream.range(0, size.queues()).mapToObj(i -> queue(i, servants.get(i)));
        var people = IntStream.range(0, size.agents()).mapToObj(BusyTenant::person);
        return new TenantPlan(new PartyNumber("+74950000100"), queues.toList(), people.toList());
    }

    private static QueuePlan queue(int number, List<Extension> agents) {
        return new QueuePlan(
                queueId(number),
                "Queue " + number,
                "",
                new QueuePlan.Rules(
                        new LongestIdle(), Duration.ofSeconds(15), Duration.ofSeconds(30)),
                1_000_000,
                "music/waiting",
                IntStream.range(0, agents.size())
                        .mapToObj(place -> Member.of(agents.get(place), place))
                        .toList());
    }

    private static PersonPlan person(int number) {
        return new PersonPlan(
                new AgentId("agent_" + number),
                extension(number),
                "Agent " + number,
                true,
                Duration.ZERO);
    }

    private static QueueId queueId(int number) {
        return new QueueId("queue_" + number);
    }

    private static Extension extension(int agent) {
        return new Extension(Integer.toString(FIRST_EXTENSION + agent));
    }

    private static LegId callerOf(CallId call) {
        return new LegId("leg_" + call.value());
    }

    /** All telephones are registered. */
    AcdCommand everybodyRegisters() {
        var leases = new TreeMap<Extension, Duration>();
        IntStream.range(0, size.agents()).forEach(i -> leases.put(extension(i), LEASE));
        return new AcdCommand.RenewRegistrations(leases, true);
    }

    /** What a sip-ingress that holds all calls would list. */
    AcdCommand everythingSeen() {
        var seen = new ArrayList<SeenCall>();
        waiting.all()
                .forEach(
                        call ->
                                seen.add(
                                        new SeenCall(
                                                call, true, false, Map.of(callerOf(call), true))));
        talking.all()
                .forEach(
                        talk ->
                                seen.add(
                                        new SeenCall(
                                                talk.call(),
                                                true,
                                                true,
                                                Map.of(talk.caller(), true, talk.agent(), true))));
        Collections.shuffle(seen, new java.util.Random(1));
        return new AcdCommand.ReconcileCalls(INGRESS, LEASE, seen);
    }

    /** Whether everybody talks and as many wait as should. */
    boolean steady() {
        return waiting.size() >= size.waiting() && reactions.isEmpty();
    }

    /** What happens next; as many wait afterwards as before. */
    AcdCommand next() {
        var reaction = reactions.poll();
        if (reaction != null) {
            return reaction;
        }
        if (waiting.size() < size.waiting()) {
            return arrival();
        }
        return switch (dice.weighted(MIX)) {
            case 0 -> talkEnds();
            case 1 -> abandons();
            case 2 -> says();
            default -> registers();
        };
    }

    /** What acd orders has consequences. */
    void sees(AcdEffect effect) {
        var call = effect.order().call();
        switch (effect) {
            case AcdEffect.AddLeg add when dice.chance(MISSES) ->
                    reactions.add(
                            new AcdCommand.HearLegEnded(
                                    call, add.leg().leg(), REJECTED, BUSY_HERE));
            case AcdEffect.AddLeg add ->
                    reactions.add(new AcdCommand.HearLegAnswered(call, add.leg().leg()));
            case AcdEffect.JoinLegs join -> {
                waiting.remove(call);
                talking.add(new Talk(call, join.leg(), join.other()));
            }
            default -> {}
        }
    }

    private AcdCommand arrival() {
        var call = new CallId("call_%08d-7000-8000-000000000000".formatted(++lastCall));
        waiting.add(call);
        var caller =
                new Caller(
                        callerOf(call),
                        new PartyNumber("+7916" + (1_000_000 + lastCall % 9_000_000)),
                        new PartyNumber("+74950000100"),
                        true,
                        INGRESS,
                        Map.of());
        var queue = queueId(dice.below(size.queues()));
        var destination = new AcdCommand.Destination.Queue(queue);
        return new AcdCommand.EnqueueCall(call, caller, destination, "");
    }

    private AcdCommand talkEnds() {
        if (talking.size() == 0) {
            return registers();
        }
        var talk = talking.draw(dice);
        talking.remove(talk);
        reactions.add(new AcdCommand.HearCallEnded(talk.call(), HUNG_UP));
        var first = dice.chance(0.5) ? talk.caller() : talk.agent();
        return new AcdCommand.HearLegEnded(talk.call(), first, HUNG_UP, 0);
    }

    private AcdCommand abandons() {
        var call = waiting.draw(dice);
        waiting.remove(call);
        reactions.add(new AcdCommand.HearCallEnded(call, HUNG_UP));
        return new AcdCommand.HearLegEnded(call, callerOf(call), HUNG_UP, 0);
    }

    private AcdCommand says() {
        if (away.size() > size.agents() * AWAY_MAX) {
            var back = away.draw(dice);
            away.remove(back);
            return new AcdCommand.SetAgentState(back, Intent.READY);
        }
        var leaving = extension(dice.below(size.agents()));
        away.add(leaving);
        return new AcdCommand.SetAgentState(leaving, new Intent(false, "lunch"));
    }

    private AcdCommand registers() {
        var someone = extension(dice.below(size.agents()));
        return new AcdCommand.RenewRegistrations(
                Map.of(someone, LEASE.plusSeconds(dice.below(100))), false);
    }
}
