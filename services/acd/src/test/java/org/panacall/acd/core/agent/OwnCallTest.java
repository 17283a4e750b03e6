// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.SipIngress;

/** Calls that agents dial on their own phones: none of ours, but nobody can talk with two. */
class OwnCallTest {

    private final Scene scene = new Scene();

    @Test
    void whoDialsByHimselfIsOfferedNothingUntilHeHangsUpAndThenGoesLast() {
        // Given
        scene.register(103);
        scene.dials("own", 103);
        scene.enqueue("a", Clinic.REGISTRY);
        var meanwhile = scene.nobodyRung();
        scene.after(Duration.ofMinutes(3));

        // When
        scene.hungUpOwn("own");

        // Then
        assertTrue(meanwhile);
        assertEquals(List.of("103"), scene.allRung());
        var idle = ((AgentState.Offered) scene.agent(103).state()).before();
        assertEquals(scene.clock.instant(), ((AgentState.Ready) idle).idleSince());
    }

    @Test
    void anOfferToSomebodyWhoStartsDiallingGoesToTheNextAtOnce() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();

        // When
        scene.dials("own", 103);

        // Then
        assertEquals(first.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals(List.of("104"), scene.allRung());
        assertEquals(0, scene.agent(103).shift().missedInRow());
    }

    @Test
    void consultingAColleagueDuringATalkLeavesTheTalkAlone() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.dials("own", 103);

        // When
        scene.callEnded("a");

        // Then
        assertFalse(scene.agent(103).free());
        scene.hungUpOwn("own");
        assertTrue(scene.agent(103).free());
    }

    @Test
    void aColleagueWhoDialsAPersonIsBusyHimselfMeanwhile() {
        // Given: 103 dials 104, which we control, and his own phone is busy with it.
        scene.register(103, 104);
        scene.dials("a", 103);
        var person = new AcdCommand.Destination.Person(Clinic.extension(104), Optional.empty());
        var caller = Clinic.colleague("leg_a", 103);
        scene.send(new AcdCommand.EnqueueCall(Scene.call("a"), caller, person, ""));
        scene.answered("a", scene.rung().leg());

        // When
        scene.enqueue("b", Clinic.REGISTRY);

        // Then
        assertTrue(scene.nobodyRung());
        scene.callEnded("a");
        scene.hungUpOwn("a");
        assertEquals(List.of("104"), scene.allRung());
    }

    private void reconcile(SipIngress sipIngress, AcdCommand.SeenCall... calls) {
        scene.send(new AcdCommand.ReconcileCalls(sipIngress, List.of(calls)));
    }

    private static AcdCommand.SeenCall own(String name, int phone) {
        return new AcdCommand.SeenCall(
                Scene.call(name),
                false,
                true,
                Map.of(new LegId("leg_" + name), true),
                Optional.of(Clinic.extension(phone)));
    }

    @Test
    void anOwnCallWhoseBeginningWasLostIsFoundInTheListOfCalls() {
        // Given
        scene.register(103);

        // When
        reconcile(Clinic.INGRESS, own("own", 103));

        // Then
        assertTrue(scene.agent(103).talksElsewhere());
    }

    @Test
    void anOwnCallWhoseEndWasLostIsOverWhenNobodyListsItForLong() {
        // Given
        scene.register(103);
        scene.dials("own", 103);
        scene.after(Duration.ofSeconds(10));
        reconcile(Clinic.INGRESS);
        var soon = scene.agent(103).talksElsewhere();
        scene.after(Duration.ofSeconds(5));

        // When
        reconcile(Clinic.INGRESS);

        // Then
        assertTrue(soon);
        assertFalse(scene.agent(103).talksElsewhere());
    }

    @Test
    void aListThatIsOlderThanTheEndOfAnOwnCallDoesNotBringItBack() {
        // Given
        scene.register(103);
        scene.dials("own", 103);
        scene.hungUpOwn("own");

        // When
        reconcile(Clinic.INGRESS, own("own", 103));

        // Then
        assertFalse(scene.agent(103).talksElsewhere());
    }

    @Test
    void anOwnCallMovesWithItsHeirAndEndsWithALostSipIngress() {
        // Given
        var heir = new SipIngress("127.0.0.1:9011");
        scene.register(103);
        scene.dials("own", 103);
        scene.send(
                new AcdCommand.HearOwnCallBegan(Scene.call("own"), Clinic.extension(103), heir));
        scene.send(new AcdCommand.LoseSipIngress(Clinic.INGRESS));
        var moved = scene.agent(103).talksElsewhere();

        // When
        scene.send(new AcdCommand.LoseSipIngress(heir));

        // Then
        assertTrue(moved);
        assertFalse(scene.agent(103).talksElsewhere());
    }
}
