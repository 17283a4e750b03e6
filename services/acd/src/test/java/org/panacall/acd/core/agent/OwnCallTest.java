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
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.plan.Fit;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.Urgency;

/** Calls that agents dial on their own phones: none of ours, but nobody can talk with two. */
class OwnCallTest {

    private Scene scene = new Scene();

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

    private static Scene ringingTheBusy() {
        var fit = new Fit(Needs.NONE, List.of(), Duration.ZERO, Duration.ZERO, true);
        var rules =
                new QueuePlan.Rules(
                        new LongestIdle(),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        fit,
                        Urgency.NONE);
        var members = List.of(Member.of(Clinic.extension(103), 0));
        var queue = new QueuePlan(Clinic.REGISTRY, "", "601", rules, 9, "music/waiting", members);
        var people = List.of(Clinic.person(103));
        return new Scene(new TenantPlan(new PartyNumber("100"), List.of(queue), people));
    }

    @Test
    void aCallThatIsKnownAlreadyTakesNothingFromWhoIsRungBesideIt() {
        // Given
        scene = ringingTheBusy();
        scene.register(103);
        scene.dials("own", 103);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(Duration.ofSeconds(10));
        var leg = scene.rung();
        var waiting =
                new AcdCommand.SeenCall(
                        Scene.call("a"),
                        true,
                        false,
                        Map.of(new LegId("leg_a"), true, leg.leg(), false));

        // When
        reconcile(Clinic.INGRESS, own("own", 103), waiting);

        // Then
        assertEquals(AgentState.Offered.class, scene.state(103));
    }

    @Test
    void consultingAColleagueDuringATalkLeavesTheTalkAlone() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.dials("own", 103);

        // When
        scene.callEnded("a");
        scene.enqueue("b", Clinic.REGISTRY);

        // Then
        assertTrue(scene.nobodyRung());
        scene.hungUpOwn("own");
        assertEquals(List.of("103"), scene.allRung());
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
        scene.send(new AcdCommand.ReconcileCalls(sipIngress, Duration.ZERO, List.of(calls)));
    }

    private static AcdCommand.SeenCall own(String name, int phone) {
        return new AcdCommand.SeenCall(
                Scene.call(name),
                false,
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
        scene.send(new AcdCommand.HearOwnCallBegan(Scene.call("own"), Clinic.extension(103), heir));
        scene.send(new AcdCommand.LoseSipIngress(Clinic.INGRESS));
        var moved = scene.agent(103).talksElsewhere();

        // When
        scene.send(new AcdCommand.LoseSipIngress(heir));

        // Then
        assertTrue(moved);
        assertFalse(scene.agent(103).talksElsewhere());
    }
}
