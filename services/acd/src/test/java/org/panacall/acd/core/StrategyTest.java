// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.match.BestConversion;
import org.panacall.acd.core.match.Escalating;
import org.panacall.acd.core.match.FewestAnswered;
import org.panacall.acd.core.match.InOrder;
import org.panacall.acd.core.match.LeastTalkTime;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.MostSkilled;
import org.panacall.acd.core.match.RingAll;
import org.panacall.acd.core.match.RoundRobin;
import org.panacall.acd.core.match.Strategy;

class StrategyTest {

    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TALK = Duration.ofSeconds(20);

    private static Scene scene(Strategy strategy) {
        return new Scene(
                Clinic.plan(
                        Clinic.registry(
                                Clinic.rules(strategy),
                                Clinic.member(103),
                                Clinic.member(104),
                                Clinic.member(105),
                                Clinic.member(106))));
    }

    @Test
    void longestIdleIsWhoseLastTalkEndedFirst() {
        // Given
        var scene = scene(new LongestIdle());
        scene.register(103, 104);
        scene.serve("a", Clinic.REGISTRY, TALK);
        scene.serve("b", Clinic.REGISTRY, TALK);

        // When
        scene.enqueue("c", Clinic.REGISTRY);

        // Then
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void mostSkilledGoesDownFromTheBestAtWhatTheCallWants() {
        // Given
        var plan =
                Clinic.plan(
                        List.of(
                                Clinic.registry(
                                        Clinic.rules(new MostSkilled()),
                                        Clinic.member(103),
                                        Clinic.member(104),
                                        Clinic.member(105),
                                        Clinic.member(106))),
                        Map.of(
                                103, Map.of("surgery", 3, "language.en", 9),
                                104, Map.of("surgery", 9),
                                105, Map.of("surgery", 7),
                                106, Map.of("surgery", 8)));
        var scene = new Scene(plan);
        scene.register(103, 104, 105, 106);

        // When
        scene.enqueue("a", Clinic.REGISTRY, Map.of("skill.surgery", "5"));

        // Then: 103 does not fit.
        assertEquals(List.of("104", "106", "105"), scene.rungInTurn("a", 3));
    }

    @Test
    void fewestAnsweredEvensOutWhoCameLate() {
        // Given
        var scene = scene(new FewestAnswered(HOUR));
        scene.register(103);
        scene.serve("a", Clinic.REGISTRY, TALK);
        scene.serve("b", Clinic.REGISTRY, TALK);
        scene.register(104);

        // When
        var next =
                List.of(
                        scene.serve("c", Clinic.REGISTRY, TALK),
                        scene.serve("d", Clinic.REGISTRY, TALK),
                        scene.serve("e", Clinic.REGISTRY, TALK));

        // Then: of two with the same number it is who has been idle longer.
        assertEquals(List.of("104", "104", "103"), next);
    }

    @Test
    void fewestAnsweredForgetsWhatIsOlderThanItsWindow() {
        // Given
        var scene = scene(new FewestAnswered(HOUR));
        scene.register(103, 104);
        scene.notReady(104);
        scene.serve("a", Clinic.REGISTRY, TALK);
        scene.serve("b", Clinic.REGISTRY, TALK);
        scene.ready(104);
        scene.after(HOUR.plusMinutes(2));
        scene.register(103, 104);
        scene.ready(104);

        // When
        scene.enqueue("c", Clinic.REGISTRY);

        // Then
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void leastTalkTimeSparesWhoTalkedLong() {
        // Given
        var scene = scene(new LeastTalkTime(HOUR));
        scene.register(103, 104);
        scene.serve("a", Clinic.REGISTRY, Duration.ofMinutes(5));

        // When
        var next =
                List.of(
                        scene.serve("b", Clinic.REGISTRY, TALK),
                        scene.serve("c", Clinic.REGISTRY, TALK),
                        scene.serve("d", Clinic.REGISTRY, TALK));

        // Then
        assertEquals(List.of("104", "104", "104"), next);
    }

    @Test
    void inOrderRingsEachForAStepAndBeginsAtTheTopForEachCall() {
        // Given
        var scene = scene(new InOrder(STEP));
        scene.register(106, 105, 104, 103);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();
        scene.ended("a", first.leg(), "no-answer", 487);
        var second = scene.rung();
        scene.answered("a", second.leg());
        scene.after(Duration.ofSeconds(3));

        // When
        scene.enqueue("b", Clinic.REGISTRY);

        // Then
        assertEquals(STEP, first.ringTimeout());
        assertEquals("103", first.party().value());
        assertEquals("104", second.party().value());
        assertEquals("103", scene.rung().party().value());
    }

    /** FreeSWITCH pull request 1221: top-down stuck. */
    @Test
    void inOrderLeavesNobodyOutBecauseThoseBeforeHimDoNotAnswer() {
        // Given
        var scene = scene(new InOrder(Duration.ofSeconds(20)));
        scene.register(103, 104, 105, 106);
        scene.enqueue("a", Clinic.REGISTRY);
        var rung = new ArrayList<String>();

        // When: nobody answers; the first could be asked again long before the last was.
        for (int ring = 0; ring < 8; ring++) {
            var leg = scene.rung();
            rung.add(leg.party().value());
            scene.after(Duration.ofSeconds(20));
            scene.ended("a", leg.leg(), "no-answer", 487);
        }

        // Then
        assertEquals(List.of("103", "104", "105", "106", "103", "104", "105", "106"), rung);
    }

    @Test
    void escalatingAddsOnePhoneAStepWhileTheOthersGoOnRinging() {
        // Given
        var scene = scene(new Escalating(STEP, 3));
        scene.register(103, 104, 105, 106);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();

        // When
        scene.after(STEP);
        var second = scene.rung();
        scene.after(STEP);
        var third = scene.rung();
        scene.after(STEP);

        // Then: three at most, and all of them fall silent at the same moment.
        assertTrue(scene.nobodyRung());
        assertEquals("103", first.party().value());
        assertEquals("104", second.party().value());
        assertEquals("105", third.party().value());
        assertTrue(scene.effects(AcdEffect.HangUpLeg.class).isEmpty());
        assertEquals(Duration.ofSeconds(25), first.ringTimeout());
        assertEquals(Duration.ofSeconds(20), second.ringTimeout());
        assertEquals(Duration.ofSeconds(15), third.ringTimeout());
    }

    @Test
    void escalatingGoesOnAtOnceWithWhoBecomesFreeAfterTheStep() {
        // Given
        var scene = scene(new Escalating(STEP, 3));
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.rung();
        scene.after(STEP.multipliedBy(2));

        // When
        scene.register(104);

        // Then
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void roundRobinGoesOnAfterWhoWasRungLastAlsoUnderANewLeader() {
        // Given
        var scene = scene(new RoundRobin());
        scene.register(103, 104, 105);
        var before =
                List.of(
                        scene.serve("a", Clinic.REGISTRY, TALK),
                        scene.serve("b", Clinic.REGISTRY, TALK));
        scene.takeOver(2);

        // When
        var after =
                List.of(
                        scene.serve("c", Clinic.REGISTRY, TALK),
                        scene.serve("d", Clinic.REGISTRY, TALK));

        // Then
        assertEquals(List.of("103", "104"), before);
        assertEquals(List.of("105", "103"), after);
    }

    @Test
    void bestConversionGoesDownFromWhoSellsMost() {
        // Given
        var plan =
                Clinic.plan(
                        Clinic.registry(
                                Clinic.rules(new BestConversion()),
                                Clinic.member(103).withConversion(2830),
                                Clinic.member(104).withConversion(3729),
                                Clinic.member(105)));
        var scene = new Scene(plan);
        scene.register(103, 104, 105);

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(List.of("104", "103", "105"), scene.rungInTurn("a", 3));
    }

    @Test
    void aStrategyCanBeChangedWhileACallRings() {
        // Given
        var scene = scene(new LongestIdle());
        scene.register(103, 104, 105);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.rung();

        // When
        scene.configure(
                Clinic.plan(
                        Clinic.registry(
                                Clinic.rules(new RingAll(30)),
                                Clinic.member(103),
                                Clinic.member(104),
                                Clinic.member(105))));

        // Then
        assertEquals(List.of("104", "105"), scene.allRung());
        assertEquals(AgentState.Offered.class, scene.state(103));
    }

    @Test
    void whoBecomesFreeWhileAllAreRungIsRungAsWell() {
        // Given
        var scene = scene(new RingAll(30));
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.rung();

        // When
        scene.register(104);

        // Then
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void ringAllRingsNoMorePhonesThanItMay() {
        // Given
        var scene = scene(new RingAll(2));
        scene.register(103, 104, 105);

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(List.of("103", "104"), scene.allRung());
    }

    @Test
    void whoRejectedACallIsNotRungForItAgainBesideThoseWhoDidNot() {
        // Given
        var scene = scene(new RingAll(30));
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var rung = scene.effects(AcdEffect.AddLeg.class);
        scene.ended("a", rung.getFirst().leg().leg(), "rejected", 486);

        // When
        scene.after(Duration.ofSeconds(10));

        // Then
        assertTrue(scene.nobodyRung());
    }
}
