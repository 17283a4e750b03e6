// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.Strategy;
import org.panacall.acd.core.plan.Fit;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;
import org.panacall.acd.core.plan.Urgency;
import org.panacall.acd.core.plan.WaitingRoom;

/** The demo clinic as acd sees it, and callers for it. */
public final class Clinic {

    public static final QueueId REGISTRY = new QueueId("registry");
    public static final QueueId PAID = new QueueId("paid");
    public static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");

    private Clinic() {}

    /** 101 and 102 have desktops and ten seconds of wrap-up, the others are phone-only. */
    public static TenantPlan plan() {
        return plan(new LongestIdle());
    }

    /** The same, with another strategy. */
    public static TenantPlan plan(Strategy strategy) {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                List.of(
                        queue(REGISTRY, "601", 101, 106, strategy),
                        queue(PAID, "602", 105, 110, strategy)),
                IntStream.rangeClosed(101, 110).mapToObj(Clinic::person).toList());
    }

    /** The same, with these rules for the registry and for everybody. */
    public static TenantPlan ruled(QueueRules registry, TenantRules all) {
        return ruled(registry, all, IntStream.rangeClosed(101, 110).mapToObj(Clinic::person));
    }

    /** The same, with other people. */
    public static TenantPlan ruled(
            QueueRules registry, TenantRules all, Stream<PersonPlan> people) {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                all,
                List.of(
                        queue(REGISTRY, "601", 101, 106, new LongestIdle()).with(registry),
                        queue(PAID, "602", 105, 110, new LongestIdle())),
                people.toList());
    }

    /** The same, with a waiting room in each queue. */
    public static TenantPlan furnished(TenantPlan plan, WaitingRoom room) {
        return new TenantPlan(
                plan.callerNumber(),
                plan.rules(),
                plan.queues().stream().map(queue -> queue.furnished(room)).toList(),
                plan.people());
    }

    /** The same people with other queues. */
    static TenantPlan plan(QueuePlan... queues) {
        return plan(List.of(queues), Map.of());
    }

    /** The same with other skills, by the number of who has them. */
    static TenantPlan plan(List<QueuePlan> queues, Map<Integer, Map<String, Integer>> skills) {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                queues,
                IntStream.rangeClosed(101, 110)
                        .mapToObj(
                                number ->
                                        person(number)
                                                .skilled(
                                                        new TreeMap<>(
                                                                skills.getOrDefault(
                                                                        number, Map.of()))))
                        .toList());
    }

    /** The registry with these members, in their order. */
    static QueuePlan registry(QueuePlan.Rules rules, Member... members) {
        return new QueuePlan(
                REGISTRY, "Queue 601", "601", rules, 50, "music/waiting", List.of(members));
    }

    static QueuePlan paid(QueuePlan.Rules rules, Member... members) {
        return new QueuePlan(
                PAID, "Queue 602", "602", rules, 50, "music/waiting", List.of(members));
    }

    static QueuePlan.Rules rules(Strategy strategy) {
        return new QueuePlan.Rules(strategy, Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    static QueuePlan.Rules rules(Fit fit) {
        return rules(new LongestIdle(), fit, Urgency.NONE);
    }

    static QueuePlan.Rules rules(Urgency urgency) {
        return rules(new LongestIdle(), Fit.ANYBODY, urgency);
    }

    static QueuePlan.Rules rules(Strategy strategy, Fit fit, Urgency urgency) {
        return new QueuePlan.Rules(
                strategy, Duration.ofSeconds(15), Duration.ofSeconds(30), fit, urgency);
    }

    static Member member(int number) {
        return Member.of(extension(number), number);
    }

    public static QueuePlan queue(
            QueueId id, String extension, int first, int last, Strategy strategy) {
        return new QueuePlan(
                id,
                "Queue " + extension,
                extension,
                new QueuePlan.Rules(strategy, Duration.ofSeconds(15), Duration.ofSeconds(30)),
                50,
                "music/waiting",
                IntStream.rangeClosed(first, last)
                        .mapToObj(number -> Member.of(extension(number), number - first))
                        .toList());
    }

    public static PersonPlan person(int number) {
        var desktop = number <= 102;
        return new PersonPlan(
                agent(number),
                extension(number),
                "Agent " + number,
                !desktop,
                desktop ? Duration.ofSeconds(10) : Duration.ZERO);
    }

    public static AgentId agent(int number) {
        return new AgentId("agent_" + number);
    }

    public static Extension extension(int number) {
        return new Extension(Integer.toString(number));
    }

    /** Somebody who calls from a phone of ours. */
    public static Caller colleague(String leg, int number) {
        return new Caller(
                new LegId(leg),
                new PartyNumber(Integer.toString(number)),
                new PartyNumber("104"),
                false,
                INGRESS,
                Map.of());
    }

    public static Caller caller(String leg, boolean answered) {
        return caller(leg, answered, Map.of());
    }

    /** Somebody who wants something of the agent. */
    public static Caller caller(String leg, boolean answered, Map<String, String> attributes) {
        return caller(leg, answered, "+79160000001", attributes);
    }

    static Caller caller(
            String leg, boolean answered, String number, Map<String, String> attributes) {
        return new Caller(
                new LegId(leg),
                new PartyNumber(number),
                new PartyNumber("+74950000100"),
                answered,
                INGRESS,
                attributes);
    }
}
