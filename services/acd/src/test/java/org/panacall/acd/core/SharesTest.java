// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.ledger.Terms.Unit;
import org.panacall.acd.core.match.ByShares;
import org.panacall.acd.core.match.ByShares.GroupShare;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.TenantPlan;

/** Distribution by percentage. */
class SharesTest {

    private static final Duration SHIFT = Duration.ofHours(9);
    private static final Duration TALK = Duration.ofSeconds(10);

    private static ByShares of(Unit unit, Map<String, GroupShare> groups) {
        return new ByShares(SHIFT, unit, false, new TreeMap<>(groups));
    }

    private static TenantPlan plan(ByShares strategy, Member... members) {
        return Clinic.plan(Clinic.registry(Clinic.rules(strategy), members));
    }

    private static Member[] shares(int... shares) {
        return IntStream.range(0, shares.length)
                .mapToObj(index -> Clinic.member(103 + index).withShare(shares[index]))
                .toArray(Member[]::new);
    }

    /** Serves calls one after another, and counts who had them. */
    private static Map<String, Integer> serve(Scene scene, String name, int calls) {
        var counts = new TreeMap<String, Integer>();
        for (int call = 0; call < calls; call++) {
            counts.merge(scene.serve(name + call, Clinic.REGISTRY, TALK), 1, Integer::sum);
        }
        return counts;
    }

    private static void assertWithinOne(Map<String, Integer> counts, int calls, int... percent) {
        for (int index = 0; index < percent.length; index++) {
            var agent = Integer.toString(103 + index);
            var exact = calls * percent[index] / 100.0;
            var got = counts.getOrDefault(agent, 0);
            assertTrue(
                    Math.abs(got - exact) <= 1,
                    () -> agent + " had " + got + " of " + calls + " calls, exactly " + exact);
        }
    }

    @Test
    void everybodyIsWithinOneCallOfHisExactShareAtAnyMoment() {
        // Given
        var scene = new Scene(plan(of(Unit.OFFERED, Map.of()), shares(30, 25, 20, 15, 5, 5)));
        scene.register(103, 104, 105, 106, 107, 108);
        var counts = new TreeMap<String, Integer>();

        // When
        for (int call = 1; call <= 200; call++) {
            counts.merge(scene.serve("c" + call, Clinic.REGISTRY, TALK), 1, Integer::sum);

            // Then
            assertWithinOne(counts, call, 30, 25, 20, 15, 5, 5);
        }
    }

    @Test
    void sharesOfAnsweredCallsAreExactThoughSomeAreNotAnswered() {
        // Given
        var scene = new Scene(plan(of(Unit.ANSWERED, Map.of()), shares(50, 30, 20)));
        scene.register(103, 104, 105);
        var counts = new TreeMap<String, Integer>();

        // When: every third offer is rejected.
        for (int call = 1; call <= 100; call++) {
            scene.enqueue("c" + call, Clinic.REGISTRY);
            if (call % 3 == 0) {
                scene.ended("c" + call, scene.rung().leg(), "rejected", 486);
            }
            var leg = scene.rung();
            counts.merge(leg.party().value(), 1, Integer::sum);
            scene.answered("c" + call, leg.leg());
            scene.after(TALK);
            scene.callEnded("c" + call);
        }

        // Then: who rejects makes up for it with the next one.
        assertWithinOne(counts, 100, 50, 30, 20);
    }

    @Test
    void whoRejectsHasHadHisShareWhenAllOfferedCallsCount() {
        // Given
        var scene = new Scene(plan(of(Unit.OFFERED, Map.of()), shares(50, 50)));
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.ended("a", scene.rung().leg(), "rejected", 486);
        scene.answered("a", scene.rung().leg());
        scene.callEnded("a");
        scene.after(Duration.ofSeconds(3));

        // When
        var counts = serve(scene, "b", 10);

        // Then
        assertEquals(Map.of("103", 5, "104", 5), counts);
    }

    @Test
    void talkTimeIsSharedRatherThanCalls() {
        // Given
        var scene = new Scene(plan(of(Unit.TALK_TIME, Map.of()), shares(50, 50)));
        scene.register(103, 104);
        scene.serve("long", Clinic.REGISTRY, Duration.ofMinutes(10));

        // When
        var counts = new TreeMap<String, Integer>();
        for (int call = 0; call < 10; call++) {
            counts.merge(
                    scene.serve("c" + call, Clinic.REGISTRY, Duration.ofMinutes(1)),
                    1,
                    Integer::sum);
        }

        // Then
        assertEquals(Map.of("104", 10), counts);
    }

    @Test
    void groupsHaveSharesAndWithinOneItIsWhoHasBeenIdleLongest() {
        // Given
        var groups = Map.of("best", new GroupShare(75, false), "new", new GroupShare(25, false));
        var scene =
                new Scene(
                        plan(
                                of(Unit.OFFERED, groups),
                                Clinic.member(103).in("best"),
                                Clinic.member(104).in("best"),
                                Clinic.member(105).in("new")));
        scene.register(103, 104, 105);

        // When
        var counts = serve(scene, "c", 80);

        // Then
        assertEquals(Map.of("103", 30, "104", 30, "105", 20), counts);
    }

    @Test
    void membersOfAGroupMayHaveSharesOfTheirOwn() {
        // Given
        var groups = Map.of("best", new GroupShare(75, true), "new", new GroupShare(25, false));
        var scene =
                new Scene(
                        plan(
                                of(Unit.OFFERED, groups),
                                Clinic.member(103).in("best").withShare(2),
                                Clinic.member(104).in("best").withShare(1),
                                Clinic.member(105).in("new")));
        scene.register(103, 104, 105);

        // When
        var counts = serve(scene, "c", 80);

        // Then
        assertEquals(Map.of("103", 40, "104", 20, "105", 20), counts);
    }

    @Test
    void sharesThatChangeHoldFromTheNextCallOn() {
        // Given
        var scene = new Scene(plan(of(Unit.OFFERED, Map.of()), shares(90, 10)));
        scene.register(103, 104);
        var before = serve(scene, "a", 100);

        // When
        scene.configure(plan(of(Unit.OFFERED, Map.of()), shares(50, 50)));
        var after = serve(scene, "b", 100);

        // Then: without a flood of calls for him who has more from now on.
        assertEquals(Map.of("103", 90, "104", 10), before);
        assertWithinOne(after, 100, 50, 50);
    }

    @Test
    void whoWasAwayIsNotFloodedWhenHeIsBack() {
        // Given
        var scene = new Scene(plan(of(Unit.OFFERED, Map.of()), shares(50, 25, 25)));
        scene.register(103, 104, 105);
        scene.notReady(103);
        var without = serve(scene, "a", 20);
        scene.ready(103);

        // When
        var with = serve(scene, "b", 20);

        // Then
        assertWithinOne(without, 20, 0, 50, 50);
        assertWithinOne(with, 20, 50, 25, 25);
    }

    @Test
    void whoWasAwayMakesUpForItWhereThatIsWanted() {
        // Given
        var strategy = new ByShares(SHIFT, Unit.OFFERED, true, new TreeMap<>());
        var scene = new Scene(plan(strategy, shares(50, 50)));
        scene.register(103, 104);
        scene.notReady(103);
        serve(scene, "a", 10);
        scene.ready(103);

        // When
        var counts = serve(scene, "b", 10);

        // Then
        assertEquals(Map.of("103", 10), counts);
    }

    @Test
    void whatIsOwedIsForgottenAfterTheWindow() {
        // Given
        var strategy = new ByShares(Duration.ofHours(1), Unit.OFFERED, true, new TreeMap<>());
        var scene = new Scene(plan(strategy, shares(50, 50)));
        scene.register(103, 104);
        scene.notReady(103);
        serve(scene, "a", 10);
        scene.after(Duration.ofMinutes(65));
        scene.register(103, 104);
        scene.ready(103);

        // When
        var counts = serve(scene, "b", 10);

        // Then
        assertEquals(Map.of("103", 5, "104", 5), counts);
    }

    @Test
    void whoHasNoShareHelpsWhenNobodyWithOneIsFree() {
        // Given
        var scene = new Scene(plan(of(Unit.OFFERED, Map.of()), shares(100, 0)));
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.enqueue("b", Clinic.REGISTRY);

        // When
        var rung = scene.allRung();

        // Then
        assertEquals(List.of("103", "104"), rung);
    }

    @Test
    void whatIsOwedSurvivesANewLeader() {
        // Given
        var scene = new Scene(plan(of(Unit.OFFERED, Map.of()), shares(60, 30, 10)));
        scene.register(103, 104, 105);
        var order = new ArrayList<String>();
        for (int call = 0; call < 20; call++) {
            if (call == 7) {
                scene.takeOver(2);
            }
            order.add(scene.serve("c" + call, Clinic.REGISTRY, TALK));
        }
        var undisturbed = new Scene(plan(of(Unit.OFFERED, Map.of()), shares(60, 30, 10)));
        undisturbed.register(103, 104, 105);

        // When
        var same =
                IntStream.range(0, 20)
                        .mapToObj(call -> undisturbed.serve("c" + call, Clinic.REGISTRY, TALK))
                        .toList();

        // Then
        assertEquals(same, order);
    }
}
