// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Traces;

/** Steps whose work is done outside. */
class AskingTest {

    private static final Duration WITHIN = Duration.ofSeconds(3);
    private static final Errand ERRAND = () -> "errand";

    private final Stage stage = new Stage();

    /** Asks who rings, and leads to his doctor's queue. */
    private static Run.Drawing waits() {
        return drawing(
                Stage.step(
                        "ask", asking(false), "done", "doctor", "failed", "all", "timeout", "none"),
                Stage.step(
                        "doctor", new Step.Enqueue(new QueueId("doctor"), Map.of(), attribute())),
                Stage.step("none", new Step.Enqueue(new QueueId("late"), Map.of())),
                Stage.step("all", new Step.Enqueue(new QueueId("all"), Map.of())));
    }

    /** The same in parallel with a greeting. */
    private static Run.Drawing ahead() {
        return drawing(
                Stage.step("ask", asking(true), "started", "greeting"),
                Stage.step(
                        "greeting", new Step.Play(Stage.prompts("hello"), false), "done", "await"),
                Stage.step(
                        "await",
                        new Step.Await(new StepId("ask")),
                        "done",
                        "doctor",
                        "failed",
                        "all"),
                Stage.step(
                        "doctor", new Step.Enqueue(new QueueId("doctor"), Map.of(), attribute())),
                Stage.step("all", new Step.Enqueue(new QueueId("all"), Map.of())));
    }

    private static Step.Kind asking(boolean ahead) {
        Expression number = names -> names.apply("caller.number");
        return new Step.Outside(ERRAND, new TreeMap<>(Map.of("number", number)), WITHIN, ahead);
    }

    private static Map<String, Expression> attribute() {
        return Map.of("doctor", names -> names.apply("doctor"));
    }

    private static Run.Drawing drawing(Step... steps) {
        var map = new LinkedHashMap<StepId, Step>();
        for (var step : steps) {
            map.put(step.id(), step);
        }
        var flow =
                new Flow(
                        new FlowId("main"),
                        1,
                        steps[0].id(),
                        map,
                        Optional.of(new QueueId("fallback")),
                        Map.of("doctor", new Variable("doctor", Variable.Kind.TEXT, "")));
        return new Run.Drawing(flow, Stage.dialPlan());
    }

    private static Outcome found() {
        return new Outcome("done", new TreeMap<>(Map.of("doctor", "ivanova")));
    }

    private Stage start(Run.Drawing drawing) {
        return stage.tell(new StartRun(Stage.CALLER, drawing, true));
    }

    private IvrEffect.Ask asked() {
        return stage.effects.stream()
                .filter(IvrEffect.Ask.class::isInstance)
                .map(IvrEffect.Ask.class::cast)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private Stage answer(Outcome outcome) {
        return stage.tell(new NoteOutcome(Stage.CALLER.call(), asked().number(), outcome));
    }

    private Stage die(Run.Drawing drawing) {
        var traces = new Traces(Duration.ofHours(2));
        stage.events.forEach(event -> traces.apply(Traces.Note.of(event, 1)));
        stage.effects.clear();
        stage.ivr = new Ivr(Stage.LIMITS);
        traces.live().forEach(one -> stage.ivr.inherit(one, drawing, stage.clock.instant()));
        return stage.tell(Stage.found(true, true));
    }

    @Test
    void whatIsAskedIsComputedForTheCaller() {
        // When
        start(waits());

        // Then
        var question = asked().question();
        assertEquals(Map.of("number", "+79160000001"), question.arguments());
        assertEquals(ERRAND, question.errand());
        assertEquals("run_of_call_1_ask_1", question.key());
    }

    @Test
    void theOutcomeSetsVariablesAndLeadsOn() {
        // When
        start(waits());
        answer(found());

        // Then
        assertEquals("queue doctor", stage.handedTo());
        var over = assertInstanceOf(IvrEffect.HandOver.class, stage.lastEffect());
        assertTrue(over.to().toString().contains("ivanova"));
    }

    @Test
    void anOutcomeWithoutAnExitOfItsOwnFails() {
        // When
        start(waits());
        answer(Outcome.of("refused"));

        // Then
        assertEquals("queue all", stage.handedTo());
    }

    @Test
    void nobodyWaitsLongerThanTheDeadline() {
        // Given
        start(waits());

        // When
        stage.after(WITHIN);

        // Then
        assertEquals("queue late", stage.handedTo());
        answer(found());
        assertEquals("queue late", stage.handedTo());
    }

    @Test
    void whatCannotBeComputedFailsWithoutBeingAsked() {
        // Given
        Expression nothing = _ -> Optional.empty();
        var step = new Step.Outside(ERRAND, new TreeMap<>(Map.of("x", nothing)), WITHIN, false);

        // When
        start(
                drawing(
                        Stage.step("ask", step, "failed", "all"),
                        Stage.step("all", new Step.Enqueue(new QueueId("all"), Map.of()))));

        // Then
        assertTrue(stage.effects.stream().noneMatch(IvrEffect.Ask.class::isInstance));
        assertEquals("queue all", stage.handedTo());
    }

    @Test
    void whatIsAskedAheadDoesNotHoldTheGreetingUp() {
        // Given
        start(ahead());
        assertEquals(Stage.prompts("hello"), stage.lastPlay().prompts());

        // When
        answer(found());
        assertEquals(Stage.prompts("hello"), stage.lastPlay().prompts());
        stage.playEnds();

        // Then
        assertEquals("queue doctor", stage.handedTo());
    }

    @Test
    void whatIsAwaitedMayComeLate() {
        // Given
        start(ahead()).playEnds();

        // When
        answer(found());

        // Then
        assertEquals("queue doctor", stage.handedTo());
    }

    @Test
    void whoseTimeWasOverBeforeAnybodyWaitedIsNotWaitedFor() {
        // Given
        start(ahead());

        // When: the greeting takes longer than the answer may.
        stage.after(WITHIN.plusSeconds(1));
        stage.playEnds();

        // Then: the exit that it has instead of one for its time.
        assertEquals("queue all", stage.handedTo());
        assertTrue(stage.ivr.nextDeadline().orElseThrow().isAfter(stage.clock.instant()));
    }

    @Test
    void theTimeOfWhatIsAskedAheadBeginsWhenItIsAsked() {
        // Given
        start(ahead()).after(WITHIN.minusSeconds(1));

        // When
        stage.playEnds().after(Duration.ofSeconds(1));

        // Then
        assertEquals("queue all", stage.handedTo());
    }

    @Test
    void anHeirAsksAgainByTheSameKey() {
        // Given
        start(waits());
        var before = asked();

        // When
        die(waits());

        // Then
        assertEquals(before.question().key(), asked().question().key());
        assertNotEquals(before.number(), asked().number());
        assertEquals("queue doctor", answer(found()).handedTo());
    }

    @Test
    void anHeirAsksAgainWhatWasAskedAheadWhenItIsAwaited() {
        // Given
        start(ahead());
        Question before = asked().question();

        // When
        die(ahead());
        assertTrue(stage.effects.stream().noneMatch(IvrEffect.Ask.class::isInstance));
        stage.playEnds();

        // Then
        assertEquals(before.key(), asked().question().key());
        assertEquals("queue doctor", answer(found()).handedTo());
    }

    @Test
    void aRehearsalGivesItsOwnAnswersAndElseFails() {
        // When
        var answered =
                Rehearsal.of(
                        Stage.CALLER,
                        ahead(),
                        Stage.LIMITS,
                        new Rehearsal.Replies(List.of(), Map.of("ask", found())),
                        stage.clock.instant());
        var unanswered =
                Rehearsal.of(Stage.CALLER, ahead(), Stage.LIMITS, List.of(), stage.clock.instant());

        // Then
        assertTrue(leaves(answered, new StepLeft(new StepId("await"), "done")));
        assertTrue(leaves(unanswered, new StepLeft(new StepId("await"), "failed")));
    }

    private static boolean leaves(List<Rehearsal.Moment> moments, StepLeft left) {
        return moments.stream()
                .anyMatch(
                        moment ->
                                moment instanceof Rehearsal.Happened(_, var event)
                                        && event.fact().equals(left));
    }
}
