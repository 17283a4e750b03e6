// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Group;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;

/** Calls for which several are rung outside any queue. */
class RingGroupTest {

    private static final Duration RING = Duration.ofSeconds(7);
    private static final String OUTSIDE = "+74951112233";
    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "agent-hung-up");

    private final Scene scene = new Scene(clinic());

    private static TenantPlan clinic() {
        var all =
                new TenantRules(
                        List.of(),
                        0,
                        Duration.ofHours(4),
                        "ru",
                        List.of("+7495"),
                        Optional.empty());
        var people = IntStream.rangeClosed(101, 110).mapToObj(Clinic::person);
        return Clinic.ruled(QueueRules.NONE, all, people);
    }

    private List<AcdEffect.NewLeg> ring(Group.Order order, String... members) {
        return ring(order, Optional.empty(), members);
    }

    private List<AcdEffect.NewLeg> ring(
            Group.Order order, Optional<Duration> longest, String... members) {
        var group =
                new Group(
                        Stream.of(members).map(PartyNumber::new).toList(),
                        order,
                        new Group.Times(RING, longest),
                        Optional.of("rating"));
        var terms =
                new Target.Terms(
                        Optional.empty(), false, List.of("no-answer", "busy", "unavailable"));
        scene.enqueue(
                "a",
                new AcdCommand.Destination.RingGroup(group, Optional.of(Clinic.PAID), terms),
                true);
        return rung();
    }

    private List<AcdEffect.NewLeg> rung() {
        return scene.effects(AcdEffect.AddLeg.class).stream().map(AcdEffect.AddLeg::leg).toList();
    }

    private static List<String> parties(List<AcdEffect.NewLeg> legs) {
        return legs.stream().map(leg -> leg.party().value()).toList();
    }

    private void noAnswer(AcdEffect.NewLeg leg) {
        scene.ended("a", leg.leg(), "no-answer", 487);
    }

    private List<String> handedBack() {
        return scene.effects(AcdEffect.HandBack.class).stream()
                .map(AcdEffect.HandBack::exit)
                .toList();
    }

    private List<LegId> answeredElsewhere() {
        return scene.effects(AcdEffect.HangUpLeg.class).stream()
                .filter(order -> order.reason().equals(EndReason.ANSWERED_ELSEWHERE))
                .map(AcdEffect.HangUpLeg::leg)
                .toList();
    }

    @Test
    void allRingAtOnceAndTheFirstToAnswerHasTheCall() {
        // Given
        scene.register(103, 104);
        var rung = ring(Group.Order.AT_ONCE, "103", OUTSIDE, "104");
        assertEquals(List.of("103", OUTSIDE, "104"), parties(rung));

        // When
        scene.answered("a", rung.get(2).leg());

        // Then
        assertEquals(List.of(rung.get(0).leg(), rung.get(1).leg()), answeredElsewhere());
        assertEquals(AgentState.OnCall.class, scene.state(104));
        assertEquals(AgentState.Ready.class, scene.state(103));
        var join = scene.effects(AcdEffect.JoinLegs.class).getFirst();
        assertEquals(rung.get(2).leg(), join.other());
        assertEquals(Optional.of("rating"), join.afterTalk());
    }

    @Test
    void aNumberOutsideIsRungByTheTenantsOwnNumberAndIsNobodysAgent() {
        // Given
        scene.register(103);
        var rung = ring(Group.Order.AT_ONCE, "103", OUTSIDE);
        var outside = rung.getLast();
        assertEquals("+74950000100", outside.shown().number().value());
        assertEquals(Optional.empty(), outside.agent());

        // When
        scene.answered("a", outside.leg());

        // Then
        assertEquals(List.of(rung.getFirst().leg()), answeredElsewhere());
        assertEquals(outside.leg(), scene.effects(AcdEffect.JoinLegs.class).getFirst().other());
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void aCallerWhomANumberOutsideLeavesFirstGoesIntoTheFlow() {
        // Given
        var rung = ring(Group.Order.AT_ONCE, OUTSIDE);
        scene.answered("a", rung.getFirst().leg());

        // When
        scene.send(
                new AcdCommand.HearLegEnded(
                        Scene.call("a"), rung.getFirst().leg(), HUNG_UP, 0, Optional.of("rating")));

        // Then
        assertTrue(scene.acd.calls().isEmpty());
        assertTrue(scene.effects(AcdEffect.HangUpCall.class).isEmpty());
    }

    @Test
    void inTurnTheNextRingsWhenTheOneBeforeDoesNoMore() {
        // Given
        scene.register(103, 104);
        var first = ring(Group.Order.IN_TURN, "103", "104");
        assertEquals(List.of("103"), parties(first));

        // When
        noAnswer(first.getFirst());

        // Then
        var second = rung();
        assertEquals(List.of("104"), parties(second));
        assertEquals(RING, second.getFirst().ringTimeout());
        assertTrue(handedBack().isEmpty());
    }

    @Test
    void whenNobodyAnswersTheFlowGoesOnByTheExitThatSaysMost() {
        // Given
        scene.register(103, 104);
        var first = ring(Group.Order.IN_TURN, "103", "104", "105");
        noAnswer(first.getFirst());

        // When
        scene.ended("a", rung().getFirst().leg(), "busy", 486);

        // Then
        assertEquals(List.of("no-answer"), handedBack());
    }

    @Test
    void escalatingTheNextRingsBesideThoseBefore() {
        // Given
        scene.register(103, 104, 105);
        var first = ring(Group.Order.ESCALATING, "103", "104", "105");
        assertEquals(List.of("103"), parties(first));
        assertEquals(RING.multipliedBy(3), first.getFirst().ringTimeout());

        // When
        scene.after(RING);

        // Then
        var second = rung();
        assertEquals(List.of("104"), parties(second));
        assertEquals(RING.multipliedBy(2), second.getFirst().ringTimeout());
        assertTrue(scene.effects(AcdEffect.HangUpLeg.class).isEmpty());

        // When
        scene.after(RING);
        scene.answered("a", first.getFirst().leg());

        // Then
        var third = rung();
        assertEquals(List.of(second.getFirst().leg(), third.getFirst().leg()), answeredElsewhere());
        assertEquals(AgentState.OnCall.class, scene.state(103));
    }

    @Test
    void whoCannotBeRungIsPassedOver() {
        // Given
        scene.register(104);

        // When
        var rung = ring(Group.Order.ESCALATING, "103", "+8835100001234", "104");

        // Then
        assertEquals(List.of("104"), parties(rung));
    }

    @Test
    void aGroupOfWhichNobodyIsThereIsUnavailableAtOnce() {
        // When
        var rung = ring(Group.Order.AT_ONCE, "103", "104");

        // Then
        assertTrue(rung.isEmpty());
        assertEquals(List.of("unavailable"), handedBack());
    }

    @Test
    void aGroupOfWhichAllTalkIsBusyAtOnce() {
        // Given
        scene.register(103);
        scene.talk("b", Clinic.REGISTRY);

        // When
        ring(Group.Order.IN_TURN, "103", "104");

        // Then
        assertEquals(List.of("busy"), handedBack());
    }

    @Test
    void nobodyRingsLongerThanTheWhole() {
        // Given
        scene.register(103, 104);
        var first = ring(Group.Order.IN_TURN, Optional.of(RING.plusSeconds(2)), "103", "104");
        scene.after(RING);
        noAnswer(first.getFirst());

        // Then
        var second = rung();
        assertEquals(Duration.ofSeconds(2), second.getFirst().ringTimeout());

        // When
        scene.after(Duration.ofMinutes(1));

        // Then
        assertEquals(List.of("no-answer"), handedBack());
    }

    @Test
    void whoHangsUpSilencesAllPhones() {
        // Given
        scene.register(103, 104);
        var rung = ring(Group.Order.AT_ONCE, "103", OUTSIDE, "104");

        // When
        scene.ended("a", new LegId("leg_a"), "caller-hung-up", 487);

        // Then
        assertEquals(
                rung.stream().map(AcdEffect.NewLeg::leg).collect(Collectors.toSet()),
                scene.effects(AcdEffect.HangUpLeg.class).stream()
                        .map(AcdEffect.HangUpLeg::leg)
                        .collect(Collectors.toSet()));
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void aNewLeaderGoesOnWithTheGroupAsItRings() {
        // Given
        scene.register(103, 104);
        var first = ring(Group.Order.IN_TURN, "103", OUTSIDE, "104");
        noAnswer(first.getFirst());
        var second = rung();

        // When
        scene.takeOver(2);

        // Then
        var again = rung();
        assertEquals(second.getFirst().leg(), again.getFirst().leg());
        assertEquals(second.getFirst().agent(), again.getFirst().agent());

        // When
        noAnswer(again.getFirst());

        // Then
        assertEquals(List.of("104"), parties(rung()));
    }
}
