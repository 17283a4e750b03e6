// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.panacall.acd.core.rules.OverflowClinic.CLOSED;
import static org.panacall.acd.core.rules.OverflowClinic.CLOSES_SOON;
import static org.panacall.acd.core.rules.OverflowClinic.MINUTE;
import static org.panacall.acd.core.rules.OverflowClinic.PAID;
import static org.panacall.acd.core.rules.OverflowClinic.atEntry;
import static org.panacall.acd.core.rules.OverflowClinic.call;
import static org.panacall.acd.core.rules.OverflowClinic.plan;
import static org.panacall.acd.core.rules.OverflowClinic.rules;
import static org.panacall.acd.core.rules.OverflowClinic.scene;
import static org.panacall.acd.core.rules.OverflowClinic.small;
import static org.panacall.acd.core.rules.OverflowClinic.waiting;
import static org.panacall.acd.core.rules.OverflowClinic.why;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantPlan;

/** When a call does not stay in its queue. */
class OverflowRulesTest {

    static Stream<Arguments> entries() {
        var signedOut = new OverflowRule(Why.NOBODY_SIGNED_IN, PAID);
        var notReady = new OverflowRule(Why.NOBODY_READY, PAID);
        var tooLong = new OverflowRule(Why.LINE_TOO_LONG, Duration.ZERO, 1, List.of(PAID));
        return Stream.of(
                // rules, calls before, agents registered, of them not ready, where it waits
                Arguments.of(rules(CLOSED, List.of(), List.of()), 0, 0, 0, "registry"),
                Arguments.of(
                        rules(CLOSED, List.of(new OverflowRule(Why.CLOSED, PAID)), List.of()),
                        0,
                        0,
                        0,
                        "paid"),
                Arguments.of(atEntry(new OverflowRule(Why.CLOSED, PAID)), 0, 0, 0, "registry"),
                Arguments.of(atEntry(signedOut), 0, 0, 0, "paid"),
                Arguments.of(atEntry(signedOut), 0, 1, 1, "registry"),
                Arguments.of(atEntry(notReady), 0, 0, 0, "paid"),
                Arguments.of(atEntry(notReady), 0, 2, 2, "paid"),
                Arguments.of(atEntry(tooLong), 0, 0, 0, "registry"),
                Arguments.of(atEntry(tooLong), 1, 0, 0, "paid"),
                Arguments.of(atEntry(new OverflowRule(Why.FULL, PAID)), 1, 0, 0, "registry"),
                Arguments.of(atEntry(new OverflowRule(Why.FULL, PAID)), 2, 0, 0, "paid"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void rulesAtEntryDecideWhereACallWaits(
            QueueRules rules, int before, int registered, int notReady, String queue) {
        // Given
        var scene = scene(rules);
        for (int number = 103; number < 103 + registered; number++) {
            scene.register(number);
        }
        for (int number = 103; number < 103 + notReady; number++) {
            scene.notReady(number);
        }
        for (int call = 0; call < before; call++) {
            scene.enqueue("before" + call, Clinic.REGISTRY);
        }

        // When
        var refusal = scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals(queue, call(scene, "a").queue().orElseThrow().value());
        assertInstanceOf(QueuedCall.State.Waiting.class, call(scene, "a").state());
    }

    @Test
    void somebodyWhoTalksIsThereThoughHeIsNotReady() {
        // Given
        var scene = scene(atEntry(new OverflowRule(Why.NOBODY_READY, PAID)));
        scene.register(103);
        scene.talk("talk", Clinic.REGISTRY);

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        assertEquals(1, scene.acd.waiting(Clinic.REGISTRY));
    }

    @Test
    void aLongPredictedWaitSendsCallsElsewhereBeforeTheyWait() {
        // Given
        ExpectedWait tenMinutes = (call, now) -> Optional.of(Duration.ofMinutes(10));
        var rule = new OverflowRule(Why.WAIT_PREDICTED_TOO_LONG, Duration.ofMinutes(5), PAID);
        var scene = new Scene(plan(atEntry(rule)), tenMinutes);
        var silent = scene(atEntry(rule));

        // When
        scene.enqueue("a", Clinic.REGISTRY);
        silent.enqueue("a", Clinic.REGISTRY);

        // Then: without a prediction the rule never applies.
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
        assertEquals(1, silent.acd.waiting(Clinic.REGISTRY));
    }

    @Test
    void aWaitThatHasBecomeTooLongByPredictionSendsThemElsewhereToo() {
        // Given
        var wait = new Duration[] {Duration.ZERO};
        var rule = new OverflowRule(Why.WAIT_PREDICTED_TOO_LONG, Duration.ofMinutes(5), PAID);
        var scene = new Scene(plan(waiting(rule)), (call, now) -> Optional.of(wait[0]));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        wait[0] = Duration.ofMinutes(6);

        // When
        scene.after(Duration.ofSeconds(15));

        // Then
        assertEquals(List.of(Why.WAIT_PREDICTED_TOO_LONG), why(scene));
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                Arguments.of(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, PAID), 59, 60),
                Arguments.of(
                        new OverflowRule(Why.NOBODY_SIGNED_IN, Duration.ofSeconds(30), PAID),
                        29,
                        30),
                Arguments.of(
                        new OverflowRule(Why.NOBODY_READY, Duration.ofSeconds(30), PAID), 29, 30),
                Arguments.of(new OverflowRule(Why.NOBODY_SIGNED_IN, PAID), 0, 5));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void rulesWhileWaitingTakeEffectWhenTheirTimeHasCome(OverflowRule rule, int not, int then) {
        // Given
        var scene = scene(waiting(rule));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(Duration.ofSeconds(not));
        var before = scene.acd.waiting(Clinic.REGISTRY);

        // When
        scene.after(Duration.ofSeconds(then - not));

        // Then
        assertEquals(1, before);
        assertEquals(List.of(rule.when()), why(scene));
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
        var dequeued = scene.happened(AcdEvent.CallDequeued.class).getFirst();
        assertEquals(Cause.OVERFLOW, dequeued.cause());
    }

    @Test
    void anAbsenceCountsFromItsBeginningAndOneThatEndsInTimeDoesNot() {
        // Given
        var rule = new OverflowRule(Why.NOBODY_SIGNED_IN, Duration.ofSeconds(30), PAID);
        var scene = scene(waiting(rule));
        scene.register(103);
        scene.talk("talk", Clinic.REGISTRY);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        scene.unregister(103);
        scene.after(Duration.ofSeconds(20));
        scene.register(103);
        scene.after(Duration.ofSeconds(20));
        scene.unregister(103);
        scene.callEnded("talk");

        // When
        scene.after(Duration.ofSeconds(29));
        var soon = scene.acd.waiting(Clinic.REGISTRY);
        scene.after(Duration.ofSeconds(1));

        // Then
        assertEquals(1, soon);
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void aQueueThatClosesSendsOnWhoWaitsThereAndKeepsWhomAnAgentIsRungFor() {
        // Given
        var scene =
                scene(rules(CLOSES_SOON, List.of(), List.of(new OverflowRule(Why.CLOSED, PAID))));
        scene.after(MINUTE.minusSeconds(5).plus(MINUTE));
        scene.register(103);
        scene.enqueue("offered", Clinic.REGISTRY);
        scene.enqueue("a", Clinic.REGISTRY);

        // When
        scene.after(Duration.ofSeconds(5));

        // Then
        assertEquals(Clinic.PAID, call(scene, "a").queue().orElseThrow());
        assertInstanceOf(QueuedCall.State.Offered.class, call(scene, "offered").state());
        scene.ended("offered", scene.rung().leg(), "no-answer", 487);
        assertEquals(Clinic.PAID, call(scene, "offered").queue().orElseThrow());
    }

    @Test
    void whoeverCameBeforeTheQueueClosedIsServedWhenNoRuleSaysOtherwise() {
        // Given
        var scene = scene(rules(CLOSES_SOON, List.of(), List.of()));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(10));

        // When
        scene.register(103);

        // Then
        assertEquals("103", scene.rung().party().value());
    }

    @Test
    void rulesThatChangeCountForCallsThatWaitAlready() {
        // Given
        var scene = scene(QueueRules.NONE);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(2));

        // When
        scene.configure(plan(waiting(new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, PAID))));
        scene.after(Duration.ZERO);

        // Then
        assertEquals(1, scene.acd.waiting(Clinic.PAID));
    }

    @Test
    void aQueueThatIsGoneSendsItsCallsToTheFirstAndIfThatIsFullTellsThem() {
        // Given
        var scene = scene(QueueRules.NONE);
        for (var name : List.of("a", "b", "c")) {
            scene.enqueue(name, Clinic.PAID);
        }
        var onlyRegistry =
                new TenantPlan(
                        new PartyNumber("+74950000100"),
                        List.of(small(QueueRules.NONE)),
                        IntStream.rangeClosed(101, 110).mapToObj(Clinic::person).toList());

        // When
        scene.configure(onlyRegistry);

        // Then
        assertEquals(2, scene.acd.waiting(Clinic.REGISTRY));
        assertInstanceOf(QueuedCall.State.Told.class, call(scene, "c").state());
    }
}
