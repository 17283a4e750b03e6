// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand.HearEffectFailed.Failure;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.QueueId;

class PersonTest {

    private final Scene scene = new Scene();

    private static AcdCommand.Destination person(int number, Optional<QueueId> fallback) {
        return new AcdCommand.Destination.Person(Clinic.extension(number), fallback);
    }

    @Test
    void aPersonIsRungThoughNotReadyAndTheCallerHearsThatItRings() {
        // Given
        scene.register(104);
        scene.notReady(104);

        // When
        scene.enqueue("a", person(104, Optional.empty()), false);

        // Then
        assertEquals("104", scene.rung().party().value());
        assertEquals(1, scene.effects(AcdEffect.RingLeg.class).size());
        assertTrue(scene.effects(AcdEffect.AnswerLeg.class).isEmpty());
    }

    @Test
    void theCallersLegIsAnsweredWhenThePersonAnswers() {
        // Given
        scene.register(104);
        scene.enqueue("a", person(104, Optional.empty()), false);

        // When
        scene.answered("a", scene.rung().leg());

        // Then
        assertEquals(1, scene.effects(AcdEffect.AnswerLeg.class).size());
        assertEquals(1, scene.effects(AcdEffect.JoinLegs.class).size());
    }

    @Test
    void aBusyPersonsCallGoesOnToTheFallbackQueue() {
        // Given
        scene.register(104);
        scene.talk("a", Clinic.REGISTRY);

        // When
        scene.enqueue("b", person(104, Optional.of(Clinic.PAID)), true);

        // Then
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
        var sounds = scene.effects(AcdEffect.Play.class).stream().map(AcdEffect.Play::sound);
        assertEquals(new Sound.Music("music/waiting"), sounds.toList().getLast());
    }

    @Test
    void whenThePersonDoesNotAnswerAndThereIsNoQueueTheCallerIsToldAndTheCallEnds() {
        // Given
        scene.register(104);
        scene.enqueue("a", person(104, Optional.empty()), true);
        scene.effects(AcdEffect.Play.class);
        scene.ended("a", scene.rung().leg(), "no-answer", 487);
        var told = scene.effects(AcdEffect.Play.class).getFirst();

        // When
        scene.send(new AcdCommand.HearPlayEnded(Scene.call("a"), new LegId("leg_a"), told.play()));

        // Then
        assertInstanceOf(Sound.Spoken.class, told.sound());
        var hangUp = scene.effects(AcdEffect.HangUpCall.class).getFirst();
        assertEquals(EndReason.NO_ANSWER, hangUp.reason());
    }

    @Test
    void anUnregisteredPersonIsNotRungAndAPatientHearsThatNobodyIsThere() {
        // Given
        var destination = person(104, Optional.empty());

        // When
        var refusal = scene.enqueue("a", destination, false);

        // Then: his call is answered first, as a busy tone is no answer.
        assertEquals(Optional.empty(), refusal);
        assertTrue(scene.nobodyRung());
        assertEquals(1, scene.effects(AcdEffect.AnswerLeg.class).size());
        assertTrue(scene.effects(AcdEffect.HangUpCall.class).isEmpty());
        scene.after(Duration.ofSeconds(30));
        assertEquals(
                EndReason.PERSON_AWAY,
                scene.effects(AcdEffect.HangUpCall.class).getFirst().reason());
    }

    @Test
    void aColleagueSeesOnHisPhoneThatAPersonIsAway() {
        // Given
        var call = Scene.call("a");
        var caller = Clinic.colleague("leg_a", 103);

        // When
        scene.send(new AcdCommand.EnqueueCall(call, caller, person(104, Optional.empty()), ""));

        // Then
        assertTrue(scene.effects(AcdEffect.AnswerLeg.class).isEmpty());
        assertEquals(
                EndReason.PERSON_AWAY,
                scene.effects(AcdEffect.HangUpCall.class).getFirst().reason());
    }

    @Test
    void nobodyHasAnUnknownExtensionButAQueueMay() {
        // Given
        var nobody = person(999, Optional.empty());
        var queue = person(601, Optional.empty());

        // When
        var refused = scene.enqueue("a", nobody, true);
        var taken = scene.enqueue("b", queue, true);

        // Then
        assertEquals(Optional.of(new Refusal.ExtensionUnknown()), refused);
        assertEquals(Optional.empty(), taken);
        assertEquals(1, scene.acd.waiting(Clinic.REGISTRY));
    }

    @Test
    void clickToCallRingsTheAgentThenTheNumberThenJoinsThem() {
        // Given
        scene.register(103);
        scene.place("a", 103);
        var own = scene.effects(AcdEffect.CreateCall.class).getFirst().leg();
        scene.answered("a", own.leg());
        var ringBack = scene.effects(AcdEffect.Play.class).getFirst();
        var number = scene.rung();

        // When
        scene.answered("a", number.leg());

        // Then
        assertEquals("103", own.party().value());
        assertInstanceOf(Sound.RingBack.class, ringBack.sound());
        assertEquals("+79160000002", number.party().value());
        assertEquals("+74950000100", number.shown().number().value());
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();
        assertEquals(own.leg(), join.leg());
        assertEquals(AgentState.OnCall.class, scene.state(103));
    }

    @Test
    void aBusyNumberIsToldToTheAgentBeforeHisCallEnds() {
        // Given
        scene.register(103);
        scene.place("a", 103);
        scene.answered("a", scene.effects(AcdEffect.CreateCall.class).getFirst().leg().leg());
        scene.effects(AcdEffect.Play.class);

        // When
        scene.ended("a", scene.rung().leg(), "busy", 486);

        // Then
        var told = scene.effects(AcdEffect.Play.class).getFirst();
        assertInstanceOf(Sound.Busy.class, told.sound());
        scene.after(Duration.ofSeconds(4));
        assertEquals(1, scene.effects(AcdEffect.HangUpCall.class).size());
        scene.callEnded("a");
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void theNumberIsHungUpWhenTheAgentLeaves() {
        // Given
        scene.register(103);
        scene.place("a", 103);
        var own = scene.effects(AcdEffect.CreateCall.class).getFirst().leg().leg();
        scene.answered("a", own);
        var number = scene.rung().leg();

        // When
        scene.ended("a", own, "agent-hung-up", 0);

        // Then
        assertEquals(number, scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
    }

    @Test
    void aNumberThatHangsUpBeforeItIsJoinedTakesTheAgentsLegWithIt() {
        // Given
        scene.register(103);
        scene.place("a", 103);
        scene.answered("a", scene.effects(AcdEffect.CreateCall.class).getFirst().leg().leg());
        var number = scene.rung().leg();
        scene.answered("a", number);
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();

        // When
        scene.ended("a", number, "callee-hung-up", 0);
        scene.send(new AcdCommand.HearEffectFailed(join, Failure.REFUSED));

        // Then
        assertEquals(1, scene.effects(AcdEffect.HangUpCall.class).size());
    }

    @Test
    void anOccupiedOrUnregisteredAgentCannotPlaceACall() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);

        // When
        var occupied = scene.place("b", 103).orElseThrow();
        var away = scene.place("c", 104).orElseThrow();

        // Then
        assertInstanceOf(Refusal.AgentNotAvailable.class, occupied);
        assertInstanceOf(Refusal.AgentNotAvailable.class, away);
    }

    @Test
    void anAnswerOfTheCallersOwnLegIsNoNews() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);

        // When
        scene.answered("a", new LegId("leg_a"));

        // Then
        assertTrue(scene.effects(AcdEffect.HangUpLeg.class).isEmpty());
        assertEquals(AgentState.Offered.class, scene.state(103));
    }
}
