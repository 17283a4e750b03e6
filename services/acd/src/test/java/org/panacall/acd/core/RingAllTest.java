// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.match.RingAll;

class RingAllTest {

    private final Scene scene = new Scene(Clinic.plan(new RingAll(30)));

    private List<AcdEffect.NewLeg> rungFor(String name) {
        scene.enqueue(name, Clinic.REGISTRY);
        return scene.effects(AcdEffect.AddLeg.class).stream().map(AcdEffect.AddLeg::leg).toList();
    }

    private List<Offer.End> ends() {
        return scene.events.stream()
                .filter(AcdEvent.OfferEnded.class::isInstance)
                .map(event -> ((AcdEvent.OfferEnded) event).end())
                .toList();
    }

    private static String name(CallId call) {
        return call.value().substring("call_".length());
    }

    @Test
    void allPhonesRingAtOnce() {
        // Given
        scene.register(103, 104, 106);

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(List.of("103", "104", "106"), scene.allRung());
    }

    @Test
    void theFirstAnswerHasTheCallAndTheOthersHearThatItWasAnsweredElsewhere() {
        // Given
        scene.register(103, 104, 106);
        var rung = rungFor("a");

        // When
        scene.answered("a", rung.get(1).leg());

        // Then
        assertEquals(AgentState.OnCall.class, scene.state(104));
        assertEquals(List.of(Offer.End.ANSWERED_ELSEWHERE, Offer.End.ANSWERED_ELSEWHERE), ends());
        var hungUp = scene.effects(AcdEffect.HangUpLeg.class);
        assertEquals(
                List.of(rung.get(0).leg(), rung.get(2).leg()),
                hungUp.stream().map(AcdEffect.HangUpLeg::leg).toList());
        hungUp.forEach(order -> assertEquals(EndReason.ANSWERED_ELSEWHERE, order.reason()));
    }

    @Test
    void whoWasRungInVainKeepsHisPlaceAndIsReadyAtOnce() {
        // Given
        scene.register(103, 104);
        var idleSince = ((AgentState.Ready) scene.agent(103).state()).idleSince();
        var rung = rungFor("a");

        // When
        scene.answered("a", rung.get(1).leg());

        // Then
        var ready = (AgentState.Ready) scene.agent(103).state();
        assertEquals(idleSince, ready.idleSince());
        assertTrue(ready.pausedUntil().isEmpty());
    }

    @Test
    void ofTwoWhoAnswerAtTheSameTimeTheSecondIsToldThatItWasAnsweredElsewhere() {
        // Given
        scene.register(103, 104);
        var rung = rungFor("a");
        scene.answered("a", rung.get(0).leg());
        scene.effects(AcdEffect.HangUpLeg.class);

        // When
        scene.answered("a", rung.get(1).leg());

        // Then
        var hungUp = scene.effects(AcdEffect.HangUpLeg.class).getFirst();
        assertEquals(rung.get(1).leg(), hungUp.leg());
        assertEquals(EndReason.ANSWERED_ELSEWHERE, hungUp.reason());
        assertEquals(1, scene.effects(AcdEffect.JoinLegs.class).size());
        assertEquals(AgentState.Ready.class, scene.state(104));
    }

    @Test
    void oneWhoRejectsDoesNotSilenceTheOthers() {
        // Given
        scene.register(103, 104);
        var rung = rungFor("a");

        // When
        scene.ended("a", rung.get(0).leg(), "rejected", 486);

        // Then
        assertTrue(scene.effects(AcdEffect.HangUpLeg.class).isEmpty());
        assertEquals(AgentState.Offered.class, scene.state(104));
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void theCallIsBackInItsPlaceWhenTheLastOfThemMissedIt() {
        // Given
        scene.register(103, 104);
        var rung = rungFor("a");
        scene.ended("a", rung.get(0).leg(), "rejected", 486);
        scene.ended("a", rung.get(1).leg(), "no-answer", 487);

        // When
        scene.after(Duration.ofSeconds(2));

        // Then
        assertEquals(List.of("103", "104"), scene.allRung());
    }

    @Test
    void noPhoneRingsOnWhenTheCallerHangsUp() {
        // Given
        scene.register(103, 104, 106);
        rungFor("a");

        // When
        scene.ended("a", new LegId("leg_a"), "caller-hung-up", 0);

        // Then
        assertEquals(3, scene.effects(AcdEffect.HangUpLeg.class).size());
        for (var number : List.of(103, 104, 106)) {
            assertEquals(AgentState.Ready.class, scene.state(number));
        }
    }

    /** FreeSWITCH issue 2540. */
    @Test
    void nobodyStaysReservedWhenOneOfAllIsOutOfReach() {
        // Given
        scene.register(103, 104, 106);
        var rung = rungFor("a");
        scene.ended("a", rung.get(0).leg(), "not-registered", 480);
        scene.answered("a", rung.get(1).leg());

        // When
        scene.callEnded("a");

        // Then
        scene.after(Duration.ofSeconds(2));
        for (var number : List.of(103, 104, 106)) {
            assertEquals(AgentState.Ready.class, scene.state(number));
        }
        assertEquals(3, rungFor("b").size());
    }

    /** Asterisk issue 1557. */
    @Test
    void oneWhoAnswersAndHangsUpAtOnceDoesNotCostTheCallerHisPlaceNorTheOthersTheCall() {
        // Given
        scene.register(103, 104, 106);
        var rung = rungFor("a");
        scene.enqueue("later", Clinic.REGISTRY);
        scene.answered("a", rung.get(0).leg());
        var later = scene.rungLegs();
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();
        scene.ended("a", rung.get(0).leg(), "agent-hung-up", 0);
        scene.ended("later", later.getFirst(), "rejected", 486);
        scene.ended("later", later.getLast(), "rejected", 486);

        // When
        scene.failed(join);
        scene.after(Duration.ofSeconds(2));

        // Then: one phone for each of both, his first; the rest is for him as well.
        assertEquals(
                List.of("a 104", "later 103", "a 106"),
                scene.effects(AcdEffect.AddLeg.class).stream()
                        .map(add -> name(add.order().call()) + " " + add.leg().party().value())
                        .toList());
    }

    /** FreeSWITCH issue 2529. */
    @Test
    void nobodyIsRungForACallerWhoHungUpBeforeHisAgentCouldBeJoined() {
        // Given
        scene.register(103, 104);
        var rung = rungFor("a");
        scene.answered("a", rung.get(0).leg());
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();
        scene.ended("a", rung.get(0).leg(), "agent-hung-up", 0);
        scene.ended("a", new LegId("leg_a"), "caller-hung-up", 0);

        // When
        scene.failed(join);

        // Then
        assertTrue(scene.nobodyRung());
    }

    @Test
    void aNewLeaderRingsAllOfThemAgainInTheSameWords() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var before =
                scene.effects(AcdEffect.AddLeg.class).stream()
                        .map(add -> add.order().effectId())
                        .toList();

        // When
        scene.takeOver(2);

        // Then
        var after = scene.effects(AcdEffect.AddLeg.class);
        assertEquals(before, after.stream().map(add -> add.order().effectId()).toList());
    }
}
