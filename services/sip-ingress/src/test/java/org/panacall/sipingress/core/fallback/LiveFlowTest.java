// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.sdp.Bodies;

/** Flows that somebody asks for while a caller talks with an agent. */
class LiveFlowTest {

    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1-a");
    private static final Controller ACD = Controller.acdOf(new TenantId("demo"));
    private static final Controller US = new Controller(Controller.Kind.SIP_INGRESS, "desktop-1");
    private static final Duration SOON = Duration.ofMillis(100);
    private static final LegId AGENT = new LegId("leg_agent");
    private static final Destination.Flow PAYMENT =
            new Destination.Flow(
                    "payment", Destination.Entry.with(new TreeMap<>(Map.of("sum", "1500"))));

    private final World world = new World();
    private int effects;

    private Order.Stamp by(Controller controller) {
        return new Order.Stamp("effect-" + ++effects, 1, controller);
    }

    private Call call() {
        return world.core().callsAfter(new CallId("_")).iterator().next();
    }

    private void take(Controller controller) {
        var ask = world.asked().getLast();
        world.send(
                new IngressCommand.ControllerTook(ask.handed().call(), ask.request(), controller));
        world.send(new IngressCommand.WatchController(controller, true));
    }

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
        var target = new LegPlan.Target.Extension("104");
        var ring = Duration.ofSeconds(15);
        var plan = new LegPlan(AGENT, LegRole.AGENT, target, "+79", "", ring, "agent_104");
        world.send(new Order.AddLeg(by(ACD), call().id(), plan));
        world.run(SOON);
        var phone =
                world.heard().stream()
                        .filter(UserAgentOutput.Invited.class::isInstance)
                        .map(UserAgentOutput.Invited.class::cast)
                        .reduce((one, other) -> other)
                        .orElseThrow()
                        .leg();
        world.party(new UserAgentCommand.Accept(phone, Bodies.A_LAW));
        world.run(SOON);
        world.send(new Order.JoinLegs(by(ACD), call().id(), call().primary().id(), AGENT));
        world.run(SOON);
        return phone;
    }

    private Optional<Refusal> runFlow() {
        return world.send(new Order.RunFlow(by(US), call().id(), PAYMENT));
    }

    private Destination.Flow askedFlow() {
        return (Destination.Flow) world.asked().getLast().target();
    }

    private List<Notice> toldAcd() {
        return world.told().stream()
                .filter(tell -> tell.to().equals(ACD))
                .map(IngressEffect.Tell::notice)
                .toList();
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
