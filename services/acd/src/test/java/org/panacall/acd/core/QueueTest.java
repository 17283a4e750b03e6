// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.QueueId;

class QueueTest {

    private final Scene scene = new Scene();

    @Test
    void aCallerHearsMusicUntilAnAgentAnswers() {
        // Given
        scene.enqueue("a", new AcdCommand.Destination.Queue(Clinic.REGISTRY), false);
        var answer = scene.effects(AcdEffect.AnswerLeg.class);
        var play = scene.effects(AcdEffect.Play.class);
        scene.register(103);
        var rung = scene.rung();

        // When
        scene.answered("a", rung.leg());

        // Then
        assertEquals(new LegId("leg_a"), answer.getFirst().leg());
        assertEquals(new Sound.Music("music/waiting"), play.getFirst().sound());
        assertEquals("103", rung.party().value());
        assertEquals(Duration.ofSeconds(15), rung.ringTimeout());
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();
        assertEquals(List.of(new LegId("leg_a"), rung.leg()), List.of(join.leg(), join.other()));
        assertEquals(AgentState.OnCall.class, scene.state(103));
    }

    @Test
    void theAgentWhoHasBeenIdleLongestIsRungFirst() {
        // Given
        scene.register(104, 103);

        // When
        scene.enqueue("a", Clinic.REGISTRY);
        scene.enqueue("b", Clinic.REGISTRY);

        // Then
        var rung = scene.effects(AcdEffect.AddLeg.class);
        assertEquals(
                List.of("104", "103"),
                rung.stream().map(add -> add.leg().party().value()).toList());
    }

    @Test
    void whoRejectsStaysReadyGoesLastAndTheNextIsRung() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();

        // When
        scene.ended("a", first.leg(), "rejected", 486);

        // Then
        assertEquals("103", first.party().value());
        assertEquals("104", scene.rung().party().value());
        assertEquals(AgentState.Ready.class, scene.state(103));
        scene.after(Duration.ofSeconds(3));
        scene.register(106);
        scene.enqueue("b", Clinic.REGISTRY);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void whoMissedACallGetsItAgainWhenNobodyElseFitsButNotAtOnce() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.ended("a", scene.rung().leg(), "no-answer", 487);
        var atOnce = scene.nobodyRung();

        // When
        scene.after(Duration.ofSeconds(2));

        // Then
        assertTrue(atOnce);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void whoMissedACallIsPassedOverForThirtySecondsWhileOthersFit() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.ended("a", scene.rung().leg(), "rejected", 486);
        var second = scene.rung();
        scene.after(Duration.ofSeconds(5));
        scene.register(106);

        // When
        scene.ended("a", second.leg(), "rejected", 486);

        // Then: 103 has been idle for longer, but 106 has not seen this call yet.
        assertEquals("106", scene.rung().party().value());
    }

    @Test
    void anOfferOfWhichNobodyTellsAnythingEndsByItself() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();

        // When
        scene.after(Duration.ofSeconds(18));

        // Then
        var hungUp = scene.effects(AcdEffect.HangUpLeg.class).getFirst();
        assertEquals(first.leg(), hungUp.leg());
        assertEquals("104", scene.rung().party().value());
    }

    @Test
    void anAnswerAfterTheOfferEndedIsHungUp() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();
        scene.after(Duration.ofSeconds(18));
        scene.effects(AcdEffect.HangUpLeg.class);

        // When
        scene.answered("a", first.leg());

        // Then
        assertEquals(first.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertTrue(scene.effects(AcdEffect.JoinLegs.class).isEmpty());
    }

    @Test
    void noPhoneIsLeftRingingWhenTheCallerHangsUp() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        var rung = scene.rung();
        var since = ((AgentState.Offered) scene.agent(103).state()).before().since();

        // When
        scene.ended("a", new LegId("leg_a"), "caller-hung-up", 0);

        // Then: he keeps his place in the idle order.
        assertEquals(rung.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals(since, ((AgentState.Ready) scene.agent(103).state()).idleSince());
        scene.callEnded("a");
        assertTrue(scene.acd.calls().isEmpty());
    }

    @Test
    void anAgentWhoAnswersAsTheCallerLeavesIsReadyAtOnce() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        var rung = scene.rung();
        scene.ended("a", new LegId("leg_a"), "caller-hung-up", 0);

        // When
        scene.answered("a", rung.leg());

        // Then
        assertEquals(2, scene.effects(AcdEffect.HangUpLeg.class).size());
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void twoCallsAndOneAgentTheSecondIsServedAfterTheFirst() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.enqueue("b", Clinic.REGISTRY);
        var waited = scene.nobodyRung();

        // When
        scene.callEnded("a");

        // Then
        assertTrue(waited);
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void anAgentOfTwoQueuesGetsTheCallThatWaitsLongestInEither() {
        // Given
        scene.enqueue("paid", Clinic.PAID);
        scene.after(Duration.ofSeconds(1));
        scene.enqueue("registry", Clinic.REGISTRY);

        // When
        scene.register(105);

        // Then
        assertEquals(
                Scene.call("paid"),
                scene.effects(AcdEffect.AddLeg.class).getFirst().order().call());
    }

    @Test
    void theSameCallIsQueuedOnce() {
        // Given
        scene.enqueue("a", Clinic.REGISTRY);
        var events = scene.events.size();

        // When
        var again = scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(Optional.empty(), again);
        assertEquals(events, scene.events.size());
    }

    @Test
    void aFullQueueAndAnUnknownOneRefuse() {
        // Given
        for (int call = 0; call < 50; call++) {
            scene.enqueue("c" + call, Clinic.REGISTRY);
        }

        // When
        var full = scene.enqueue("a", Clinic.REGISTRY);
        var unknown = scene.enqueue("a", new QueueId("nowhere"));

        // Then
        assertEquals(Optional.of(new Refusal.QueueFull()), full);
        assertEquals(Optional.of(new Refusal.QueueUnknown()), unknown);
    }

    @Test
    void aNewLeaderOrdersAgainWhatIsMeantAndInTheSameWords() {
        // Given
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.enqueue("b", Clinic.REGISTRY);
        var before = scene.effects(AcdEffect.AddLeg.class).getFirst().order();

        // When
        scene.takeOver(2);

        // Then
        var after = scene.effects(AcdEffect.AddLeg.class).getFirst().order();
        assertEquals(before.effectId(), after.effectId());
        assertEquals(2, after.epoch());
        assertEquals(2, scene.effects(AcdEffect.Play.class).size());
    }

    @Test
    void aPhoneThatUnregistersWhileItRingsLosesTheCallToTheNext() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();

        // When
        scene.unregister(103);

        // Then
        assertEquals(first.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals("104", scene.rung().party().value());
        assertEquals(AgentState.NotReady.class, scene.state(103));
    }

    @Test
    void callsOfALostSipIngressAreOverAndTheirAgentsFree() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);

        // When
        scene.send(new AcdCommand.LoseSipIngress(Clinic.INGRESS));

        // Then
        assertTrue(scene.acd.calls().isEmpty());
        assertEquals(AgentState.Ready.class, scene.state(103));
    }
}
