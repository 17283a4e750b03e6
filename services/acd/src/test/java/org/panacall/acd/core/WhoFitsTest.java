// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.need.Need;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.need.Relaxation;
import org.panacall.acd.core.need.Relaxation.Change;
import org.panacall.acd.core.plan.Fit;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.TenantPlan;

class WhoFitsTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Map<Integer, Map<String, Integer>> SKILLS =
            Map.of(
                    103, Map.of("surgery", 3, "language.ru", 10),
                    104, Map.of("surgery", 8, "language.uk", 5));

    private static TenantPlan plan(Fit fit, Member... members) {
        return Clinic.plan(List.of(Clinic.registry(Clinic.rules(fit), members)), SKILLS);
    }

    private static Scene scene(Fit fit) {
        return new Scene(plan(fit, Clinic.member(103), Clinic.member(104)));
    }

    private static Fit relaxing(Change change, String skill) {
        return new Fit(
                Needs.NONE,
                List.of(new Relaxation(HALF_A_MINUTE, skill, change)),
                Duration.ZERO,
                Duration.ZERO,
                false);
    }

    /** 103 is of the second tier. */
    private static Scene tiers(Duration wait) {
        var fit = new Fit(Needs.NONE, List.of(), wait, Duration.ZERO, false);
        return new Scene(plan(fit, Clinic.member(103).onLevel(2), Clinic.member(104)));
    }

    @Test
    void aCallGoesToWhoIsGoodEnoughAtWhatItNeeds() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103, 104);

        // When
        scene.enqueue("a", Clinic.REGISTRY, Map.of("skill.surgery", "5"));

        // Then
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void whatAQueueNeedsAllItsCallsNeed() {
        // Given
        var needs = Needs.of(List.of(Need.of("surgery", 5)));
        var scene = scene(new Fit(needs, List.of(), Duration.ZERO, Duration.ZERO, false));
        scene.register(103, 104);

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void aCallerIsServedInHisLanguage() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103, 104);

        // When
        scene.enqueue("a", Clinic.REGISTRY, Map.of("language", "uk-UA"));

        // Then
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void aCallThatNobodyIsThereForHoldsUpNobodyBehindIt() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103);
        scene.enqueue("english", Clinic.REGISTRY, Map.of("language", "en"));
        scene.enqueue("surgery", Clinic.REGISTRY, Map.of("skill.surgery", "9"));

        // When
        scene.enqueue("anybody", Clinic.REGISTRY);

        // Then
        var rung = scene.effects(AcdEffect.AddLeg.class);
        assertEquals(
                List.of(Scene.call("anybody")),
                rung.stream().map(add -> add.order().call()).toList());
    }

    @Test
    void aNeedIsLoweredAfterAWaitAndTheCallKeepsItsPlace() {
        // Given
        var scene = scene(relaxing(new Change.Lower(3), "surgery"));
        scene.enqueue("a", Clinic.REGISTRY, Map.of("skill.surgery", "6"));
        scene.after(Duration.ofSeconds(10));
        scene.enqueue("b", Clinic.REGISTRY);
        scene.register(103);
        var before = scene.effects(AcdEffect.AddLeg.class).getFirst();
        scene.ended("b", before.leg().leg(), "rejected", 486);
        scene.unregister(103);
        scene.after(Duration.ofSeconds(20));

        // When
        scene.register(103);

        // Then
        assertEquals(Scene.call("b"), before.order().call());
        var after = scene.effects(AcdEffect.AddLeg.class).getFirst();
        assertEquals(Scene.call("a"), after.order().call());
    }

    @Test
    void aNeedThatIsLoweredFindsAnAgentWhoHasBeenFreeAllTheTime() {
        // Given
        var scene = scene(relaxing(new Change.Lower(3), "surgery"));
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("skill.surgery", "6"));
        var atFirst = scene.nobodyRung();

        // When
        scene.after(HALF_A_MINUTE);

        // Then
        assertTrue(atFirst);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void anotherLanguageWillDoAfterAWait() {
        // Given
        var scene = scene(relaxing(new Change.Widen("language.ru"), "language"));
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("language", "en"));
        var atFirst = scene.nobodyRung();

        // When
        scene.after(HALF_A_MINUTE);

        // Then
        assertTrue(atFirst);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void aNeedIsForgottenAfterAWaitAndOthersAreNot() {
        // Given
        var scene = scene(relaxing(new Change.Drop(), "cosmetics"));
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("skill.surgery", "5", "skill.cosmetics", "1"));
        var atFirst = scene.nobodyRung();

        // When
        scene.after(HALF_A_MINUTE);

        // Then
        assertTrue(atFirst);
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void aWaitThatEndedUnderAnotherLeaderCounts() {
        // Given
        var scene = scene(relaxing(new Change.Drop(), ""));
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("skill.surgery", "9"));
        scene.after(Duration.ofSeconds(29));
        scene.takeOver(2);
        var atFirst = scene.nobodyRung();

        // When
        scene.after(Duration.ofSeconds(1));

        // Then
        assertTrue(atFirst);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void skillsAreInForceAsSoonAsTheyAreLearnt() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("skill.surgery", "9"));
        var atFirst = scene.nobodyRung();
        var queue = Clinic.registry(Clinic.rules(Fit.ANYBODY), Clinic.member(103));

        // When
        scene.configure(Clinic.plan(List.of(queue), Map.of(103, Map.of("surgery", 9))));

        // Then
        assertTrue(atFirst);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void membersComeAndGoWhileCallsWait() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(105);
        scene.enqueue("a", Clinic.REGISTRY);
        var atFirst = scene.nobodyRung();
        scene.configure(plan(Fit.ANYBODY, Clinic.member(105)));
        var rung = scene.rung();
        scene.configure(plan(Fit.ANYBODY, Clinic.member(103)));
        scene.ended("a", rung.leg(), "rejected", 486);

        // When
        scene.after(Duration.ofMinutes(1));

        // Then
        assertTrue(atFirst);
        assertEquals("105", rung.party().value());
        assertTrue(scene.nobodyRung());
    }

    @Test
    void theSecondTierIsRungAtOnceWhenNobodyOfTheFirstIsFree() {
        // Given
        var scene = tiers(Duration.ZERO);
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);

        // When
        scene.enqueue("b", Clinic.REGISTRY);

        // Then: 103 has been idle for longer.
        assertEquals(List.of("104", "103"), scene.allRung());
    }

    @Test
    void theSecondTierIsLeftInPeaceForAsLongAsTheQueueWants() {
        // Given
        var scene = tiers(HALF_A_MINUTE);
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(Duration.ofSeconds(29));
        var atFirst = scene.nobodyRung();

        // When
        scene.after(Duration.ofSeconds(1));

        // Then
        assertTrue(atFirst);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void thePreferredAgentIsWaitedForThenOthersAre() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103, 104);
        scene.talk("other", Clinic.REGISTRY);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("preferred", "103"));
        scene.after(Duration.ofSeconds(14));
        var atFirst = scene.nobodyRung();

        // When
        scene.after(Duration.ofSeconds(1));

        // Then
        assertTrue(atFirst);
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void thePreferredAgentGetsHisOwnCallFirst() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103);
        scene.talk("other", Clinic.REGISTRY);
        scene.enqueue("earlier", Clinic.REGISTRY);
        scene.enqueue("his", Clinic.REGISTRY, Map.of("preferred", "103"));

        // When
        scene.callEnded("other");

        // Then
        var rung = scene.effects(AcdEffect.AddLeg.class).getFirst();
        assertEquals(Scene.call("his"), rung.order().call());
    }

    @Test
    void nobodyWaitsForAPreferredAgentWhoIsAway() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(104);

        // When
        scene.enqueue("a", Clinic.REGISTRY, Map.of("preferred", "103"));

        // Then
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void nobodyWaitsOnForAPreferredAgentWhoGoesAway() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103, 104);
        scene.place("own", 103);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("preferred", "103"));
        var atFirst = scene.nobodyRung();
        scene.notReady(103);

        // When
        scene.callEnded("own");

        // Then
        assertTrue(atFirst);
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void whenThePreferredAgentDoesNotTakeItOthersMay() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY, Map.of("preferred", "103"));
        var first = scene.rung();

        // When
        scene.ended("a", first.leg(), "rejected", 486);

        // Then
        assertEquals("103", first.party().value());
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void aPreferredAgentNeedNotServeTheQueueNorHaveItsSkills() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(104, 106);

        // When
        scene.enqueue("a", Clinic.REGISTRY, Map.of("preferred", "999,106", "skill.surgery", "5"));

        // Then
        assertEquals("106", scene.rung().party().value());
    }

    @Test
    void ofSeveralPreferredAgentsTheFirstWhoIsFreeIsRung() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103, 104, 106);
        scene.place("own", 106);

        // When
        scene.enqueue("a", Clinic.REGISTRY, Map.of("preferred", "106, 104, 103"));

        // Then
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void attributesThatMakeNoSenseAskForNothing() {
        // Given
        var scene = scene(Fit.ANYBODY);
        scene.register(103);

        // When
        scene.enqueue(
                "a",
                Clinic.REGISTRY,
                Map.of(
                        "priority", "soon",
                        "preferred", ",,".repeat(40) + "x".repeat(99),
                        "language", " ",
                        "skill.", "5",
                        "skill.surgery", "very"));

        // Then
        assertEquals("103", scene.rung().party().value());
    }
}
