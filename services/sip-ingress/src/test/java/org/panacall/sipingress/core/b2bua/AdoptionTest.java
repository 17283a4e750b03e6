// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
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
    private UnaryOperator<byte[]> stamping = datagram -> datagram;

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
    void aByeThatHadToWaitForUsEndsTheCallWhenItCame() {
        // Given
        var caller = talk();
        var call = onlyCall();
        var leg = primary(call);
        var came = world.now().plusMillis(100);
        stamp("BYE", came);
        world.die();
        world.run(Duration.ofSeconds(6));
        // When
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(Duration.ofMinutes(1));
        // Then
        assertEquals(came.truncatedTo(ChronoUnit.MILLIS), endedAt(call));
        assertEquals(came.truncatedTo(ChronoUnit.MILLIS), endedAt(leg));
        assertTrue(endedAt(AGENT).isAfter(came.plusSeconds(5)), "who was told later ended later");
    }

    @Test
    void aByeThatSaysToBeOlderThanItsCallIsOfNow() {
        // Given
        stamp("BYE", world.now());
        world.run(SOON);
        var caller = talk();
        var call = onlyCall();
        // When
        var now = world.now();
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(Duration.ofMinutes(1));
        // Then
        assertFalse(endedAt(call).isBefore(now));
    }

    @Test
    void anInviteThatIsTriedElsewhereIsKnownToBeTheSameAndAnotherIsNot() {
        // Given
        var came = world.now();
        stamp("INVITE", came);
        var first = ringAndDie();
        // When
        world.receive(first.replace("branch=", "branch=z9hG4bKagain").getBytes(UTF_8));
        world.run(SOON);
        stamp("INVITE", world.now());
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        // Then
        var arrivals = arrivals();
        assertEquals(3, arrivals.size());
        assertEquals(arrivals.get(0), arrivals.get(1));
        assertEquals(came.truncatedTo(ChronoUnit.MILLIS), arrivals.get(1).at());
        assertNotEquals(arrivals.get(0).key(), arrivals.get(2).key());
    }

    /** The INVITE of a call that we died of before its answer. */
    private String ringAndDie() {
        var came = new ArrayList<String>();
        var stamped = stamping;
        world.disturb(
                datagram -> {
                    var received = stamped.apply(datagram);
                    came.add(new String(received, UTF_8));
                    return received;
                });
        world.ring(World.CARRIER, "+74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        world.die();
        world.run(SOON);
        return came.getFirst();
    }

    /** The edge says of requests of this kind that it had them first then. */
    private void stamp(String method, Instant at) {
        var line =
                "X-Panacall-Received: %d.%06d\r\n"
                        .formatted(at.getEpochSecond(), at.getNano() / 1_000);
        stamping =
                datagram -> {
                    var text = new String(datagram, UTF_8);
                    var stamped = text.replaceFirst("\r\n", "\r\n" + line);
                    return text.startsWith(method) ? stamped.getBytes(UTF_8) : datagram;
                };
        world.disturb(stamping);
    }

    private Instant endedAt(CallId call) {
        return world.audit().facts().stream()
                .filter(fact -> fact.call().equals(call))
                .map(CallFact::event)
                .filter(CallEvent.CallFinished.class::isInstance)
                .map(event -> ((CallEvent.CallFinished) event).endedAt())
                .findFirst()
                .orElseThrow();
    }

    private Instant endedAt(LegId leg) {
        return world.audit().events().stream()
                .filter(CallEvent.LegFinished.class::isInstance)
                .map(CallEvent.LegFinished.class::cast)
                .filter(finished -> finished.leg().equals(leg))
                .map(finished -> finished.how().at())
                .findFirst()
                .orElseThrow();
    }

    private List<CallEvent.Arrival> arrivals() {
        return world.audit().events().stream()
                .filter(CallEvent.CallStarted.class::isInstance)
                .map(event -> ((CallEvent.CallStarted) event).arrival().orElseThrow())
                .toList();
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
