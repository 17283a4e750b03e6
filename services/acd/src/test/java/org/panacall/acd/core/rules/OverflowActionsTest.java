// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.rules.OverflowClinic.CLOSED;
import static org.panacall.acd.core.rules.OverflowClinic.FLOW;
import static org.panacall.acd.core.rules.OverflowClinic.KEEP;
import static org.panacall.acd.core.rules.OverflowClinic.MESSAGE;
import static org.panacall.acd.core.rules.OverflowClinic.MINUTE;
import static org.panacall.acd.core.rules.OverflowClinic.OUTSIDE;
import static org.panacall.acd.core.rules.OverflowClinic.PAID;
import static org.panacall.acd.core.rules.OverflowClinic.PERSON;
import static org.panacall.acd.core.rules.OverflowClinic.SAY;
import static org.panacall.acd.core.rules.OverflowClinic.actions;
import static org.panacall.acd.core.rules.OverflowClinic.atEntry;
import static org.panacall.acd.core.rules.OverflowClinic.call;
import static org.panacall.acd.core.rules.OverflowClinic.plan;
import static org.panacall.acd.core.rules.OverflowClinic.rules;
import static org.panacall.acd.core.rules.OverflowClinic.said;
import static org.panacall.acd.core.rules.OverflowClinic.scene;
import static org.panacall.acd.core.rules.OverflowClinic.spoken;
import static org.panacall.acd.core.rules.OverflowClinic.waiting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.plan.QueueRules;

/** What becomes of calls that their queue does not keep. */
class OverflowActionsTest {

    static Stream<Arguments> ends() {
        return Stream.of(Arguments.of(SAY, "sorry"), Arguments.of(MESSAGE, "queue/closed"));
    }

    /** Messages are not taken where no flow takes them. */
    @ParameterizedTest
    @MethodSource("ends")
    void aCallThatEndsIsAnsweredAndToldWhyFirst(Action action, String prompt) {
        // Given
        var scene = scene(rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, action)), List.of()));
        scene.enqueue("a", new AcdCommand.Destination.Queue(Clinic.REGISTRY), false);
        var answered = scene.effects(AcdEffect.AnswerLeg.class).size();
        var told = spoken(scene);

        // When
        said(scene, "a");

        // Then
        assertEquals(1, answered);
        assertEquals(prompt, told.promptId());
        assertTrue(told.text().length() > 20);
        assertEquals(
                EndReason.CLOSED, scene.effects(AcdEffect.HangUpCall.class).getFirst().reason());
    }

    @Test
    void anAnnouncementOfWhichNobodyTellsTheEndEndsByItself() {
        // Given
        var scene = scene(rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, SAY)), List.of()));
        scene.enqueue("a", Clinic.REGISTRY);

        // When
        scene.after(Duration.ofSeconds(30));

        // Then
        assertEquals(1, scene.effects(AcdEffect.HangUpCall.class).size());
    }

    @Test
    void aNumberOutsideIsRungWhileTheCallerHearsMusicAndKeepsHisPlace() {
        // Given
        var rule = new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, OUTSIDE);
        var scene = scene(waiting(rule));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        var number = scene.rung();
        var held = scene.acd.waiting(Clinic.REGISTRY);

        // When
        scene.answered("a", number.leg());

        // Then
        assertEquals("+74951112233", number.party().value());
        assertEquals("+74950000100", number.shown().number().value());
        assertEquals(AcdEffect.NewLeg.Role.CALLEE, number.role());
        assertEquals(1, held);
        assertEquals(number.leg(), scene.effects(AcdEffect.JoinLegs.class).getFirst().other());
        assertEquals(0, scene.acd.waiting(Clinic.REGISTRY));
        scene.ended("a", number.leg(), "callee-hung-up", 0);
        scene.callEnded("a");
        assertTrue(scene.acd.calls().isEmpty());
    }

    @Test
    void aNumberThatDoesNotAnswerIsFollowedByTheNextActionAndThenByTheOldPlace() {
        // Given
        var rule = new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, OUTSIDE, PERSON);
        var scene = scene(waiting(rule));
        scene.register(110);
        scene.notReady(110);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.enqueue("b", Clinic.REGISTRY);
        scene.after(MINUTE);
        var numbers = scene.rungLegs();
        scene.ended("a", numbers.getFirst(), "busy", 486);
        var person = scene.rung();

        // When
        scene.ended("a", person.leg(), "no-answer", 487);

        // Then
        assertEquals("110", person.party().value());
        assertEquals(
                List.of(OUTSIDE, PERSON, KEEP),
                actions(scene).stream().filter(done -> done != null).distinct().toList());
        scene.register(103);
        assertEquals(
                Scene.call("a"), scene.effects(AcdEffect.AddLeg.class).getFirst().order().call());
    }

    @Test
    void aNumberOfWhichNobodyTellsAnythingIsGivenUp() {
        // Given
        var scene = scene(waiting(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, OUTSIDE)));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        var number = scene.rung();

        // When
        scene.after(Duration.ofSeconds(23));

        // Then
        assertEquals(number.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertInstanceOf(QueuedCall.State.Waiting.class, call(scene, "a").state());
    }

    @Test
    void aCallerWhoHangsUpWhileANumberRingsLeavesNoTelephoneRinging() {
        // Given
        var scene = scene(waiting(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, OUTSIDE)));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        var number = scene.rung();

        // When
        scene.ended("a", new LegId("leg_a"), "caller-hung-up", 0);

        // Then
        assertEquals(number.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals(
                Cause.ABANDONED, scene.happened(AcdEvent.CallDequeued.class).getLast().cause());
    }

    @Test
    void aRuleThatCameToNothingIsFollowedAgainAfterTheSameTime() {
        // Given
        var scene = scene(waiting(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, PERSON)));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        scene.register(110);

        // When
        scene.after(MINUTE);

        // Then
        assertEquals(List.of(KEEP, PERSON), actions(scene));
        assertEquals("110", scene.rung().party().value());
    }

    @Test
    void aFlowGetsTheCallForGood() {
        // Given
        var scene = scene(waiting(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, FLOW)));
        scene.enqueue("a", Clinic.REGISTRY);

        // When
        scene.after(MINUTE);

        // Then
        assertEquals("night", scene.effects(AcdEffect.HandOver.class).getFirst().flow());
        assertEquals(0, scene.acd.waiting(Clinic.REGISTRY));
        scene.after(Duration.ofHours(1));
        assertTrue(scene.acd.calls().isEmpty());
        assertTrue(scene.effects(AcdEffect.HangUpCall.class).isEmpty());
    }

    @Test
    void aFlowThatIsAwayLeavesTheCallToTheNextAction() {
        // Given
        var scene = scene(waiting(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, FLOW, SAY)));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        scene.effects(AcdEffect.Play.class);

        // When
        scene.failed(scene.effects(AcdEffect.HandOver.class).getFirst());

        // Then
        assertEquals("sorry", spoken(scene).promptId());
    }

    @Test
    void aCallThatAFlowGivesBackIsKnownAndDoesNotGoRoundForEver() {
        // Given
        var scene = scene(rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, FLOW)), List.of()));
        scene.enqueue("a", Clinic.REGISTRY);
        int rounds = 0;

        // When
        while (call(scene, "a").withFlow()) {
            scene.enqueue("a", Clinic.REGISTRY);
            rounds++;
        }

        // Then
        assertEquals(12, rounds);
        assertInstanceOf(QueuedCall.State.Told.class, call(scene, "a").state());
        var orders = scene.effects(AcdEffect.HandOver.class).stream();
        assertEquals(12, orders.map(order -> order.order().effectId()).distinct().count());
    }

    @Test
    void queuesThatSendCallsToEachOtherDoSoTwiceAndThenTheCallStays() {
        // Given: both are closed, and each names the other.
        var back = new OverflowRule(Why.CLOSED, new Action.ToQueue(Clinic.REGISTRY));
        var registry = rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, PAID)), List.of());
        var paid = rules(CLOSED, List.of(back), List.of());
        var scene = new Scene(plan(registry, queue -> queue.with(paid)));

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        var queued = scene.happened(AcdEvent.CallQueued.class).size();
        assertEquals(4, queued);
        assertEquals("queue/closed", spoken(scene).promptId());
    }

    @Test
    void whatIsLeftOfARuleCountsWhenTheNextQueueDoesNotLetTheCallIn() {
        // Given
        var registry =
                rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, PAID, OUTSIDE)), List.of());
        var paid = rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, PERSON)), List.of());
        var scene = new Scene(plan(registry, queue -> queue.with(paid)));

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then: 110 has no phone, so that the registry's second choice is rung.
        assertEquals(List.of(PAID, OUTSIDE), actions(scene));
        assertEquals("+74951112233", scene.rung().party().value());
    }

    @Test
    void aBarredCallForWhichNothingSucceedsIsTold() {
        // Given
        var rule = new OverflowRule(Why.FULL, PERSON, new Action.ToQueue(Clinic.REGISTRY), KEEP);
        var scene = scene(atEntry(rule));
        scene.enqueue("b", Clinic.REGISTRY);
        scene.enqueue("c", Clinic.REGISTRY);

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals("queue/all-busy", spoken(scene).promptId());
        said(scene, "a");
        assertEquals(
                EndReason.OVERFLOW, scene.effects(AcdEffect.HangUpCall.class).getFirst().reason());
    }

    @Test
    void aFullQueueWithoutARuleRefusesSoThatTheNumbersFallbackCounts() {
        // Given
        var scene = scene(QueueRules.NONE);
        scene.enqueue("b", Clinic.REGISTRY);
        scene.enqueue("c", Clinic.REGISTRY);

        // When
        var refused = scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(Optional.of(new Refusal.QueueFull()), refused);
    }

    @Test
    void aPersonWhoTakesTheCallHasItAndNobodyElseIsRung() {
        // Given
        var scene = scene(rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, PERSON)), List.of()));
        scene.register(110, 103);
        scene.notReady(110);
        scene.enqueue("a", Clinic.REGISTRY);
        var rung = scene.rung();

        // When
        scene.answered("a", rung.leg());

        // Then
        assertEquals("110", rung.party().value());
        assertEquals(AgentState.OnCall.class, scene.state(110));
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void aBarredCallIsNotGivenToAFreeAgentBetweenTwoActions() {
        // Given
        var scene =
                scene(rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, PERSON, SAY)), List.of()));
        scene.register(110, 103);
        scene.enqueue("a", Clinic.REGISTRY);

        // When
        scene.ended("a", scene.rung().leg(), "rejected", 603);

        // Then
        assertTrue(scene.nobodyRung());
        assertEquals("sorry", spoken(scene).promptId());
    }

    @Test
    void aPersonWhomASupervisorTakesOffLeavesTheCallToTheNextAction() {
        // Given
        var scene =
                scene(rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, PERSON, SAY)), List.of()));
        scene.register(110);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.rung();

        // When
        scene.force(110, Intent.Wish.SIGNED_OUT);

        // Then
        assertEquals("sorry", spoken(scene).promptId());
    }

    @Test
    void aNewLeaderGoesOnWithWhatIsBeingTried() {
        // Given
        var scene = scene(waiting(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, OUTSIDE, SAY)));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        var number = scene.rung();
        scene.takeOver(2);
        var again = scene.rung();

        // When
        scene.ended("a", number.leg(), "no-answer", 487);

        // Then
        assertEquals(number.leg(), again.leg());
        assertEquals("sorry", spoken(scene).promptId());
    }
}
