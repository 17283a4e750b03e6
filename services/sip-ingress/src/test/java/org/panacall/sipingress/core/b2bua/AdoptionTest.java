// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.sdp.Bodies;

/** What an heir makes of the calls of a dead sip-ingress. */
class AdoptionTest {

    private static final Controller ACD = new Controller(Controller.Kind.ACD, "acd-1");
    private static final LegId AGENT = new LegId("agent-1");
    private static final Duration SOON = Duration.ofMillis(50);

    private final World world = new World();
    private int effects;

    @BeforeEach
    void acdListens() {
        world.send(new IngressCommand.WatchController(ACD, true));
    }

    @Test
    void aTalkGoesOnAndTheCallersByeEndsBothLegs() {
        // Given
        var caller = talk();
        var call = onlyCall();
        // When
        world.die();
        world.run(SOON);
        // Then
        assertTrue(world.media().hears(call, AGENT, primary(call)));
        assertEquals(1, told(Notice.CallAdopted.class));
        // When
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(Duration.ofMinutes(1));
        // Then
        assertEquals("caller-hung-up", world.audit().endOf(call).reason());
        assertTrue(heard(UserAgentOutput.ByeReceived.class));
        world.verifyNothingIsLeft();
    }

    @Test
    void aTalkThatIsInheritedTwiceIsEndedByTheAgent() {
        // Given
        talk();
        var call = onlyCall();
        world.die();
        world.run(SOON);
        world.die();
        world.run(SOON);
        // When
        world.party(new UserAgentCommand.Bye(rungParty(), Optional.empty()));
        world.run(Duration.ofMinutes(1));
        // Then
        assertEquals("agent-hung-up", world.audit().endOf(call).reason());
        world.verifyNothingIsLeft();
    }

    @Test
    void acdIsToldAgainOfAPhonesOwnCallWhichGoesOn() {
        // Given
        var phone = world.ring(World.PHONE, "999", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        // When
        world.die();
        world.run(SOON);
        // Then
        assertEquals(2, told(Notice.OwnCallBegan.class));
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(Duration.ofMinutes(1));
        assertEquals(1, told(Notice.OwnCallEnded.class));
        world.verifyNothingIsLeft();
    }

    @Test
    void aRingingPhoneIsCancelledAndItsControllerTold() {
        // Given
        queued();
        var call = onlyCall();
        ring(call);
        world.run(SOON);
        world.party(new UserAgentCommand.Ring(rungParty(), 180, Optional.empty()));
        world.run(SOON);
        // When
        world.die();
        world.run(SOON);
        // Then
        assertEquals("sip-ingress-lost", world.audit().legEnds().getFirst().reason());
        assertEquals(1, told(Notice.LegEnded.class));
        assertTrue(heard(UserAgentOutput.Cancelled.class));
        assertTrue(world.core().call(call).orElseThrow().end().isEmpty());
        assertEquals(Optional.of(ACD), world.core().call(call).orElseThrow().controller());
        world.send(new IngressCommand.HangUpAll());
        world.run(Duration.ofMinutes(1));
        world.verifyNothingIsLeft();
    }

    @Test
    void aCallInSetUpIsRefusedInTheWayThatHasTheEdgeTryElsewhere() {
        // Given
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var call = onlyCall();
        // When
        world.die();
        world.run(SOON);
        // Then
        assertEquals("sip-ingress-lost", world.audit().endOf(call).reason());
        assertTrue(heard(UserAgentOutput.Rejected.class));
        world.verifyNothingIsLeft();
    }

    @Test
    void orderIsTakenByTheHeirAsIfNothingHadHappened() {
        // Given
        queued();
        var call = onlyCall();
        world.die();
        // When
        ring(call);
        world.run(SOON);
        world.party(new UserAgentCommand.Accept(rungParty(), Bodies.A_LAW));
        world.run(SOON);
        var refusal = world.send(new Order.JoinLegs(stamp(), call, primary(call), AGENT));
        world.run(SOON);
        // Then
        assertEquals(Optional.empty(), refusal);
        assertTrue(world.media().hears(call, AGENT, primary(call)));
    }

    @Test
    void aTalkWhoseMediaNodeDiedWithUsIsMovedByTheHeir() {
        // Given
        world.media().add("media-2");
        talk();
        var call = onlyCall();
        var node = world.core().call(call).orElseThrow().node().orElseThrow();
        world.media().kill(node);
        // When
        world.die();
        world.run(Duration.ofSeconds(2));
        // Then
        assertTrue(world.media().hears(call, AGENT, primary(call)));
        assertNotEquals(Optional.of(node), world.core().call(call).orElseThrow().node());
        world.send(new IngressCommand.HangUpAll());
        world.run(Duration.ofMinutes(1));
        world.verifyNothingIsLeft();
    }

    @Test
    void aTalkOnItsWayToAnotherMediaNodeGetsThereThoughWeDie() {
        // Given
        world.media().add("media-2");
        talk();
        var call = onlyCall();
        var node = world.core().call(call).orElseThrow().node().orElseThrow();
        world.media().kill(node);
        world.run(Duration.ofMillis(701));
        assertTrue(world.core().call(call).orElseThrow().isMoving());
        // When
        world.die();
        world.run(Duration.ofSeconds(2));
        // Then
        assertTrue(world.media().hears(call, AGENT, primary(call)));
        assertTrue(heard(UserAgentOutput.Reinvited.class), "parties know where to send");
        world.send(new IngressCommand.HangUpAll());
        world.run(Duration.ofMinutes(1));
        world.verifyNothingIsLeft();
    }

    @Test
    void aPlayOfACallThatWasInheritedGoesOnAtAnotherMediaNode() {
        // Given
        world.media().add("media-2");
        queued();
        var call = onlyCall();
        var play = new PlayId("play-1");
        var menu = new Program(List.of(new Prompt.Stored("menu", "ru", "")), true, false);
        world.send(new Order.Play(stamp(), call, primary(call), play, menu));
        // Something happens, with which it is stored.
        ring(call);
        world.run(SOON);
        world.die();
        world.run(SOON);
        // When
        world.media().kill(world.core().call(call).orElseThrow().node().orElseThrow());
        world.run(Duration.ofSeconds(2));
        // Then
        var playing = world.media().playOn(primary(call)).orElseThrow();
        assertEquals(play, playing.play());
        assertEquals(menu, playing.program());
    }

    private LegId queued() {
        var caller = world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var ask = world.asked().getLast();
        var call = ask.handed().call();
        world.send(new IngressCommand.ControllerTook(call, ask.request(), ACD));
        world.send(new Order.AnswerLeg(stamp(), call, ask.handed().leg()));
        world.run(SOON);
        return caller;
    }

    private LegId talk() {
        var caller = queued();
        var call = onlyCall();
        ring(call);
        world.run(SOON);
        world.party(new UserAgentCommand.Accept(rungParty(), Bodies.A_LAW));
        world.run(SOON);
        world.send(new Order.JoinLegs(stamp(), call, primary(call), AGENT));
        world.run(SOON);
        return caller;
    }

    private void ring(CallId call) {
        var plan =
                new LegPlan(
                        AGENT,
                        LegRole.AGENT,
                        new LegPlan.Target.Extension("103"),
                        "+79161234567",
                        "",
                        Duration.ofSeconds(15),
                        "agent_103");
        assertEquals(Optional.empty(), world.send(new Order.AddLeg(stamp(), call, plan)));
    }

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 1, ACD);
    }

    private CallId onlyCall() {
        var calls = List.copyOf(world.core().callsAfter(new CallId("_")));
        assertEquals(1, calls.size());
        return calls.getFirst().id();
    }

    private LegId primary(CallId call) {
        return world.core().call(call).orElseThrow().primary().id();
    }

    /** The party's own name for the leg on which it was rung last. */
    private LegId rungParty() {
        return world.heard().stream()
                .filter(UserAgentOutput.Invited.class::isInstance)
                .map(output -> ((UserAgentOutput.Invited) output).leg())
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    private boolean heard(Class<? extends UserAgentOutput> what) {
        return world.heard().stream().anyMatch(what::isInstance);
    }

    private long told(Class<? extends Notice> kind) {
        return world.told().stream().filter(tell -> kind.isInstance(tell.notice())).count();
    }
}
