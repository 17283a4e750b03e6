// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.Destination.Terms;
import org.panacall.sipingress.core.plan.Destination.WayBack;
import org.panacall.sipingress.core.plan.RingPlan;
import org.panacall.sipingress.core.sdp.Bodies;

/** Calls that come back to their flow, and callers who go into one when their talk is over. */
class HandBackTest extends ControlledCall {

    /** A caller in a flow, who is sent to somebody from there. */
    private LegId send(Destination.HandOver to) {
        var caller = world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.BOTH));
        world.run(SOON);
        take(IVR);
        world.send(new Order.AnswerLeg(by(IVR), call().id(), call().primary().id()));
        world.run(SOON);
        world.send(new Order.HandOver(by(IVR), call().id(), to));
        return caller;
    }

    private static Destination.Person person() {
        return new Destination.Person("104", "paid", new Terms(Optional.empty(), false, way()));
    }

    private static Optional<WayBack> way() {
        return Optional.of(new WayBack("main", "Ym9vaw==", List.of("no-answer", "unavailable")));
    }

    @Test
    void aCallGoesBackToItsFlowByTheExitThatAcdSays() {
        // Given
        send(person());
        take(ACD);
        // When
        var refusal = world.send(new Order.HandBack(by(ACD), call().id(), "no-answer"));
        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals("main", askedFlow().target());
        assertEquals("no-answer", askedFlow().entry().exit());
        assertEquals(way(), askedFlow().entry().back());
        take(IVR);
        assertEquals(Optional.of(IVR), call().controller());
    }

    @Test
    void aLateYesOfAcdDoesNotTakeACallAwayThatItHandedBack() {
        // Given
        send(person());
        var late = world.asked().getLast();
        world.send(new Order.HandBack(by(ACD), call().id(), "no-answer"));
        var told = world.told().size();
        // When
        world.send(new IngressCommand.ControllerTook(call().id(), late.request(), ACD));
        // Then
        assertEquals(told, world.told().size());
        take(IVR);
        assertEquals(Optional.of(IVR), call().controller());
    }

    @Test
    void whoWasNotGivenAWayBackCannotUseOne() {
        // Given
        send(new Destination.Person("104", "paid"));
        take(ACD);
        // When
        var refusal = world.send(new Order.HandBack(by(ACD), call().id(), "no-answer"));
        // Then
        assertEquals(Refusal.Kind.WRONG_STATE, refusal.orElseThrow().kind());
        assertEquals(Optional.of(ACD), call().controller());
    }

    @Test
    void withoutIvrACallThatIsHandedBackGoesToTheFlowsFallbackQueue() {
        // Given
        send(person());
        take(ACD);
        world.send(new Order.HandBack(by(ACD), call().id(), "no-answer"));
        var ask = world.asked().getLast();
        // When
        world.send(new IngressCommand.ControllerAway(call().id(), ask.request()));
        // Then
        assertEquals("paid", world.asked().getLast().target().target());
    }

    @Test
    void aPersonWhomAcdDoesNotKnowIsUnavailable() {
        // Given
        send(person());
        var ask = world.asked().getLast();
        // When
        world.send(new IngressCommand.ControllerRefused(call().id(), ask.request()));
        // Then
        assertEquals("unavailable", askedFlow().entry().exit());
    }

    @Test
    void withoutAcdThePersonsPhoneIsRungAndTheCallGoesBackAllTheSame() {
        // Given
        send(person());
        var ask = world.asked().getLast();
        world.send(new IngressCommand.ControllerAway(call().id(), ask.request()));
        world.run(SOON);
        assertEquals(2, call().legs().size());
        // When
        world.run(Duration.ofSeconds(16));
        // Then
        assertEquals("no-answer", askedFlow().entry().exit());
    }

    private static Destination.Group group() {
        var times = new RingPlan.Times(Optional.of(Duration.ofSeconds(5)), Optional.empty());
        var members = List.of("104", "+74951112233", "105");
        return new Destination.Group(
                new RingPlan(members, RingPlan.Order.ESCALATING, times, "rating"),
                "paid",
                new Terms(Optional.empty(), false, way()));
    }

    @Test
    void withoutAcdThePhonesOfAGroupRingInTurnAndTheCallGoesBackAfterTheLast() {
        // Given
        send(group());
        var ask = world.asked().getLast();
        // When
        world.send(new IngressCommand.ControllerAway(call().id(), ask.request()));
        world.run(SOON);
        // Then
        assertEquals(List.of("104"), rung());
        // When
        world.run(Duration.ofSeconds(6));
        // Then
        assertEquals(List.of("104", "105"), rung());
        assertTrue(world.asked().getLast().target() instanceof Destination.Group);
        // When
        world.run(Duration.ofMillis(4_500));
        // Then
        assertEquals("no-answer", askedFlow().entry().exit());
    }

    private List<String> rung() {
        return call().legs().stream().skip(1).map(leg -> leg.party()).toList();
    }

    @Test
    void anHeirKnowsTheGroup() {
        // Given
        send(group());
        // When
        world.die();
        world.run(SOON);
        // Then
        assertEquals(group(), world.asked().getLast().target());
    }

    @Test
    void anHeirKnowsTheWayBack() {
        // Given
        send(person());
        take(ACD);
        // When
        world.die();
        world.send(new Order.HandBack(by(ACD), call().id(), "no-answer"));
        // Then
        assertEquals(way(), askedFlow().entry().back());
    }

    @Test
    void aHandOverIsMadeAnewWhenTheCallWasBackInBetween() {
        // Given
        send(person());
        var stamp = again(IVR);
        take(ACD);
        world.send(new Order.HandBack(by(ACD), call().id(), "no-answer"));
        take(IVR);
        var asked = world.asked().size();
        // When
        world.send(new Order.HandOver(stamp, call().id(), person()));
        // Then
        assertEquals(asked + 1, world.asked().size());
    }

    /** Caller and agent talk, and a flow is to follow. */
    private LegId rated() {
        take(ACD);
        return talk("rating");
    }

    @Test
    void aCallerWhoseAgentHungUpGoesIntoTheFlowAndAcdIsTold() {
        // Given
        send(new Destination.Queue("registry"));
        var phone = rated();
        // When
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(SOON);
        // Then
        assertEquals("rating", askedFlow().target());
        var ended = (Notice.LegEnded) toldAcd().getLast();
        assertEquals(AGENT, ended.leg());
        assertEquals("rating", ended.flow());
        assertTrue(call().end().isEmpty());
        assertEquals(List.of(call().primary().id()), world.asked().getLast().handed().liveLegs());
        take(IVR);
        assertEquals(Optional.of(IVR), call().controller());
    }

    @Test
    void aCallerWhoHangsUpFirstEndsHisCall() {
        // Given
        var caller = send(new Destination.Queue("registry"));
        rated();
        // When
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals("caller-hung-up", world.audit().ends().getFirst().reason());
        world.verifyNothingIsLeft();
    }

    @Test
    void withoutIvrTheCallEndsWithTheTalk() {
        // Given
        send(new Destination.Queue("registry"));
        var phone = rated();
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(SOON);
        var ask = world.asked().getLast();
        // When
        world.send(new IngressCommand.ControllerAway(call().id(), ask.request()));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals("agent-hung-up", world.audit().ends().getFirst().reason());
        world.verifyNothingIsLeft();
    }

    @Test
    void anHeirKnowsWhatFollowsATalk() {
        // Given
        send(new Destination.Queue("registry"));
        var phone = rated();
        world.die();
        world.run(Duration.ofSeconds(1));
        // When
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(SOON);
        // Then
        assertEquals("rating", askedFlow().target());
    }
}
