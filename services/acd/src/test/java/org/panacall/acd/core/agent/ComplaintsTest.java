// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.match.RingAll;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantRules;

/** What users of other queues complain about: races and states in which agents are stuck. */
class ComplaintsTest {

    private Scene scene = new Scene();

    private void callerHangsUp(String name) {
        scene.ended(name, new LegId("leg_" + name), "caller-hung-up", 0);
    }

    /** The agent's answer and the caller's end cross, and no end is ever told. */
    @Test
    void nobodyIsStuckAnsweredWhenTheEndOfTheTalkIsNeverTold() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        callerHangsUp("a");

        // When
        scene.after(Duration.ofSeconds(10));

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
        assertTrue(scene.acd.calls().isEmpty());
    }

    @Test
    void nobodyIsStuckReservedWhenAllAreRungAndNothingIsHeardOfAnyPhone() {
        // Given
        scene = new Scene(Clinic.plan(new RingAll(30)));
        scene.register(103, 104, 106);
        scene.enqueue("a", Clinic.REGISTRY);
        var rung = scene.allRung();
        callerHangsUp("a");

        // When
        scene.after(Duration.ofSeconds(18));

        // Then
        assertEquals(List.of("103", "104", "106"), rung.stream().sorted().toList());
        for (int number : new int[] {103, 104, 106}) {
            assertEquals(AgentState.Ready.class, scene.state(number));
        }
    }

    @Test
    void noAgentIsLockedInACallOfWhichNobodyKnowsAnyMore() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(1));
        var nothing = new AcdCommand.ReconcileCalls(Clinic.INGRESS, Duration.ZERO, List.of());
        scene.send(nothing);
        scene.after(Duration.ofSeconds(5));

        // When
        scene.send(nothing);

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void noAgentIsLockedInCallByATalkOfHisOwnWhoseEndWasLost() {
        // Given
        scene.register(103);
        scene.dials("own", 103);
        scene.after(Duration.ofMinutes(1));
        var nothing = new AcdCommand.ReconcileCalls(Clinic.INGRESS, Duration.ZERO, List.of());
        scene.send(nothing);
        scene.after(Duration.ofSeconds(5));

        // When
        scene.send(nothing);

        // Then
        scene.enqueue("a", Clinic.REGISTRY);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void aZombieOfferRingsNobodyAfterTheCallerHungUp() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();
        callerHangsUp("a");

        // When
        scene.ended("a", first.leg(), "cancelled", 487);
        scene.after(Duration.ofMinutes(1));

        // Then
        assertTrue(scene.nobodyRung());
        assertEquals(first.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
    }

    @Test
    void anAgentWhoAnswersAZombieIsHungUpAndFree() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        var leg = scene.rung().leg();
        callerHangsUp("a");
        scene.effects(AcdEffect.HangUpLeg.class);

        // When
        scene.answered("a", leg);

        // Then
        assertEquals(leg, scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void anAgentWhoChangesHisMindDuringAnOfferAgainAndAgainMakesNoLoop() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        var leg = scene.rung().leg();

        // When
        for (int time = 0; time < 10; time++) {
            scene.notReady(103);
            scene.ready(103);
        }
        scene.notReady(103);

        // Then: his phone rings on, and after it he is what he said last.
        assertTrue(scene.nobodyRung());
        assertEquals(AgentState.Offered.class, scene.state(103));
        scene.ended("a", leg, "no-answer", 487);
        assertEquals(AgentState.NotReady.class, scene.state(103));
        scene.after(Duration.ofMinutes(1));
        assertTrue(scene.nobodyRung());
    }

    @Test
    void anAgentWhomASupervisorTakesOffDuringAnOfferMakesNoLoop() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.rung();

        // When
        scene.force(103, Intent.Wish.NOT_READY);
        scene.after(Duration.ofMinutes(1));

        // Then
        assertTrue(scene.nobodyRung());
        assertEquals(1, scene.acd.waiting(Clinic.REGISTRY));
    }

    private static QueueRules notes(int seconds) {
        return new QueueRules(
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(
                        new Notes(
                                Notes.Mode.MANDATORY, Duration.ofSeconds(seconds), Duration.ZERO)),
                OptionalInt.empty());
    }

    @Test
    void theWrapUpOfOneAgentIsNotEndedByTheNextWhoTalksInTheSameQueue() {
        // Given
        scene = new Scene(Clinic.ruled(notes(30), TenantRules.USUAL));
        scene.register(103, 104);
        scene.talk("a", Clinic.REGISTRY);
        scene.talk("b", Clinic.REGISTRY);
        scene.callEnded("a");
        scene.after(Duration.ofSeconds(20));

        // When
        scene.callEnded("b");
        scene.after(Duration.ofSeconds(9));

        // Then
        assertEquals(AgentState.WrapUp.class, scene.state(103));
        assertEquals(AgentState.WrapUp.class, scene.state(104));
        scene.after(Duration.ofSeconds(1));
        assertEquals(AgentState.Ready.class, scene.state(103));
        assertEquals(AgentState.WrapUp.class, scene.state(104));
    }

    @Test
    void theWrapUpOfAnAgentOfSeveralQueuesHoldsInAllOfThemForItsWholeTime() {
        // Given: 105 serves the paid queue too, which has no wrap-up.
        scene = new Scene(Clinic.ruled(notes(30), TenantRules.USUAL));
        scene.register(105);
        scene.talk("a", Clinic.REGISTRY);
        scene.callEnded("a");
        scene.enqueue("b", Clinic.PAID);

        // When
        scene.after(Duration.ofSeconds(29));

        // Then
        assertTrue(scene.nobodyRung());
        scene.after(Duration.ofSeconds(1));
        assertEquals("105", scene.rung().party().value());
    }

    @Test
    void oneWhoAnswersAndHangsUpAtOnceDoesNotCancelTheOthersCalls() {
        // Given
        scene = new Scene(Clinic.plan(new RingAll(30)));
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var leg = scene.rungLegs().getFirst();
        scene.answered("a", leg);
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();
        scene.ended("a", leg, "agent-hung-up", 0);

        // When
        scene.failed(join);

        // Then: the call is back in line and rings again.
        assertFalse(scene.nobodyRung());
        assertEquals(1, scene.acd.waiting(Clinic.REGISTRY));
    }

    @Test
    void anAnsweredCallIsNeverToldAsAbandoned() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);

        // When
        callerHangsUp("a");
        scene.callEnded("a");

        // Then
        var causes =
                scene.happened(AcdEvent.CallDequeued.class).stream()
                        .map(AcdEvent.CallDequeued::cause)
                        .toList();
        assertEquals(List.of(Cause.ANSWERED), causes);
    }
}
