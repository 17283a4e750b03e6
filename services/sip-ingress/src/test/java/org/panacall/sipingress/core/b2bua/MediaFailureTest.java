// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Bodies;

class MediaFailureTest {

    private static final Controller ACD = new Controller(Controller.Kind.ACD, "acd-1");
    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1");
    private static final Duration SOON = Duration.ofMillis(100);

    @Test
    void aLegThatMediaCannotCarryEndsInsteadOfHearingNothing() {
        // Given
        var world = new World();
        var caller = world.ring(World.CARRIER, "+74950000199", Optional.of(Bodies.MU_LAW));
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var leg = call.primary().id();
        assertTrue(world.media().hears(call.id(), leg, leg));
        // When
        world.media().refuse(open -> true);
        world.send(new IngressCommand.MediaFailed(leg));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(List.of(EndReason.us("media-lost")), world.audit().ends());
        assertTrue(
                world.heard().stream()
                        .filter(UserAgentOutput.ByeReceived.class::isInstance)
                        .map(UserAgentOutput.ByeReceived.class::cast)
                        .anyMatch(bye -> bye.leg().equals(caller)));
    }

    @Test
    void aLegThatMediaOpensTooLateIsGivenBackThoughItsCallGoesOn() {
        // Given
        var world = new World();
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        world.send(new IngressCommand.WatchController(ACD, true));
        world.send(new Order.AnswerLeg(stamp(ACD, "answer"), call.id(), call.primary().id()));
        world.media().beLate(open -> true);
        // When
        var target = new LegPlan.Target.Extension("103");
        var leg = new LegId("leg-a");
        var plan = new LegPlan(leg, LegRole.AGENT, target, "", "", Duration.ofSeconds(15), "");
        world.send(new Order.AddLeg(stamp(ACD, "add"), call.id(), plan));
        world.run(Duration.ofSeconds(6));
        // Then
        assertEquals(1, world.core().calls());
        assertFalse(world.media().isOpen(leg));
    }

    @Test
    void aLegThatIsAddedWhereTheNodeHasJustDiedIsOpenedAtAnotherAndSoIsItsCall() {
        // Given
        var world = new World();
        world.media().add("media-2");
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        takeAndAnswer(world, world.asked().getFirst());
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var dead = call.node().orElseThrow();
        world.media().kill(dead);
        // When
        var leg = new LegId("leg-a");
        var target = new LegPlan.Target.Extension("103");
        var plan = new LegPlan(leg, LegRole.AGENT, target, "", "", Duration.ofSeconds(15), "");
        world.send(new Order.AddLeg(stamp(ACD, "add"), call.id(), plan));
        world.run(SOON);
        // Then: long before anybody has noticed.
        assertTrue(world.media().isOpen(leg));
        assertTrue(world.media().isOpen(call.primary().id()));
        assertNotEquals(Optional.of(dead), call.node());
        assertEquals(List.of(), world.audit().legEnds());
        assertEquals(1, heard(world, UserAgentOutput.Invited.class), "103 is not rung");
        assertEquals(1, heard(world, UserAgentOutput.Reinvited.class), "the caller is not told");
    }

    @Test
    void aLegForWhichTheNodeHasNoRoomEndsAndItsCallStaysWhereItIs() {
        // Given
        var world = new World();
        world.media().add("media-2");
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        takeAndAnswer(world, world.asked().getFirst());
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var node = call.node();
        world.media().refuse(open -> true);
        // When
        var target = new LegPlan.Target.Extension("103");
        var leg = new LegId("leg-a");
        var plan = new LegPlan(leg, LegRole.AGENT, target, "", "", Duration.ofSeconds(15), "");
        world.send(new Order.AddLeg(stamp(ACD, "add"), call.id(), plan));
        world.run(SOON);
        // Then
        assertEquals(List.of(EndReason.us("no-media")), world.audit().legEnds());
        assertEquals(node, call.node());
        assertFalse(call.isMoving());
    }

    @Test
    void anAnswerFromBeforeACallSetOutDoesNotTearItApart() {
        // Given
        var world = new World();
        world.media().add("media-2");
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        takeAndAnswer(world, world.asked().getFirst());
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var before = call.node().orElseThrow();
        world.media().beLate(open -> true);
        var target = new LegPlan.Target.Extension("103");
        var leg = new LegId("leg-a");
        var plan = new LegPlan(leg, LegRole.AGENT, target, "", "", Duration.ofSeconds(15), "");
        world.send(new Order.AddLeg(stamp(ACD, "add"), call.id(), plan));
        world.media().beLate(open -> false);
        world.run(SOON);
        // When
        world.send(new IngressCommand.MediaDrains(before));
        world.run(Duration.ofSeconds(6));
        // Then
        assertNotEquals(Optional.of(before), call.node());
        world.awaitMediaAsBelieved();
        assertEquals(2, world.media().openLegs());
    }

    @Test
    void aNodeThatLostOneLegOfACallIsRidOfTheOthersAsWell() {
        // Given
        var world = new World();
        world.media().add("media-2");
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        takeAndAnswer(world, world.asked().getFirst());
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var before = call.node();
        // When
        world.send(new IngressCommand.MediaFailed(call.primary().id()));
        world.run(SOON);
        // Then
        assertNotEquals(before, call.node());
        assertEquals(1, world.media().openLegs(), "a ghost at the node that was left");
    }

    @Test
    void aCallThatEndsOnItsWayLeavesNothingAtTheNodeThatItLeft() {
        // Given
        var world = new World();
        world.ring(World.CARRIER, "+74950000199", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        world.media().refuse(open -> true);
        world.send(new IngressCommand.MediaFailed(call.primary().id()));
        world.run(SOON);
        assertTrue(call.isMoving());
        // When
        world.send(new IngressCommand.HangUpAll());
        world.run(Duration.ofMinutes(1));
        // Then
        world.verifyNothingIsLeft();
    }

    private static long heard(World world, Class<? extends UserAgentOutput> what) {
        return world.heard().stream().filter(what::isInstance).count();
    }

    @ParameterizedTest
    @CsvSource({"+74950000199, 60", "+74950000100, 60", "+74950000101, 300"})
    void aCallerWhoSendsNothingIsGivenUpAfterTheLimitOfWhereHeIs(String dialled, int limit) {
        // Given
        var world = new World();
        world.ring(World.CARRIER, dialled, Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var caller = call.primary().id();
        world.send(new IngressCommand.AudioChanged(caller, false));
        world.asked().forEach(asked -> takeAndAnswer(world, asked));
        // When
        world.run(Duration.ofSeconds(limit - 1));
        // Then
        assertEquals(1, world.core().calls());
        world.run(Duration.ofMinutes(1));
        var silent = new EndReason(EndReason.Fault.UNKNOWN, "media-timeout");
        assertEquals(List.of(silent), world.audit().ends());
        world.verifyNothingIsLeft();
    }

    @Test
    void whoIsHeardAgainOrHeldIsNotGivenUp() {
        // Given
        var world = new World();
        world.ring(World.CARRIER, "+74950000100", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var caller = call.primary().id();
        world.asked().forEach(asked -> takeAndAnswer(world, asked));
        world.send(new IngressCommand.AudioChanged(caller, false));
        // When
        world.run(Duration.ofSeconds(50));
        world.send(new IngressCommand.AudioChanged(caller, true));
        world.run(Duration.ofMinutes(2));
        world.send(new Order.HoldLeg(stamp(IVR, "hold"), call.id(), caller, true));
        world.send(new IngressCommand.AudioChanged(caller, false));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(1, world.core().calls());
    }

    private static void takeAndAnswer(World world, IngressEffect.AskController asked) {
        var flow = asked.target() instanceof Destination.Flow;
        var controller = flow ? IVR : ACD;
        world.send(new IngressCommand.WatchController(controller, true));
        var handed = asked.handed();
        world.send(new Order.AnswerLeg(stamp(controller, "answer"), handed.call(), handed.leg()));
    }

    private static Order.Stamp stamp(Controller by, String effect) {
        return new Order.Stamp(effect, 1, by);
    }
}
