// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.sdp.Bodies;

/** When a controller hears that a call is over, and its agent's phone free. */
class EndToldTest {

    private static final Controller ACD = new Controller(Controller.Kind.ACD, "acd-1");
    private static final LegId AGENT = new LegId("agent-1");
    private static final Duration SOON = Duration.ofMillis(50);

    /** A datagram's way to the edge, or back. */
    private static final Duration WAY = Duration.ofMillis(1);

    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "caller-hung-up");

    private final World world = new World();
    private LegId caller;
    private CallId call;
    private int effects;

    @BeforeEach
    void talk() {
        world.send(new IngressCommand.WatchController(ACD, true));
        caller = world.ring(World.CARRIER, "74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var ask = world.asked().getLast();
        call = ask.handed().call();
        world.send(new IngressCommand.ControllerTook(call, ask.request(), ACD));
        world.send(new Order.AnswerLeg(stamp(), call, ask.handed().leg()));
        var target = new LegPlan.Target.Extension("103");
        var ring = Duration.ofSeconds(15);
        var plan = new LegPlan(AGENT, LegRole.AGENT, target, "+79161234567", "", ring, "agent_103");
        world.send(new Order.AddLeg(stamp(), call, plan));
        world.run(SOON);
        world.party(new UserAgentCommand.Accept(phone(), Bodies.A_LAW));
        world.run(SOON);
        world.send(new Order.JoinLegs(stamp(), call, ask.handed().leg(), AGENT));
        world.run(SOON);
    }

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 0, ACD);
    }

    private LegId phone() {
        return world.heard().stream()
                .filter(UserAgentOutput.Invited.class::isInstance)
                .map(output -> ((UserAgentOutput.Invited) output).leg())
                .findFirst()
                .orElseThrow();
    }

    private List<Notice> notices() {
        return world.told().stream().map(IngressEffect.Tell::notice).toList();
    }

    private long endsTold() {
        return notices().stream().filter(new Notice.CallEnded(HUNG_UP)::equals).count();
    }

    private void callerHangsUp() {
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
    }

    private Instant finishedAt() {
        return world.audit().facts().stream()
                .filter(fact -> fact.event() instanceof CallEvent.CallFinished)
                .map(CallFact::at)
                .findFirst()
                .orElseThrow();
    }

    /** Answers to our BYE do not come through. */
    private void silenceThePhone() {
        world.disturb(
                datagram -> {
                    var text = new String(datagram, StandardCharsets.ISO_8859_1);
                    boolean answer = text.startsWith("SIP/2.0 200") && text.contains(" BYE\r\n");
                    return answer ? new byte[0] : datagram;
                });
    }

    @Test
    void theEndIsToldWhenThePhoneHasAnsweredOurBye() {
        // Given
        callerHangsUp();
        // When
        world.run(WAY.plus(WAY));
        // Then
        var ended = new Notice.LegEnded(AGENT, HUNG_UP, 0);
        assertTrue(notices().contains(ended), "a leg's end is told at once");
        assertEquals(0, endsTold(), "the phone may not have heard our BYE yet");
        world.run(WAY.plus(WAY));
        assertEquals(1, endsTold());
        world.run(Duration.ofMinutes(2));
        assertEquals(1, endsTold());
        world.verifyNothingIsLeft();
    }

    @Test
    void aPhoneThatDoesNotAnswerKeepsTheEndBackForHalfASecondOnly() {
        // Given
        silenceThePhone();
        callerHangsUp();
        // When
        world.run(Duration.ofMillis(490));
        // Then
        assertEquals(0, endsTold());
        world.run(Duration.ofMillis(20));
        assertEquals(1, endsTold());
        var late = IngressEffect.Counted.END_TOLD_UNCLEAR;
        assertEquals(1, world.counted().stream().filter(late::equals).count());
        world.run(Duration.ofMinutes(2));
        assertEquals(1, endsTold());
        world.verifyNothingIsLeft();
    }

    @Test
    void theRecordsEndDoesNotWaitForThePhone() {
        // Given
        silenceThePhone();
        var before = world.now();
        // When
        callerHangsUp();
        world.run(Duration.ofSeconds(1));
        // Then
        var after = Duration.between(before, finishedAt());
        assertTrue(after.compareTo(SOON) < 0, () -> "recorded after " + after);
        assertEquals(0, world.core().calls(), "told, recorded and forgotten");
    }

    @Test
    void ordersToEndACallThatEndsAreAnsweredAsEver() {
        // Given
        silenceThePhone();
        var first = new Order.HangUpCall(stamp(), call, HUNG_UP, false);
        assertEquals(Optional.empty(), world.send(first));
        world.run(SOON);
        // When
        var again = world.send(first);
        var another = world.send(new Order.HangUpCall(stamp(), call, HUNG_UP, false));
        // Then
        assertEquals(Optional.empty(), again);
        assertEquals(Refusal.Kind.CALL_UNKNOWN, another.orElseThrow().kind());
        world.run(Duration.ofMinutes(2));
        assertEquals(1, endsTold());
        world.verifyNothingIsLeft();
    }

    @Test
    void whoStopsTellsTheEndAtOnce() {
        // Given
        silenceThePhone();
        assertTrue(world.core().isSettled());
        // When
        world.send(new IngressCommand.HangUpAll());
        // Then
        assertTrue(notices().contains(new Notice.CallEnded(EndReason.us("shutdown"))));
    }

    @Test
    void callsAreNotLetGoWhileAnEndIsToBeTold() {
        // Given
        silenceThePhone();
        // When
        callerHangsUp();
        world.run(SOON);
        // Then
        assertFalse(world.core().isSettled());
        world.run(Duration.ofMillis(500));
        assertTrue(world.core().isSettled());
    }
}
