// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.Devices.Device;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantRules;

/** Agents with several devices: rung at once, or one after another. */
class DevicesTest {

    private static final Extension BROWSER = new Extension("101w");
    private static final String MOBILE = "+79161230101";
    private static final Duration HOUR = Duration.ofHours(1);

    private Scene scene = clinic(false);

    /** 101 has a browser, a phone and a mobile, in this order. */
    private static Scene clinic(boolean cascade) {
        var all =
                List.of(
                        new Device(Devices.Kind.BROWSER, new PartyNumber(BROWSER.value())),
                        new Device(Devices.Kind.PHONE, new PartyNumber("101")),
                        new Device(Devices.Kind.MOBILE, new PartyNumber(MOBILE)));
        var devices = new Devices(all, cascade, Duration.ofSeconds(4));
        var equipped = Clinic.person(101).equipped(devices);
        var others = IntStream.rangeClosed(102, 110).mapToObj(Clinic::person);
        var people = Stream.concat(Stream.of(equipped), others);
        return new Scene(Clinic.ruled(QueueRules.NONE, TenantRules.USUAL, people));
    }

    private void signIn() {
        register(BROWSER);
        scene.register(101);
        scene.ready(101);
    }

    private void register(Extension device) {
        scene.send(new AcdCommand.RenewRegistrations(Map.of(device, HOUR), false));
    }

    private List<AcdEffect.NewLeg> rung() {
        return scene.effects(AcdEffect.AddLeg.class).stream().map(AcdEffect.AddLeg::leg).toList();
    }

    private static List<String> parties(List<AcdEffect.NewLeg> legs) {
        return legs.stream().map(leg -> leg.party().value()).toList();
    }

    @Test
    void allDevicesRingAtOnceAndTheFirstToAnswerSilencesTheOthers() {
        // Given
        signIn();
        scene.enqueue("a", Clinic.REGISTRY);
        var legs = rung();

        // When
        scene.answered("a", legs.get(1).leg());

        // Then
        assertEquals(List.of("101w", "101", MOBILE), parties(legs));
        var silenced = scene.effects(AcdEffect.HangUpLeg.class);
        assertEquals(
                List.of(legs.get(0).leg(), legs.get(2).leg()),
                silenced.stream().map(AcdEffect.HangUpLeg::leg).toList());
        assertEquals(EndReason.ANSWERED_ELSEWHERE, silenced.getFirst().reason());
        assertEquals(legs.get(1).leg(), scene.effects(AcdEffect.JoinLegs.class).getFirst().other());
        assertEquals(AgentState.OnCall.class, scene.state(101));
    }

    @Test
    void aMobileIsShownOurOwnNumberBecauseCarriersAllowNoOther() {
        // Given
        signIn();

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        var shown = rung().stream().map(leg -> leg.shown().number().value()).toList();
        assertEquals(List.of("+79160000001", "+79160000001", "+74950000100"), shown);
    }

    @Test
    void twoDevicesThatAnswerTogetherLeaveOneTalkAndNoGhost() {
        // Given
        signIn();
        scene.enqueue("a", Clinic.REGISTRY);
        var legs = rung();
        scene.answered("a", legs.get(0).leg());
        scene.effects(AcdEffect.HangUpLeg.class);

        // When
        scene.answered("a", legs.get(1).leg());

        // Then
        assertEquals(legs.get(1).leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals(1, scene.effects(AcdEffect.JoinLegs.class).size());
    }

    @Test
    void aCascadeRingsTheNextDeviceWhileEarlierOnesGoOn() {
        // Given
        scene = clinic(true);
        signIn();
        scene.enqueue("a", Clinic.REGISTRY);
        var first = rung();
        scene.after(Duration.ofSeconds(4));
        var second = rung();

        // When
        scene.after(Duration.ofSeconds(4));
        var third = rung();

        // Then
        assertEquals(List.of("101w"), parties(first));
        assertEquals(List.of("101"), parties(second));
        assertEquals(List.of(MOBILE), parties(third));
        assertTrue(scene.effects(AcdEffect.HangUpLeg.class).isEmpty());
        // All of them stop together, with the offer.
        assertEquals(Duration.ofSeconds(15), first.getFirst().ringTimeout());
        assertEquals(Duration.ofSeconds(7), third.getFirst().ringTimeout());
    }

    @Test
    void aDeviceThatIsBusyInACascadeIsFollowedByTheNextAtOnce() {
        // Given
        scene = clinic(true);
        signIn();
        scene.enqueue("a", Clinic.REGISTRY);
        var first = rung().getFirst();

        // When
        scene.ended("a", first.leg(), "busy", 486);

        // Then
        assertEquals(List.of("101"), parties(rung()));
        assertEquals(AgentState.Offered.class, scene.state(101));
    }

    @Test
    void whoDeclinesOnOneDeviceDeclinesOnAll() {
        // Given
        signIn();
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        var legs = rung();

        // When
        scene.ended("a", legs.getFirst().leg(), "rejected", 603);

        // Then
        assertEquals(2, scene.effects(AcdEffect.HangUpLeg.class).size());
        assertEquals(
                Offer.End.REJECTED, scene.happened(AcdEvent.OfferEnded.class).getFirst().end());
        assertEquals(List.of("103"), parties(rung()));
    }

    @Test
    void anOfferIsOverWhenTheLastDeviceIsAndWhatTheAgentDidCountsMost() {
        // Given
        signIn();
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY);
        var legs = rung();
        scene.ended("a", legs.get(0).leg(), "busy", 486);
        scene.ended("a", legs.get(2).leg(), "unreachable", 480);
        var meanwhile = rung();

        // When
        scene.ended("a", legs.get(1).leg(), "no-answer", 487);

        // Then
        assertEquals(List.of(), meanwhile);
        assertEquals(
                Offer.End.REJECTED, scene.happened(AcdEvent.OfferEnded.class).getFirst().end());
        assertEquals(1, scene.agent(101).shift().missedInRow());
        assertEquals(List.of("103"), parties(rung()));
    }

    @Test
    void aDeviceThatUnregistersWhileItRingsLeavesTheOthersRinging() {
        // Given
        signIn();
        scene.enqueue("a", Clinic.REGISTRY);
        var legs = rung();

        // When
        scene.unregister(101);

        // Then
        assertEquals(legs.get(1).leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals(AgentState.Offered.class, scene.state(101));
        scene.answered("a", legs.get(0).leg());
        assertEquals(AgentState.OnCall.class, scene.state(101));
    }

    @Test
    void onlyDevicesThatAreThereAreRung() {
        // Given
        scene.register(101);
        scene.ready(101);

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(List.of("101", MOBILE), parties(rung()));
    }

    @Test
    void withAMobileAloneAnAgentIsReadyWhenHeSaysSo() {
        // Given
        var before = scene.agent(101).signedIn();

        // When
        scene.ready(101);
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertFalse(before);
        assertEquals(List.of(MOBILE), parties(rung()));
    }

    @Test
    void aPlacedCallRingsTheFirstDeviceThatIsThere() {
        // Given
        signIn();

        // When
        scene.place("a", 101);

        // Then
        var own = scene.effects(AcdEffect.CreateCall.class).getFirst().leg();
        assertEquals(BROWSER.value(), own.party().value());
    }

    @Test
    void aNewLeaderRingsTheSameLegsAgainAndGoesOnWithTheCascade() {
        // Given
        scene = clinic(true);
        signIn();
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(Duration.ofSeconds(4));
        var before = rung().stream().map(AcdEffect.NewLeg::leg).toList();

        // When
        scene.takeOver(2);

        // Then
        assertEquals(before, rung().stream().map(AcdEffect.NewLeg::leg).toList());
        scene.after(Duration.ofSeconds(4));
        assertEquals(List.of(MOBILE), parties(rung()));
    }

    @Test
    void anOwnCallFromAnyOfHisDevicesCounts() {
        // Given
        signIn();
        var own = new CallId("call_own");

        // When
        scene.send(new AcdCommand.HearOwnCallBegan(own, BROWSER, Clinic.INGRESS));

        // Then
        assertTrue(scene.agent(101).talksElsewhere());
        scene.enqueue("a", Clinic.REGISTRY);
        assertTrue(scene.nobodyRung());
    }
}
