// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent.TalkRecording;
import org.panacall.sipingress.core.call.CallEvent.TalkRecording.Outcome;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.RecordingPlan;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.sdp.Bodies;

/** Talks that are to be recorded: they are, or the events say why not, and the call goes on. */
class TalkRecordingTest {

    private static final Controller ACD = Controller.acdOf(new TenantId("demo"));
    private static final Duration SOON = Duration.ofMillis(100);
    private static final LegId AGENT = new LegId("leg_agent");
    private static final RecordingPlan PLAN =
            new RecordingPlan(
                    "RECORDING_KIND_CALL",
                    "registry",
                    "+79161234567",
                    "ru",
                    Duration.ofHours(2),
                    Optional.empty(),
                    "",
                    Duration.ZERO,
                    "104");

    private final World world = new World();
    private int effects;

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 1, ACD);
    }

    private Call call() {
        return world.core().callsAfter(new CallId("_")).iterator().next();
    }

    /** A caller talks with agent 104, by these terms; the agent's side. */
    private LegId talk(Optional<RecordingPlan> record, boolean noticeMissing) {
        world.ring(World.CARRIER, "74950000101", Optional.of(Bodies.BOTH));
        world.run(SOON);
        var ask = world.asked().getLast();
        world.send(new IngressCommand.ControllerTook(call().id(), ask.request(), ACD));
        world.send(new IngressCommand.WatchController(ACD, true));
        world.send(new Order.AnswerLeg(stamp(), call().id(), call().primary().id()));
        world.run(SOON);
        var target = new LegPlan.Target.Extension("104");
        var ring = Duration.ofSeconds(15);
        var plan = new LegPlan(AGENT, LegRole.AGENT, target, "+79", "", ring, "agent_104");
        world.send(new Order.AddLeg(stamp(), call().id(), plan));
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
        join(record, noticeMissing);
        return phone;
    }

    private void join(Optional<RecordingPlan> record, boolean noticeMissing) {
        var terms = new Order.JoinLegs.Terms("", record, noticeMissing);
        var caller = call().primary().id();
        var refusal = world.send(new Order.JoinLegs(stamp(), call().id(), caller, AGENT, terms));
        assertEquals(Optional.empty(), refusal);
        world.run(SOON);
    }

    private List<TalkRecording> told() {
        return world.audit().facts().stream()
                .map(CallFact::event)
                .filter(TalkRecording.class::isInstance)
                .map(TalkRecording.class::cast)
                .toList();
    }

    private void assertTheyTalk() {
        var caller = call().primary().id();
        assertTrue(world.media().hears(call().id(), caller, AGENT));
        assertTrue(world.media().hears(call().id(), AGENT, caller));
    }

    private List<String> recordings() {
        return world.media().recordings(AGENT);
    }

    @Test
    void aTalkIsRecordedOnceAndTheEventsNameTheRecording() {
        // Given
        var phone = talk(Optional.of(PLAN), false);

        // When
        join(Optional.of(PLAN), false);

        // Then
        assertTheyTalk();
        assertEquals(1, recordings().size());
        var recorded = new TalkRecording(AGENT, Outcome.RECORDED, recordings().getFirst());
        assertEquals(List.of(recorded), told());
        world.party(new UserAgentCommand.Bye(phone, Optional.empty()));
        world.run(Duration.ofSeconds(40));
        assertEquals(List.of(), recordings());
    }

    @Test
    void withoutTheNoticeNothingIsRecordedAndTheTalkIsAsAnyOther() {
        talk(Optional.of(PLAN), true);
        assertTheyTalk();
        assertEquals(List.of(), recordings());
        assertEquals(List.of(TalkRecording.not(AGENT, Outcome.NO_NOTICE)), told());

        world.die();
        world.run(SOON);
        assertTheyTalk();
        assertEquals(List.of(), recordings());
    }

    @Test
    void whatNobodyAskedForIsNotSpokenOf() {
        talk(Optional.empty(), false);
        assertTheyTalk();
        assertEquals(List.of(), recordings());
        assertEquals(List.of(), told());
    }

    @Test
    void aTalkForWhichMediaHasNoRoomGoesOnAndTheEventsSayWhyItIsNotRecorded() {
        world.media().beFull();
        talk(Optional.of(PLAN), false);
        assertTheyTalk();
        assertEquals(List.of(TalkRecording.not(AGENT, Outcome.NO_ROOM)), told());
    }

    @Test
    void theHeirOfTheCallGoesOnWithTheSameRecording() {
        // Given
        talk(Optional.of(PLAN), false);
        var before = recordings();

        // When
        world.die();
        world.run(SOON);

        // Then
        assertTheyTalk();
        assertEquals(before, recordings());
        var recorded = new TalkRecording(AGENT, Outcome.RECORDED, before.getFirst());
        assertEquals(List.of(recorded, recorded), told());
    }

    @Test
    void atAnotherMediaNodeTheRestIsARecordingOfItsOwn() {
        // Given
        world.media().add("media-2");
        talk(Optional.of(PLAN), false);
        var before = recordings();

        // When
        world.media().kill(call().node().orElseThrow());
        world.run(Duration.ofSeconds(2));

        // Then
        assertTheyTalk();
        assertEquals(1, recordings().size());
        assertNotEquals(before, recordings());
        var ids = told().stream().map(TalkRecording::recording).toList();
        assertEquals(List.of(before.getFirst(), recordings().getFirst()), ids);
    }
}
