// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.Strategy;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.WaitingRoom;

/** The demo clinic as acd sees it, and callers for it. */
final class Clinic {

    static final QueueId REGISTRY = new QueueId("registry");
    static final QueueId PAID = new QueueId("paid");
    static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");

    private Clinic() {}

    /** 101 and 102 have desktops and ten seconds of wrap-up, the others are phone-only. */
    static TenantPlan plan() {
        return plan(new LongestIdle());
    }

    /** The same, with another strategy. */
    static TenantPlan plan(Strategy strategy) {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                List.of(
                        queue(REGISTRY, "601", 101, 106, strategy),
                        queue(PAID, "602", 105, 110, strategy)),
                IntStream.rangeClosed(101, 110).mapToObj(Clinic::person).toList());
    }

    /** The same, with a waiting room in each queue. */
    static TenantPlan furnished(TenantPlan plan, WaitingRoom room) {
        return new TenantPlan(
                plan.callerNumber(),
                plan.queues().stream().map(queue -> queue.furnished(room)).toList(),
                plan.people());
    }

    /** The same clinic after it closed a queue and let two people go. */
    static TenantPlan withoutPaid() {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                List.of(queue(REGISTRY, "601", 101, 108, new LongestIdle())),
                IntStream.rangeClosed(101, 108).mapToObj(Clinic::person).toList());
    }

    static QueuePlan queue(QueueId id, String extension, int first, int last, Strategy strategy) {
        return new QueuePlan(
                id,
                "Queue " + extension,
                extension,
                new QueuePlan.Rules(strategy, Duration.ofSeconds(15), Duration.ofSeconds(30)),
                50,
                "music/waiting",
                IntStream.rangeClosed(first, last).mapToObj(Clinic::extension).toList());
    }

    static PersonPlan person(int number) {
        var desktop = number <= 102;
        return new PersonPlan(
                agent(number),
                extension(number),
                "Agent " + number,
                !desktop,
                desktop ? Duration.ofSeconds(10) : Duration.ZERO);
    }

    static AgentId agent(int number) {
        return new AgentId("agent_" + number);
    }

    static Extension extension(int number) {
        return new Extension(Integer.toString(number));
    }

    static Caller caller(String leg, boolean answered) {
        return caller(leg, answered, "+79160000001");
    }

    static Caller caller(String leg, boolean answered, String number) {
        return new Caller(
                new LegId(leg),
                new PartyNumber(number),
                new PartyNumber("+74950000100"),
                answered,
                INGRESS,
                Map.of());
    }
}
