// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.HandAllOver;
import org.panacall.ivr.core.IvrCommand.NoteCallEnded;
import org.panacall.ivr.core.IvrCommand.NoteControlLost;
import org.panacall.ivr.core.IvrCommand.NoteEffectDone;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteLegAnswered;
import org.panacall.ivr.core.IvrCommand.NoteLegEnded;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;

/** How runs begin and end, and that nothing which fails strands a caller. */
class IvrTest {

    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "caller-hung-up");

    private final Stage stage = new Stage();

    @Test
    void aCallThatRingsIsAnsweredBeforeTheFirstStep() {
        // When
        stage.tell(start(Stage.demo(), false));

        // Then
        assertInstanceOf(IvrEffect.AnswerLeg.class, stage.lastEffect());
        stage.tell(new NoteLegAnswered(Stage.CALLER.call(), Stage.CALLER.leg()));
        assertInstanceOf(IvrEffect.Play.class, stage.lastEffect());
    }

    @Test
    void anAnswerThatWasSentButNeverNotedIsTakenForGranted() {
        // Given
        stage.tell(start(Stage.demo(), false)).tell(done());

        // When
        stage.after(Duration.ofSeconds(1));

        // Then
        assertInstanceOf(IvrEffect.Play.class, stage.lastEffect());
    }

    @Test
    void anAnswerThatTakesNoEffectLeadsToTheFallbackQueue() {
        // Given
        stage.tell(start(Stage.demo(), false));

        // When
        stage.after(Duration.ofSeconds(10));

        // Then
        assertEquals("queue fallback", stage.handedTo());
    }

    @Test
    void startingTheSameCallTwiceDoesNothingTheSecondTime() {
        // Given
        stage.tell(start(Stage.demo(), true));
        var before = stage.effects.size();

        // When
        stage.tell(start(Stage.demo(), true));

        // Then
        assertEquals(before, stage.effects.size());
    }

    @Test
    void oneRunMoreThanThereMayBeIsRefused() {
        // Given
        for (var call : List.of("call_a", "call_b", "call_c")) {
            stage.tell(new StartRun(Stage.caller(call), Stage.demo(), Stage.dialPlan(), true));
        }

        // When
        var decision = stage.ivr.handle(start(Stage.demo(), true), stage.clock.instant());

        // Then
        assertEquals(Optional.of(new Refusal.TooManyRuns()), decision.refusal());
        assertTrue(decision.effects().isEmpty());
    }

    @Test
    void aRunIsOverWhenTheNewControllerHasTheCall() {
        // Given
        stage.atMenu().press("2").after(Duration.ofMillis(1_500));

        // When
        stage.tell(done());

        // Then
        var finished = new FlowFinished(Ending.HANDED_OVER, "paid", EndReason.HANDED_OVER);
        assertEquals(Optional.of(finished), stage.ending());
        assertEquals(0, stage.ivr.runs());
    }

    @Test
    void aHandOverThatFailsGoesToTheFallbackQueueAndThenEndsTheCall() {
        // Given
        stage.atMenu().press("2").after(Duration.ofMillis(1_500));
        stage.tell(failed(false));
        assertEquals("queue fallback", stage.handedTo());

        // When
        stage.tell(failed(false));

        // Then
        assertInstanceOf(IvrEffect.HangUpCall.class, stage.lastEffect());
        assertEquals(Ending.FAILED, stage.ending().orElseThrow().ending());
    }

    @Test
    void aHandOverThatIsNeverAnsweredDoesTheSame() {
        // Given
        stage.atMenu().press("2");

        // When
        stage.after(Duration.ofMinutes(1));

        // Then
        assertInstanceOf(IvrEffect.HangUpCall.class, stage.lastEffect());
        assertEquals(EndReason.NOBODY_TOOK_IT, stage.ending().orElseThrow().reason());
    }

    @Test
    void aTransferCarriesTheFallbackQueue() {
        // When
        stage.tell(
                start(Stage.flow(Stage.step("t", new Step.Transfer(new Extension("103")))), true));

        // Then
        assertEquals("extension 103", stage.handedTo());
        assertTrue(stage.lastEffect().toString().contains("fallback"));
    }

    @Test
    void aPlayThatCannotBePlayedIsSkipped() {
        // Given
        stage.tell(start(Stage.demo(), true));

        // When
        stage.tell(failed(false));

        // Then
        assertEquals(Stage.prompts("menu"), stage.lastPlay().prompts());
    }

    @Test
    void aPlayOfWhichTheEndIsNeverToldIsStoppedAndTheRunGoesOn() {
        // Given
        stage.tell(start(Stage.demo(), true));

        // When
        stage.after(Duration.ofMinutes(3));

        // Then
        var last = stage.effects.subList(stage.effects.size() - 2, stage.effects.size());
        assertInstanceOf(IvrEffect.StopPlay.class, last.getFirst());
        assertInstanceOf(IvrEffect.Play.class, last.getLast());
    }

    @Test
    void aCallThatSipIngressDoesNotKnowEndsItsRun() {
        // Given
        stage.tell(start(Stage.demo(), true));

        // When
        stage.tell(failed(true));

        // Then
        assertEquals(EndReason.CALL_GONE, stage.ending().orElseThrow().reason());
    }

    @Test
    void theCallerHangingUpEndsTheRunOnce() {
        // Given
        stage.atMenu();

        // When
        stage.tell(new NoteLegEnded(Stage.CALLER.call(), Stage.CALLER.leg(), HUNG_UP));
        stage.tell(new NoteCallEnded(Stage.CALLER.call(), HUNG_UP));

        // Then
        var finished = new FlowFinished(Ending.CALLER_HUNG_UP, "", HUNG_UP);
        assertEquals(Optional.of(finished), stage.ending());
    }

    @Test
    void theEndOfAnotherLegIsNoneOfItsBusiness() {
        // Given
        stage.atMenu();

        // When
        stage.tell(new NoteLegEnded(Stage.CALLER.call(), new LegId("leg_other"), HUNG_UP));

        // Then
        assertEquals(1, stage.ivr.runs());
    }

    @Test
    void losingControlEndsTheRun() {
        // Given
        stage.atMenu();

        // When
        stage.tell(new NoteControlLost(Stage.CALLER.call()));

        // Then
        assertEquals(Ending.HANDED_OVER, stage.ending().orElseThrow().ending());
    }

    @Test
    void aFlowThatGoesInCirclesEndsInTheFallbackQueue() {
        // Given
        var silent = new Step.Play(List.of(), false);
        var circle =
                Stage.flow(
                        Stage.step("a", silent, "done", "b"), Stage.step("b", silent, "done", "a"));

        // When
        stage.tell(start(circle, true));

        // Then
        assertEquals("queue fallback", stage.handedTo());
        var visits =
                stage.events.stream()
                        .filter(event -> event.fact() instanceof IvrEvent.StepEntered)
                        .count();
        assertEquals(500, visits);
    }

    @Test
    void aStepThatIsNotThereLeadsToTheFallbackQueue() {
        // Given
        var flow = Stage.flow(Stage.step("a", new Step.Play(List.of(), false), "done", "gone"));

        // When
        stage.tell(start(flow, true));

        // Then
        assertEquals("queue fallback", stage.handedTo());
    }

    @Test
    void anEchoTestEndsWithTheLongestTimeOfARun() {
        // Given
        stage.tell(start(Stage.flow(Stage.step("echo", new Step.Echo())), true));

        // When
        stage.after(Duration.ofHours(1));

        // Then
        assertInstanceOf(IvrEffect.HangUpCall.class, stage.lastEffect());
        assertEquals(EndReason.TOO_LONG, stage.ending().orElseThrow().reason());
    }

    @Test
    void whenTheInstanceStopsEveryCallGoesToItsFallbackQueue() {
        // Given
        stage.atMenu();

        // When
        stage.tell(new HandAllOver());

        // Then
        assertEquals("queue fallback", stage.handedTo());
    }

    @Test
    void eventsAreNumberedWithoutGapsAndRepeatTheRun() {
        // Given
        stage.atMenu().press("5").press("3").playEnds().press("2");
        stage.after(Duration.ofMillis(1_500)).tell(done());

        // When
        var sequences = stage.events.stream().map(IvrEvent::sequence).toList();

        // Then
        assertEquals(LongStream.rangeClosed(1, sequences.size()).boxed().toList(), sequences);
        var rebuilt = new Ivr(Stage.LIMITS);
        stage.events.forEach(rebuilt::apply);
        assertEquals(0, rebuilt.runs());
        assertEquals(
                Map.of(new StepId("menu"), 2, new StepId("greeting"), 1),
                visitsOf("menu", "greeting"));
    }

    private Map<StepId, Integer> visitsOf(String... steps) {
        var visits = new LinkedHashMap<StepId, Integer>();
        for (var event : stage.events) {
            if (event.fact() instanceof IvrEvent.StepEntered(var step, var visit, _, _)
                    && List.of(steps).contains(step.value())) {
                visits.put(step, visit);
            }
        }
        return visits;
    }

    private NoteEffectDone done() {
        return new NoteEffectDone(Stage.CALLER.call(), stage.lastEffect().number());
    }

    private NoteEffectFailed failed(boolean gone) {
        return new NoteEffectFailed(Stage.CALLER.call(), stage.lastEffect().number(), gone);
    }

    private static StartRun start(Flow flow, boolean answered) {
        return new StartRun(Stage.CALLER, flow, Stage.dialPlan(), answered);
    }
}
