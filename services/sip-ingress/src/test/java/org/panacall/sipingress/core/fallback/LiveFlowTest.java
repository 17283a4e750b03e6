// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Bodies;

/** Flows that somebody asks for while a caller talks with an agent. */
class LiveFlowTest extends ControlledCall {

    private static final Controller US = new Controller(Controller.Kind.SIP_INGRESS, "desktop-1");
    private static final Destination.Flow PAYMENT =
            new Destination.Flow(
                    "payment", Destination.Entry.with(new TreeMap<>(Map.of("sum", "1500"))));

    /** A caller whom acd has. */
    private LegId queued() {
        var caller = world.ring(World.CARRIER, "74950000101", Optional.of(Bodies.BOTH));
        world.run(SOON);
        take(ACD);
        world.send(new Order.AnswerLeg(by(ACD), call().id(), call().primary().id()));
        world.run(SOON);
        return caller;
    }

    /** He talks with agent 104; returns the agent's side. */
    private LegId talk() {
        return talk("");
    }

    private Optional<Refusal> runFlow() {
        return world.send(new Order.RunFlow(by(US), call().id(), PAYMENT));
    }

    @Test
    void theTalkGoesOnUntilIvrHasTheCaller() {
        // Given
        queued();
        talk();
        // When
        var refusal = runFlow();
        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals("payment", askedFlow().target());
        assertEquals(Map.of("agent", "104", "sum", "1500"), askedFlow().entry().variables());
        assertTrue(call().isJoined(AGENT));
        assertEquals(Optional.of(ACD), call().controller());
    }

    @Test
    void onceIvrHasHimTheAgentIsFreeAndAcdIsTold() {
        // Given
        queued();
        var phone = talk();
        runFlow();
        // When
        take(IVR);
        world.run(SOON);
        // Then
        assertEquals(Optional.of(IVR), call().controller());
        assertTrue(call().leg(AGENT).orElseThrow().isEnded());
        assertTrue(call().end().isEmpty());
        var ended = (Notice.LegEnded) toldAcd().getLast();
        assertEquals(AGENT, ended.leg());
        assertEquals("payment", ended.flow());
        assertTrue(
                world.heard().stream()
                        .anyMatch(
                                said ->
                                        said instanceof UserAgentOutput.Ended over
                                                && over.leg().equals(phone)),
                "the agent's phone is not told");
    }

    @Test
    void theFirstOrderOfTheFlowMayComeBeforeItsYes() {
        // Given
        queued();
        talk();
        runFlow();
        var prompt = Program.once(new Prompt.Stored("greeting", "ru", ""));
        // When
        var caller = call().primary().id();
        var refusal =
                world.send(new Order.Play(by(IVR), call().id(), caller, new PlayId("1"), prompt));
        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals(Optional.of(IVR), call().controller());
        take(IVR);
        assertEquals(Optional.of(IVR), call().controller());
        assertTrue(call().leg(AGENT).orElseThrow().isEnded());
    }

    @Test
    void withoutIvrTheTalkGoesOnAndItIsTold() {
        // Given
        queued();
        talk();
        runFlow();
        var ask = world.asked().getLast();
        // When
        world.send(new IngressCommand.ControllerAway(call().id(), ask.request()));
        // Then
        assertTrue(call().isJoined(AGENT));
        assertEquals(Optional.of(ACD), call().controller());
        assertTrue(
                world.audit().facts().stream()
                        .anyMatch(
                                fact -> fact.event().equals(new CallEvent.FlowNotRun("payment"))));
        assertEquals(Optional.empty(), runFlow(), "it may be tried again");
    }

    @Test
    void anAgentWhoHangsUpBeforeLeavesTheCallerToTheFlow() {
        // Given
        queued();
        var phone = talk();
        runFlow();
        // When
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(SOON);
        // Then
        assertTrue(call().end().isEmpty());
        assertEquals("payment", ((Notice.LegEnded) toldAcd().getLast()).flow());
        take(IVR);
        assertEquals(Optional.of(IVR), call().controller());
    }

    @Test
    void aCallerWhoHangsUpMeanwhileIsToldToIvr() {
        // Given
        var caller = queued();
        talk();
        runFlow();
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(SOON);
        // When
        take(IVR);
        world.run(Duration.ofMinutes(2));
        // Then
        assertTrue(
                world.told().stream()
                        .anyMatch(
                                tell ->
                                        tell.to().equals(IVR)
                                                && tell.notice() instanceof Notice.CallEnded));
        world.verifyNothingIsLeft();
    }

    @Test
    void whoWaitsInALineIsInNoTalk() {
        // Given
        queued();
        // When
        var refusal = runFlow();
        // Then
        assertEquals(Refusal.Kind.WRONG_STATE, refusal.orElseThrow().kind());
    }

    @Test
    void twoFlowsAtOnceAreOneTooMany() {
        // Given
        queued();
        talk();
        runFlow();
        // When
        var refusal = runFlow();
        // Then
        assertEquals(Refusal.Kind.WRONG_STATE, refusal.orElseThrow().kind());
    }

    @Test
    void whoWasHeldIsHeldNoLonger() {
        // Given
        queued();
        talk();
        world.send(new Order.HoldLeg(by(ACD), call().id(), call().primary().id(), true));
        runFlow();
        // When
        take(IVR);
        // Then
        assertFalse(call().primary().isHeld());
    }
}
