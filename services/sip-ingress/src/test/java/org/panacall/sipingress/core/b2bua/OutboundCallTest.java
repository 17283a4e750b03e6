// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Bodies;

class OutboundCallTest {

    private static final Controller ACD = new Controller(Controller.Kind.ACD, "acd-1");
    private static final Duration SOON = Duration.ofMillis(100);

    private final World world = new World();
    private int effects;

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 1, ACD);
    }

    private <T> List<T> heard(Class<T> type) {
        return world.heard().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static LegPlan plan(String leg, LegRole role, LegPlan.Target target) {
        return new LegPlan(
                new LegId(leg), role, target, "+74950000100", "", Duration.ofSeconds(15), "");
    }

    @Test
    void aPhoneThatDialsANumberHearsTheCarrierBeforeAndAfterTheAnswer() {
        // Given
        var phone = world.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var far = heard(UserAgentOutput.Invited.class).getFirst();
        assertEquals("+79031112233", far.invitation().requestUser());
        assertEquals("+74950000100", far.invitation().from().user());
        // When
        world.party(new UserAgentCommand.Ring(far.leg(), 183, Optional.of(Bodies.A_LAW)));
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var legs = call.legs().stream().map(leg -> leg.id()).toList();
        // Then
        assertTrue(world.media().hears(call.id(), legs.get(0), legs.get(1)));
        var early = heard(UserAgentOutput.Provisional.class).getLast();
        assertEquals(183, early.status());
        assertTrue(early.sdp().isPresent());
        world.party(new UserAgentCommand.Accept(far.leg(), Bodies.A_LAW));
        world.run(SOON);
        assertEquals(phone, heard(UserAgentOutput.Accepted.class).getFirst().leg());
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(Duration.ofMinutes(2));
        assertEquals(far.leg(), heard(UserAgentOutput.ByeReceived.class).getFirst().leg());
        world.verifyNothingIsLeft();
    }

    /** What acd hears of what its agents do without it. */
    private List<Notice> toldOfOwnCalls() {
        return world.told().stream()
                .filter(tell -> tell.to().equals(Controller.acdOf(World.TENANT)))
                .map(tell -> tell.notice())
                .toList();
    }

    @Test
    void acdIsToldWhenAPhoneDialsByItselfAndWhenItIsDone() {
        // Given
        var phone = world.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var began = toldOfOwnCalls();
        // When
        world.party(new UserAgentCommand.Cancel(phone, Optional.empty()));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(List.of(new Notice.OwnCallBegan("103")), began);
        assertEquals(
                List.of(new Notice.OwnCallBegan("103"), new Notice.OwnCallEnded()),
                toldOfOwnCalls());
    }

    @Test
    void acdIsToldAgainByTheHeirOfAPhonesOwnCall() {
        // Given
        var phone = world.ring(World.PHONE, "999", Optional.of(Bodies.A_LAW));
        world.run(SOON);

        // When
        world.die();
        world.run(SOON);

        // Then
        var began = new Notice.OwnCallBegan("103");
        assertEquals(List.of(began, began), toldOfOwnCalls());
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(Duration.ofMinutes(1));
        assertEquals(List.of(began, began, new Notice.OwnCallEnded()), toldOfOwnCalls());
        world.verifyNothingIsLeft();
    }

    @Test
    void acdIsToldNothingOfPatientsAndOfServiceCodes() {
        // Given
        world.ring(World.PHONE, "*11", Optional.of(Bodies.A_LAW));
        world.ring(World.CARRIER, "+74950000199", Optional.of(Bodies.A_LAW));
        // When
        world.run(SOON);
        world.send(new IngressCommand.HangUpAll());
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(List.of(), toldOfOwnCalls());
        world.verifyNothingIsLeft();
    }

    @Test
    void whatTheCarrierRefusesWithIsWhatThePhoneGets() {
        // Given
        world.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var far = heard(UserAgentOutput.Invited.class).getFirst();
        // When
        world.party(new UserAgentCommand.Reject(far.leg(), 486));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(486, heard(UserAgentOutput.Rejected.class).getFirst().status());
        assertEquals(List.of(new EndReason(EndReason.Fault.NONE, "busy")), world.audit().ends());
        world.verifyNothingIsLeft();
    }

    @Test
    void anAgentsCodeIsSetAnsweredWithABeepAndHungUp() {
        // Given
        world.ring(World.PHONE, "*11", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var wanted = world.agentStates().getFirst();
        assertEquals("103", wanted.extension());
        // When
        world.send(new IngressCommand.AgentCodeAnswered(wanted.call(), true));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(1, heard(UserAgentOutput.Accepted.class).size());
        assertEquals(1, heard(UserAgentOutput.ByeReceived.class).size());
        world.verifyNothingIsLeft();
    }

    @Test
    void clickToCallRingsTheAgentThenTheNumberAndEndsWhenTheAgentDoes() {
        // Given
        var call = new CallId("call-click");
        var agent = plan("leg-a", LegRole.AGENT, new LegPlan.Target.Extension("103"));
        world.send(new IngressCommand.WatchController(ACD, true));
        world.send(new Order.CreateCall(stamp(), call, World.TENANT, agent, "click-to-call"));
        world.run(SOON);
        var phone = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Accept(phone, Bodies.A_LAW));
        world.run(SOON);
        var patient = plan("leg-b", LegRole.CALLEE, new LegPlan.Target.Number("+79031112233"));
        // When
        world.send(new Order.AddLeg(stamp(), call, patient));
        world.run(SOON);
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(1, heard(UserAgentOutput.Cancelled.class).size());
        var reason = new EndReason(EndReason.Fault.NONE, "agent-hung-up");
        assertTrue(
                world.told().stream()
                        .anyMatch(tell -> tell.notice().equals(new Notice.CallEnded(reason))));
        world.verifyNothingIsLeft();
    }

    @Test
    void aPatientWhoWasRungIsTheCallerOfTheFlowThatTakesHim() {
        // Given
        var call = new CallId("call-apology");
        var patient = plan("leg-a", LegRole.CALLER, new LegPlan.Target.Number("+79031112233"));
        world.send(new IngressCommand.WatchController(ACD, true));
        world.send(new Order.CreateCall(stamp(), call, World.TENANT, patient, "callback"));
        world.run(SOON);
        var leg = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Accept(leg, Bodies.A_LAW));
        world.run(SOON);
        // When
        var flow = new Destination.Flow("voicemail", Destination.Entry.from("registry"));
        world.send(new Order.HandOver(stamp(), call, flow));
        // Then
        var asked = world.asked().getLast();
        assertEquals("+79031112233", asked.handed().from());
        assertEquals(patient.callerNumber(), asked.handed().to());
        assertEquals(flow, asked.target());
        assertTrue(asked.handed().answered());
        world.party(new UserAgentCommand.Bye(leg, Optional.empty()));
        world.run(Duration.ofMinutes(2));
        world.verifyNothingIsLeft();
    }

    @Test
    void aNumberThatHangsUpBeforeItIsJoinedEndsTheCallWhenTheOrderComes() {
        // Given
        var call = new CallId("call-click");
        var agent = plan("leg-a", LegRole.AGENT, new LegPlan.Target.Extension("103"));
        world.send(new IngressCommand.WatchController(ACD, true));
        world.send(new Order.CreateCall(stamp(), call, World.TENANT, agent, "click-to-call"));
        world.run(SOON);
        var phone = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Accept(phone, Bodies.A_LAW));
        world.run(SOON);
        var patient = plan("leg-b", LegRole.CALLEE, new LegPlan.Target.Number("+79031112233"));
        world.send(new Order.AddLeg(stamp(), call, patient));
        world.run(SOON);
        var number = heard(UserAgentOutput.Invited.class).getLast().leg();
        world.party(new UserAgentCommand.Accept(number, Bodies.A_LAW));
        world.run(SOON);
        world.party(new UserAgentCommand.Bye(number, Optional.empty()));
        world.run(SOON);
        // When
        var join = new Order.JoinLegs(stamp(), call, new LegId("leg-a"), new LegId("leg-b"));
        var refusal = world.send(join);
        world.run(SOON);
        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals(phone, heard(UserAgentOutput.ByeReceived.class).getFirst().leg());
        world.run(Duration.ofMinutes(2));
        var reason = new EndReason(EndReason.Fault.NONE, "callee-hung-up");
        assertEquals(List.of(reason), world.audit().ends());
        world.verifyNothingIsLeft();
    }

    @Test
    void aCallIsNotCreatedWhileTheWindowIsFullButWhatWasCreatedIsSaidAgain() {
        // Given
        world.send(new IngressCommand.WatchController(ACD, true));
        var agent = plan("leg-a", LegRole.AGENT, new LegPlan.Target.Extension("103"));
        var first = new CallId("call-first");
        var order = new Order.CreateCall(stamp(), first, World.TENANT, agent, "click-to-call");
        world.send(order);
        while (world.core().setups() < world.core().window()) {
            world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.A_LAW));
            world.run(Duration.ofMillis(2));
        }
        // When
        var other = plan("leg-b", LegRole.AGENT, new LegPlan.Target.Extension("104"));
        var second = new CallId("call-second");
        var more = new Order.CreateCall(stamp(), second, World.TENANT, other, "click-to-call");
        // Then
        var refusal = world.send(more).orElseThrow();
        assertEquals(Refusal.Kind.OVERLOADED, refusal.kind());
        assertEquals(Optional.empty(), world.core().call(second));
        assertTrue(world.counted().contains(IngressEffect.Counted.REFUSED_OVERLOADED));
        assertEquals(Optional.empty(), world.send(order));
        // Nobody waits any more.
        world.run(Duration.ofMinutes(5));
        assertEquals(Optional.empty(), world.send(more));
    }

    @Test
    void aNumberWhoseByeOvertakesItsAnswerIsOverAtOnce() {
        // Given
        var call = new CallId("call-click");
        var agent = plan("leg-a", LegRole.AGENT, new LegPlan.Target.Extension("103"));
        world.send(new IngressCommand.WatchController(ACD, true));
        world.send(new Order.CreateCall(stamp(), call, World.TENANT, agent, "click-to-call"));
        world.run(SOON);
        var phone = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Accept(phone, Bodies.A_LAW));
        world.run(SOON);
        var sent = new ArrayList<String>();
        world.tapWire(datagram -> sent.add(new String(datagram, StandardCharsets.UTF_8)));
        var patient = plan("leg-b", LegRole.CALLEE, new LegPlan.Target.Number("+79031112233"));
        world.send(new Order.AddLeg(stamp(), call, patient));
        world.run(SOON);
        var number = heard(UserAgentOutput.Invited.class).getLast().leg();
        // When
        world.receive(byeOf(sent.getFirst()).getBytes(StandardCharsets.UTF_8));
        world.party(new UserAgentCommand.Accept(number, Bodies.A_LAW));
        world.run(SOON);
        // Then
        var reason = new EndReason(EndReason.Fault.NONE, "callee-hung-up");
        var ended = new Notice.LegEnded(new LegId("leg-b"), reason, 0);
        assertTrue(world.told().stream().anyMatch(tell -> tell.notice().equals(ended)));
        var answered = new Notice.LegAnswered(new LegId("leg-b"));
        assertFalse(world.told().stream().anyMatch(tell -> tell.notice().equals(answered)));
        assertEquals(number, heard(UserAgentOutput.ByeReceived.class).getFirst().leg());
        world.send(new Order.HangUpCall(stamp(), call, reason, false));
        world.run(Duration.ofMinutes(2));
        world.verifyNothingIsLeft();
    }

    /** The BYE of whoever answers this INVITE. */
    private static String byeOf(String invite) {
        var lines = new ArrayList<String>();
        lines.add("BYE sip:127.0.0.1:5080 SIP/2.0");
        lines.add("Via: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bKearly");
        for (var line : invite.split("\r\n")) {
            if (line.startsWith("From: ")) lines.add("To: " + line.substring(6));
            if (line.startsWith("To: ")) lines.add("From: " + line.substring(4) + ";tag=early");
            if (line.startsWith("Call-ID: ")) lines.add(line);
        }
        lines.add("CSeq: 1 BYE");
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    @Test
    void aTalkInWhichBothSidesStaySilentEndsAfterTheLimit() {
        // Given
        world.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var far = heard(UserAgentOutput.Invited.class).getFirst().leg();
        world.party(new UserAgentCommand.Accept(far, Bodies.A_LAW));
        world.run(SOON);
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        call.legs().forEach(leg -> world.send(new IngressCommand.AudioChanged(leg.id(), false)));
        // When
        world.run(Duration.ofSeconds(59));
        int before = world.core().calls();
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(1, before);
        assertEquals("media-timeout", world.audit().ends().getFirst().reason());
        world.verifyNothingIsLeft();
    }
}
