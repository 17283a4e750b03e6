// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.Call;
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
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.message.ReasonHeader;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Bodies;

class InboundCallTest {

    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1");
    private static final Controller ACD = new Controller(Controller.Kind.ACD, "acd-1");
    private static final Duration SOON = Duration.ofMillis(100);
    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "caller-hung-up");

    private final World world = new World();
    private int effects;

    private Order.Stamp by(Controller controller) {
        return new Order.Stamp("effect-" + ++effects, 0, controller);
    }

    private Call call() {
        return world.core().callsAfter(new CallId("_")).iterator().next();
    }

    private LegId callerLeg() {
        return call().primary().id();
    }

    private <T> List<T> heard(Class<T> type) {
        return world.heard().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<Notice> notices() {
        return world.told().stream().map(IngressEffect.Tell::notice).toList();
    }

    private LegId ringAndTake(String dialled, Controller controller) {
        var leg = world.ring(World.CARRIER, dialled, Optional.of(Bodies.BOTH));
        world.run(SOON);
        var ask = world.asked().getLast();
        world.send(
                new IngressCommand.ControllerTook(ask.handed().call(), ask.request(), controller));
        world.send(new IngressCommand.WatchController(controller, true));
        return leg;
    }

    @Test
    void aFlowNumberIsHandedToIvrAndAnsweredByItsOrder() {
        // Given
        ringAndTake("74950000100", IVR);
        var call = call();
        // When
        var refusal = world.send(new Order.AnswerLeg(by(IVR), call.id(), callerLeg()));
        world.run(SOON);
        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals("main", world.asked().getFirst().target().target());
        assertEquals("+79161234567", world.asked().getFirst().handed().from());
        var answer = heard(UserAgentOutput.Accepted.class).getFirst().sdp().orElseThrow();
        assertTrue(answer.contains("RTP/AVP 8 101"), answer);
        assertTrue(notices().contains(new Notice.LegAnswered(callerLeg())));
        assertEquals(8, world.media().audio(callerLeg()).orElseThrow().payloadType());
    }

    @Test
    void theEchoNumberIsAnsweredAtOnceAndHearsItself() {
        // Given
        var caller = world.ring(World.CARRIER, "+74950000199", Optional.of(Bodies.MU_LAW));
        // When
        world.run(SOON);
        // Then
        assertTrue(world.media().hears(call().id(), callerLeg(), callerLeg()));
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(Duration.ofMinutes(2));
        assertEquals(List.of(HUNG_UP), world.audit().ends());
        world.verifyNothingIsLeft();
    }

    @Test
    void withoutACommonCodecTheCallerGets488AndARecord() {
        // Given
        world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.G729));
        // When
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(488, heard(UserAgentOutput.Rejected.class).getFirst().status());
        assertEquals("no-common-codec", world.audit().ends().getFirst().reason());
        world.verifyNothingIsLeft();
    }

    @Test
    void anUnknownNumberGets404AndAStranger403() {
        // Given
        world.ring(World.CARRIER, "74951112233", Optional.of(Bodies.A_LAW));
        world.ring("somebody", "74950000100", Optional.of(Bodies.A_LAW));
        // When
        world.run(Duration.ofMinutes(2));
        // Then
        var statuses =
                heard(UserAgentOutput.Rejected.class).stream()
                        .map(UserAgentOutput.Rejected::status)
                        .toList();
        assertEquals(List.of(404, 403), statuses);
        world.verifyNothingIsLeft();
    }

    @Test
    void beyondTheLimitOfSetupsCallersGet503WithRetryAfter() {
        // Given
        var settings = World.settings();
        for (int i = 0; i < settings.admission().most(); i++) {
            world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.A_LAW));
        }
        world.run(Duration.ofMillis(20));
        // When
        world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.A_LAW));
        world.run(Duration.ofMillis(20));
        // Then
        assertEquals(503, heard(UserAgentOutput.Rejected.class).getLast().status());
        assertTrue(world.counted().contains(IngressEffect.Counted.REFUSED_OVERLOADED));
    }

    @Test
    void whenIvrIsAwayTheCallerGoesToTheFallbackQueue() {
        // Given
        world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        // When
        world.run(Duration.ofSeconds(3));
        // Then
        assertEquals(new Destination.Queue("registry"), world.asked().getLast().target());
    }

    @Test
    void whenNobodyTakesTheCallItIsAnsweredWithAnApologyAndHungUp() {
        // Given
        world.ring(World.CARRIER, "74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var ask = world.asked().getLast();
        // When
        world.send(new IngressCommand.ControllerRefused(ask.handed().call(), ask.request()));
        world.run(SOON);
        var apology = world.media().playOn(callerLeg());
        world.run(Duration.ofMinutes(2));
        // Then
        assertTrue(apology.isPresent());
        assertEquals(1, heard(UserAgentOutput.ByeReceived.class).size());
        assertEquals(List.of(EndReason.us("nobody-to-take-it")), world.audit().ends());
        world.verifyNothingIsLeft();
    }

    @Test
    void theFirstOrderOfTheOneWhoWasAskedCountsAsHisYes() {
        // Given
        world.ring(World.CARRIER, "74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        // When
        var refusal = world.send(new Order.AnswerLeg(by(ACD), call().id(), callerLeg()));
        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals(Optional.of(ACD), call().controller());
    }

    @Test
    void onlyTheControllerMayGiveOrders() {
        // Given
        ringAndTake("74950000100", IVR);
        // When
        var refusal = world.send(new Order.AnswerLeg(by(ACD), call().id(), callerLeg()));
        // Then
        assertEquals(Refusal.Kind.NOT_CONTROLLER, refusal.orElseThrow().kind());
    }

    @Test
    void aRepeatedEffectIsAnsweredAlikeAndDoesNothing() {
        // Given
        ringAndTake("74950000100", IVR);
        world.send(new Order.AnswerLeg(by(IVR), call().id(), callerLeg()));
        var prompt = Program.once(new Prompt.Stored("greeting", "ru", ""));
        var play = new Order.Play(by(IVR), call().id(), callerLeg(), new PlayId("play-1"), prompt);
        world.send(play);
        // When
        var again = world.send(play);
        world.run(Duration.ofSeconds(5));
        // Then
        assertEquals(Optional.empty(), again);
        var ended =
                new Notice.PlayEnded(callerLeg(), new PlayId("play-1"), Notice.Outcome.COMPLETED);
        assertEquals(List.of(ended), notices().stream().filter(ended::equals).toList());
        assertFalse(
                notices()
                        .contains(
                                new Notice.PlayEnded(
                                        callerLeg(),
                                        new PlayId("play-1"),
                                        Notice.Outcome.STOPPED)));
    }

    @Test
    void anOlderEpochIsStaleAndANewerLeaderGoesOn() {
        // Given
        ringAndTake("74950000101", ACD);
        var old = new Order.Stamp("e1", 5, ACD);
        var leader = new Controller(Controller.Kind.ACD, "acd-2");
        world.send(new Order.AnswerLeg(old, call().id(), callerLeg()));
        // When
        var newer =
                world.send(
                        new Order.RingLeg(
                                new Order.Stamp("e2", 6, leader), call().id(), callerLeg(), false));
        var stale =
                world.send(
                        new Order.RingLeg(
                                new Order.Stamp("e3", 5, ACD), call().id(), callerLeg(), false));
        // Then
        assertEquals(Optional.empty(), newer);
        assertEquals(Refusal.Kind.STALE, stale.orElseThrow().kind());
        assertEquals(Optional.of(leader), call().controller());
        assertTrue(notices().contains(new Notice.ControlLost(leader)));
    }

    private static LegPlan agentPlan() {
        return new LegPlan(
                new LegId("leg-agent"),
                LegRole.AGENT,
                new LegPlan.Target.Extension("103"),
                "+79161234567",
                "",
                Duration.ofSeconds(15),
                "agent_103");
    }

    private LegId agentAnswers() {
        var agent = new LegId("leg-agent");
        world.send(new Order.AnswerLeg(by(ACD), call().id(), callerLeg()));
        world.send(new Order.AddLeg(by(ACD), call().id(), agentPlan()));
        world.run(SOON);
        var phone = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Ring(phone, 180, Optional.empty()));
        world.run(SOON);
        world.party(new UserAgentCommand.Accept(phone, Bodies.A_LAW));
        world.run(SOON);
        world.send(new Order.JoinLegs(by(ACD), call().id(), callerLeg(), agent));
        world.run(SOON);
        return phone;
    }

    @Test
    void joinedLegsHearEachOtherAndTheAgentsByeEndsTheCallerAtOnce() {
        // Given
        ringAndTake("74950000101", ACD);
        var phone = agentAnswers();
        var agent = new LegId("leg-agent");
        assertTrue(world.media().hears(call().id(), callerLeg(), agent));
        assertTrue(world.media().hears(call().id(), agent, callerLeg()));
        // When
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(Duration.ofMillis(10));
        // Then
        assertEquals(1, heard(UserAgentOutput.ByeReceived.class).size());
        var reason = new EndReason(EndReason.Fault.NONE, "agent-hung-up");
        assertTrue(notices().contains(new Notice.CallEnded(reason)));
        world.run(Duration.ofMinutes(2));
        assertEquals(List.of(reason), world.audit().ends());
        world.verifyNothingIsLeft();
    }

    @Test
    void theCallerWhoHangsUpWhileAPhoneRingsLeavesNoPhoneRinging() {
        // Given
        var caller = ringAndTake("74950000101", ACD);
        world.send(new Order.AnswerLeg(by(ACD), call().id(), callerLeg()));
        world.send(new Order.AddLeg(by(ACD), call().id(), agentPlan()));
        world.run(SOON);
        var phone = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Ring(phone, 180, Optional.empty()));
        world.run(SOON);
        // When
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(Duration.ofMillis(10));
        // Then
        assertEquals(phone, heard(UserAgentOutput.Cancelled.class).getFirst().leg());
        world.run(Duration.ofMinutes(2));
        world.verifyNothingIsLeft();
    }

    @Test
    void aPhoneWhoseCallWasAnsweredElsewhereIsToldSo() {
        // Given
        ringAndTake("74950000101", ACD);
        world.send(new Order.AddLeg(by(ACD), call().id(), agentPlan()));
        world.run(SOON);
        var phone = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Ring(phone, 180, Optional.empty()));
        world.run(SOON);
        var elsewhere = new EndReason(EndReason.Fault.NONE, "answered-elsewhere");
        // When
        world.send(new Order.HangUpLeg(by(ACD), call().id(), new LegId("leg-agent"), elsewhere));
        world.run(SOON);
        // Then
        var cancelled = heard(UserAgentOutput.Cancelled.class).getFirst();
        assertEquals(Optional.of(ReasonHeader.completedElsewhere()), cancelled.reason());
        assertTrue(call().end().isEmpty());
    }

    @Test
    void anAgentWhoDoesNotAnswerIsCancelledAndTheCallerStays() {
        // Given
        ringAndTake("74950000101", ACD);
        world.send(new Order.AnswerLeg(by(ACD), call().id(), callerLeg()));
        world.send(new Order.AddLeg(by(ACD), call().id(), agentPlan()));
        // When
        world.run(Duration.ofSeconds(16));
        // Then
        var reason = new EndReason(EndReason.Fault.AGENT, "no-answer");
        assertTrue(
                notices().stream()
                        .anyMatch(
                                notice ->
                                        notice instanceof Notice.LegEnded ended
                                                && ended.reason().equals(reason)));
        assertTrue(call().primary().isAnswered());
    }

    @Test
    void aHeldPartyLeavesMusicToTheOtherUntilItComesBack() {
        // Given
        ringAndTake("74950000101", ACD);
        var phone = agentAnswers();
        // When
        world.party(new UserAgentCommand.Reinvite(phone, Optional.of(Bodies.HELD)));
        world.run(SOON);
        // Then
        assertTrue(world.media().playOn(callerLeg()).orElseThrow().program().repeat());
        assertFalse(world.media().hears(call().id(), callerLeg(), new LegId("leg-agent")));
        var answer = heard(UserAgentOutput.ReinviteAccepted.class).getFirst().sdp().orElseThrow();
        assertTrue(answer.contains("a=recvonly"), answer);
        world.party(new UserAgentCommand.Reinvite(phone, Optional.of(Bodies.A_LAW)));
        world.run(SOON);
        assertTrue(world.media().playOn(callerLeg()).isEmpty());
        assertTrue(world.media().hears(call().id(), callerLeg(), new LegId("leg-agent")));
    }

    @Test
    void anInviteWithoutSdpIsAnsweredWithAnOfferAndConnectedByTheAck() {
        // Given
        var leg = world.ring(World.CARRIER, "74950000199", Optional.empty());
        world.run(SOON);
        assertTrue(heard(UserAgentOutput.Accepted.class).getFirst().sdp().isPresent());
        // When
        world.party(new UserAgentCommand.Acknowledge(leg, Optional.of(Bodies.MU_LAW)));
        world.run(SOON);
        // Then
        assertEquals(0, world.media().audio(callerLeg()).orElseThrow().payloadType());
    }

    @Test
    void anAckWithoutTheAnswerThatWeWaitForEndsTheCall() {
        // Given
        var leg = world.ring(World.CARRIER, "74950000199", Optional.empty());
        world.run(SOON);
        // When
        world.party(new UserAgentCommand.Acknowledge(leg, Optional.empty()));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(1, heard(UserAgentOutput.ByeReceived.class).size());
        world.verifyNothingIsLeft();
    }
}
