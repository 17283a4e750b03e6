// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.RingAll;
import org.panacall.acd.core.plan.Urgency;

class WhichCallTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Urgency urgency(Duration weight, Map<String, Duration> categories) {
        return new Urgency(weight, new TreeMap<>(categories));
    }

    private static Scene registry(Urgency urgency) {
        return new Scene(Clinic.plan(Clinic.registry(Clinic.rules(urgency), Clinic.member(103))));
    }

    private static CallId next(Scene scene) {
        return scene.effects(AcdEffect.AddLeg.class).getFirst().order().call();
    }

    @Test
    void aCallOfPriorityCountsAsThatMuchOlder() {
        // Given
        var scene = registry(Urgency.NONE);
        scene.enqueue("usual", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(4));
        scene.enqueue("urgent", Clinic.REGISTRY, Map.of("priority", "5"));

        // When
        scene.register(103);

        // Then
        assertEquals(Scene.call("urgent"), next(scene));
    }

    @Test
    void nobodyStarvesForWhoHasWaitedLongerThanThatComesFirst() {
        // Given
        var scene = registry(Urgency.NONE);
        scene.enqueue("usual", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(6));
        scene.enqueue("urgent", Clinic.REGISTRY, Map.of("priority", "5"));

        // When
        scene.register(103);

        // Then
        assertEquals(Scene.call("usual"), next(scene));
    }

    /** FreeSWITCH issue 2511: order by score. */
    @Test
    void callsAreServedInTheOrderOfWaitAndPriorityTogether() {
        // Given
        var scene = registry(Urgency.NONE);
        for (int call = 0; call < 6; call++) {
            scene.enqueue(
                    "c" + call,
                    Clinic.REGISTRY,
                    Map.of("priority", List.of("0", "0", "5", "1", "0", "9").get(call)));
            scene.after(MINUTE);
        }
        scene.register(103);
        var order = new ArrayList<CallId>();

        // When
        for (int call = 0; call < 6; call++) {
            var rung = scene.effects(AcdEffect.AddLeg.class).getFirst();
            order.add(rung.order().call());
            scene.send(new AcdCommand.HearLegAnswered(rung.order().call(), rung.leg().leg()));
            scene.callEnded(rung.order().call().value().substring("call_".length()));
        }

        // Then: c5 counts as of -4, c2 as of -3, c0 as of 0, c1 as of 1, c3 as of 2, c4 as of 4.
        assertEquals(
                List.of("c5", "c2", "c0", "c1", "c3", "c4"),
                order.stream().map(id -> id.value().substring("call_".length())).toList());
    }

    @Test
    void aCategoryIsWorthWhatTheQueueSays() {
        // Given
        var scene = registry(urgency(Duration.ZERO, Map.of("vip", Duration.ofMinutes(10))));
        scene.enqueue("usual", Clinic.REGISTRY);
        scene.after(MINUTE);
        scene.enqueue("vip", Clinic.REGISTRY, Map.of("category", "patient, vip"));

        // When
        scene.register(103);

        // Then
        assertEquals(Scene.call("vip"), next(scene));
    }

    @Test
    void whatACategoryIsWorthChangesWhileItsCallsWait() {
        // Given
        var scene = registry(Urgency.NONE);
        scene.enqueue("usual", Clinic.REGISTRY);
        scene.after(MINUTE);
        scene.enqueue("vip", Clinic.REGISTRY, Map.of("category", "vip"));
        var rules = Clinic.rules(urgency(Duration.ZERO, Map.of("vip", Duration.ofMinutes(10))));
        scene.configure(Clinic.plan(Clinic.registry(rules, Clinic.member(103))));

        // When
        scene.register(103);

        // Then
        assertEquals(Scene.call("vip"), next(scene));
    }

    @Test
    void queuesCompeteForAnAgentByWeightAndAge() {
        // Given
        var weighty = Clinic.rules(urgency(Duration.ofMinutes(2), Map.of()));
        var scene =
                new Scene(
                        Clinic.plan(
                                Clinic.registry(
                                        Clinic.rules(new LongestIdle()), Clinic.member(103)),
                                Clinic.paid(weighty, Clinic.member(103))));
        scene.enqueue("registry", Clinic.REGISTRY);
        scene.after(MINUTE);
        scene.enqueue("paid", Clinic.PAID);

        // When
        scene.register(103);

        // Then
        assertEquals(Scene.call("paid"), next(scene));
    }

    @Test
    void anAgentMayServeOneOfHisQueuesFirst() {
        // Given
        var rules = Clinic.rules(new LongestIdle());
        var scene =
                new Scene(
                        Clinic.plan(
                                Clinic.registry(rules, Clinic.member(103), Clinic.member(104)),
                                Clinic.paid(
                                        rules,
                                        Clinic.member(103).withHeadStart(MINUTE.multipliedBy(2)),
                                        Clinic.member(104))));
        scene.enqueue("registry", Clinic.REGISTRY);
        scene.enqueue("registry2", Clinic.REGISTRY);
        scene.after(MINUTE);
        scene.enqueue("paid", Clinic.PAID);
        scene.enqueue("paid2", Clinic.PAID);
        scene.register(103);
        var his = next(scene);

        // When
        scene.register(104);

        // Then
        assertEquals(Scene.call("paid"), his);
        assertEquals(Scene.call("registry"), next(scene));
    }

    /** OpenSIPS issue 3123 and others: one agent, raced for by two queues. */
    @Test
    void anAgentOfTwoQueuesIsNeverRungForBoth() {
        // Given
        var rules = Clinic.rules(new RingAll(30));
        var scene =
                new Scene(
                        Clinic.plan(
                                Clinic.registry(rules, Clinic.member(103)),
                                Clinic.paid(rules, Clinic.member(103))));
        scene.enqueue("registry", Clinic.REGISTRY);
        scene.enqueue("paid", Clinic.PAID);

        // When
        scene.register(103);

        // Then
        assertEquals(List.of("103"), scene.allRung());
    }

    /** FreeSWITCH pull request 800. */
    @Test
    void whoSaysNotReadyWhileHisPhoneRingsIsNotRungAgainAndAgain() {
        // Given
        var scene = registry(Urgency.NONE);
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        var rung = scene.rung();
        scene.notReady(103);
        scene.ended("a", rung.leg(), "rejected", 486);

        // When
        scene.after(Duration.ofMinutes(5));

        // Then
        assertEquals(List.of(), scene.allRung());
    }
}
