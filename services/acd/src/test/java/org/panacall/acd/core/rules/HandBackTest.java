// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.RecordingRule;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;

/** Calls that flows sent to somebody, and that come back to them; and talks that flows follow. */
class HandBackTest {

    private static final Duration RING = Duration.ofSeconds(7);
    private static final List<String> ALL = List.of("no-answer", "busy", "unavailable", "failed");
    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "agent-hung-up");

    private final Scene scene = new Scene(clinic());

    private static TenantPlan clinic() {
        var rules =
                new QueueRules(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.of("rating"),
                        RecordingRule.NONE);
        var all =
                new TenantRules(
                        List.of(),
                        0,
                        Duration.ofHours(4),
                        "ru",
                        List.of("+7495"),
                        Optional.empty());
        return Clinic.ruled(rules, all, IntStream.rangeClosed(101, 110).mapToObj(Clinic::person));
    }

    private static AcdCommand.Destination person(int number, String... exits) {
        var terms = new Target.Terms(Optional.of(RING), false, List.of(exits));
        return new AcdCommand.Destination.Person(
                Clinic.extension(number), Optional.of(Clinic.PAID), terms);
    }

    private void number(String number, String... exits) {
        var terms = new Target.Terms(Optional.of(RING), false, List.of(exits));
        var destination =
                new AcdCommand.Destination.Number(
                        new PartyNumber(number), Optional.of(Clinic.PAID), terms);
        scene.enqueue("a", destination, true);
    }

    private List<String> handedBack() {
        return scene.effects(AcdEffect.HandBack.class).stream()
                .map(AcdEffect.HandBack::exit)
                .toList();
    }

    @Test
    void aCallToAPersonWhoDoesNotAnswerGoesBackToItsFlow() {
        // Given
        scene.register(104);
        scene.enqueue("a", person(104, "no-answer"), true);
        var rung = scene.rung();

        // When
        scene.ended("a", rung.leg(), "no-answer", 487);

        // Then
        assertEquals(RING, rung.ringTimeout());
        assertEquals(List.of("no-answer"), handedBack());
        assertEquals(0, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void onlyWhatIsDrawnBringsACallBack() {
        // Given
        scene.register(104);
        scene.enqueue("a", person(104, "no-answer"), true);

        // When
        scene.ended("a", scene.rung().leg(), "rejected", 603);

        // Then
        assertTrue(handedBack().isEmpty());
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void whoTalksIsBusyAndWhoIsNotRegisteredUnavailable() {
        // Given
        scene.register(103);
        scene.talk("b", Clinic.REGISTRY);

        // When
        scene.enqueue("a", person(103, "busy"), true);
        scene.enqueue("c", person(104, "unavailable"), true);

        // Then
        assertEquals(List.of("busy", "unavailable"), handedBack());
    }

    @Test
    void aCallThatCameBackMayGoToAQueueNext() {
        // Given
        scene.enqueue("a", person(104, "unavailable"), true);

        // When
        var refusal = scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals(1, scene.acd.waiting(Clinic.REGISTRY));
    }

    @Test
    void aNewLeaderHandsBackOnceMoreByTheSameEffect() {
        // Given
        scene.enqueue("a", person(104, "unavailable"), true);
        var before = scene.effects(AcdEffect.HandBack.class).getFirst();

        // When
        scene.takeOver(2);

        // Then
        var again = scene.effects(AcdEffect.HandBack.class).getFirst();
        assertEquals(before.order().effectId(), again.order().effectId());
        assertEquals(before.exit(), again.exit());
    }

    @Test
    void aLeaderWhoDiesWhileThePersonRingsIsSucceededByOneWhoHandsBack() {
        // Given
        scene.register(104);
        scene.enqueue("a", person(104, "no-answer"), true);
        scene.takeOver(2);

        // When
        scene.ended("a", scene.rung().leg(), "no-answer", 487);

        // Then
        assertEquals(List.of("no-answer"), handedBack());
    }

    @Test
    void aFlowThatIsNotToBeHadLeavesTheCallToTheFallbackQueue() {
        // Given
        scene.enqueue("a", person(104, "unavailable"), true);

        // When
        scene.failed(scene.effects(AcdEffect.HandBack.class).getFirst());

        // Then
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void aCallThatGoesToAndFroEndsInTheFallbackQueue() {
        // Given
        int most = Limits.usual().overflows().steps();

        // When
        for (int times = 0; times <= most; times++) {
            scene.enqueue("a", person(104, ALL.toArray(String[]::new)), true);
        }

        // Then
        assertEquals(most, handedBack().size());
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void aNumberOutsideThatIsBusyGivesTheCallBack() {
        // Given
        number("+74951112233", "busy");
        var rung = scene.rung();

        // When
        scene.ended("a", rung.leg(), "busy", 486);

        // Then
        assertEquals("+74951112233", rung.party().value());
        assertEquals("+74950000100", rung.shown().number().value());
        assertEquals(List.of("busy"), handedBack());
    }

    @Test
    void aNumberOutsideThatNobodyTellsOfIsGivenUpInTime() {
        // Given
        number("+74951112233", "no-answer");
        var leg = scene.rung().leg();

        // When
        scene.after(RING.plusSeconds(4));

        // Then
        assertEquals(leg, scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals(List.of("no-answer"), handedBack());
    }

    @Test
    void aNumberOutsideThatAnswersTalksWithTheCaller() {
        // Given
        number("+74951112233", ALL.toArray(String[]::new));
        var leg = scene.rung().leg();

        // When
        scene.answered("a", leg);

        // Then
        assertEquals(leg, scene.effects(AcdEffect.JoinLegs.class).getFirst().other());
        assertTrue(handedBack().isEmpty());
    }

    @Test
    void aNumberWhereCallersMayNotBeLedIsNotRung() {
        // When
        number("+8835100001234", "failed");

        // Then
        assertTrue(scene.nobodyRung());
        assertEquals(List.of("failed"), handedBack());
    }

    @Test
    void aNumberOutsideWithoutExitsLeadsToTheFallbackQueue() {
        // Given
        number("+74951112233");

        // When
        scene.ended("a", scene.rung().leg(), "unreachable", 503);

        // Then
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void anAgentIsFreeAtOnceWhenHisCallerGoesIntoAFlow() {
        // Given
        scene.register(103);
        var leg = scene.talk("a", Clinic.REGISTRY);
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();

        // When
        scene.send(
                new AcdCommand.HearLegEnded(
                        Scene.call("a"), leg, HUNG_UP, 0, Optional.of("rating")));

        // Then
        assertEquals(Optional.of("rating"), join.afterTalk());
        assertEquals(AgentState.Ready.class, scene.state(103));
        assertTrue(scene.acd.calls().isEmpty());
        assertTrue(scene.effects(AcdEffect.HangUpCall.class).isEmpty());
    }

    @Test
    void aTalkOfWhoseEndNobodyToldIsOverWhenItsCallerComesAgain() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        var caller = Clinic.caller("leg_a", true, Map.of());
        var queue = new AcdCommand.Destination.Queue(Clinic.PAID);

        // When
        scene.send(
                new AcdCommand.EnqueueCall(
                        Scene.call("a"), caller, queue, "", List.of(new LegId("leg_a"))));

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void aRepeatedRequestDoesNotEndATalk() {
        // Given
        scene.register(103);
        var leg = scene.talk("a", Clinic.REGISTRY);
        var caller = Clinic.caller("leg_a", true, Map.of());
        var queue = new AcdCommand.Destination.Queue(Clinic.REGISTRY);

        // When
        scene.send(
                new AcdCommand.EnqueueCall(
                        Scene.call("a"), caller, queue, "", List.of(new LegId("leg_a"), leg)));

        // Then
        assertEquals(AgentState.OnCall.class, scene.state(103));
        assertEquals(0, scene.acd.waiting(Clinic.REGISTRY));
    }
}
