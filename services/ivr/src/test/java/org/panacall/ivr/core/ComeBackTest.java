// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.Bookmarks;
import org.panacall.ivr.GroupWording;
import org.panacall.ivr.core.IvrCommand.Back;
import org.panacall.ivr.core.IvrCommand.NoteEffectDone;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.CallRated;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Destination.RingGroup;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.run.Run;

/** Calls that come back to their flow when nobody takes them, and ratings. */
class ComeBackTest {

    private final Stage stage = new Stage();
    private final Run.Drawing drawing = new Run.Drawing(doctor(), Stage.dialPlan());

    /**
     * To the doctor, for 20 s on his desk phone alone; when he does not answer, sorry, registry.
     */
    private static Flow doctor() {
        var doctor =
                new Step.Transfer(
                        new Step.Person(new Extension("103"), true),
                        Optional.of(Duration.ofSeconds(20)));
        return Stage.flow(
                Stage.step("doctor", doctor, "no-answer", "sorry"),
                Stage.step("sorry", new Step.Play(Stage.prompts("sorry"), false), "done", "on"),
                Stage.step("on", new Step.Enqueue(new QueueId("registry"), Map.of())));
    }

    private IvrEffect.HandOver toDoctor() {
        stage.tell(new StartRun(Stage.CALLER, drawing, true));
        return assertInstanceOf(IvrEffect.HandOver.class, stage.lastEffect());
    }

    private void comeBack(IvrEffect.HandOver over, String exit) {
        var bookmark = over.to().terms().orElseThrow().bookmark().orElseThrow();
        var back = new Back(Bookmarks.read(Bookmarks.message(bookmark).toByteString()), exit);
        stage.tell(new StartRun(Stage.CALLER.in("run_2"), drawing, true, Optional.of(back)));
    }

    private List<Ending> endings() {
        return stage.events.stream()
                .map(IvrEvent::fact)
                .filter(FlowFinished.class::isInstance)
                .map(fact -> ((FlowFinished) fact).ending())
                .toList();
    }

    @Test
    void aTransferSaysHowToRingAndWhatBringsTheCallBack() {
        // When
        var over = toDoctor();

        // Then
        var terms = ((Destination.ToExtension) over.to()).rung();
        assertEquals(Optional.of(Duration.ofSeconds(20)), terms.ringTimeout());
        assertTrue(terms.onlyExtension());
        assertEquals(List.of("no-answer"), terms.exits());
    }

    @Test
    void aGroupIsHandedOverWithItsTimesAndComesBackWhenNobodyAnswers() {
        // Given
        var group =
                new RingGroup(
                        List.of(
                                new Step.Person(new Extension("103"), false),
                                new Step.Telephone("+74951112233")),
                        RingGroup.Order.ESCALATING,
                        new RingGroup.Times(Duration.ofSeconds(10), Optional.empty()),
                        Optional.empty());
        var flow =
                Stage.flow(
                        Stage.step("all", new Step.Ring(group), "no-answer", "sorry"),
                        Stage.step("sorry", new Step.HangUp()));
        stage.tell(new StartRun(Stage.CALLER, new Run.Drawing(flow, Stage.dialPlan()), true));

        // When
        var over = assertInstanceOf(IvrEffect.HandOver.class, stage.lastEffect());

        // Then
        var to = assertInstanceOf(Destination.ToGroup.class, over.to());
        assertEquals(group, to.group());
        assertEquals(List.of("no-answer"), to.rung().exits());
        assertTrue(to.rung().bookmark().isPresent());
        assertEquals("ring-group", to.target());
        assertEquals(group, GroupWording.read(GroupWording.message(group)));
        var rehearsed =
                Rehearsal.of(
                        Stage.CALLER,
                        new Run.Drawing(flow, Stage.dialPlan()),
                        Stage.LIMITS,
                        new Rehearsal.Replies(List.of(), Map.of("all", Outcome.of("no-answer"))),
                        Instant.EPOCH);
        assertEquals(Instant.EPOCH.plusSeconds(20), rehearsed.getLast().at());
    }

    @Test
    void aTransferWithoutExitsIsForGood() {
        // Given
        var flow = Stage.flow(Stage.step("t", new Step.Transfer(new Extension("103"))));

        // When
        stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));

        // Then
        var over = (IvrEffect.HandOver) stage.lastEffect();
        assertEquals(Destination.Terms.USUAL, over.to().terms().orElseThrow());
    }

    @Test
    void theFlowGoesOnWhereItHandedTheCallOver() {
        // Given
        var over = toDoctor();
        stage.tell(new NoteEffectDone(Stage.CALLER.call(), over.number()));

        // When
        comeBack(over, "no-answer");

        // Then
        assertEquals(Stage.prompts("sorry"), stage.lastPlay().prompts());
        assertEquals("queue registry", stage.playEnds().handedTo());
        assertEquals(List.of(Ending.HANDED_OVER), endings());
    }

    @Test
    void aCallThatIsBackBeforeItsHandOverWasConfirmedGoesOnOnce() {
        // Given
        var over = toDoctor();

        // When
        comeBack(over, "no-answer");
        stage.tell(new NoteEffectDone(Stage.CALLER.call(), over.number()));
        stage.tell(new NoteEffectFailed(Stage.CALLER.call(), over.number(), false));

        // Then
        assertEquals(List.of(Ending.HANDED_OVER), endings());
        assertEquals(1, stage.ivr.runs());
        assertEquals("queue registry", stage.playEnds().handedTo());
    }

    @Test
    void anExitThatTheDrawingDoesNotHaveAnyMoreLeadsToTheFallback() {
        // Given
        var over = toDoctor();

        // When
        comeBack(over, "busy");

        // Then
        assertEquals("queue fallback", stage.handedTo());
    }

    @Test
    void aRepeatedReturnChangesNothing() {
        // Given
        var over = toDoctor();
        comeBack(over, "no-answer");
        var before = stage.events.size();

        // When
        comeBack(over, "no-answer");

        // Then
        assertEquals(before, stage.events.size());
    }

    @Test
    void aHandOverThatIsRefusedTakesTheExitForIt() {
        // Given
        var failing =
                Stage.flow(
                        Stage.step("t", new Step.Transfer(new Extension("103")), "failed", "on"),
                        Stage.step("on", new Step.Enqueue(new QueueId("registry"), Map.of())));
        stage.tell(new StartRun(Stage.CALLER, failing, Stage.dialPlan(), true));

        // When
        stage.tell(new NoteEffectFailed(Stage.CALLER.call(), stage.lastEffect().number(), false));

        // Then
        assertEquals("queue registry", stage.handedTo());
    }

    @Test
    void aRehearsalTakesTheOutcomesThatItIsTold() {
        // Given
        var script = new Rehearsal.Replies(List.of(), Map.of("doctor", Outcome.of("no-answer")));

        // When
        var moments = Rehearsal.of(Stage.CALLER, drawing, Stage.LIMITS, script, Instant.EPOCH);

        // Then
        var heard =
                moments.stream()
                        .filter(Rehearsal.Heard.class::isInstance)
                        .map(moment -> ((Rehearsal.Heard) moment).prompts())
                        .toList();
        assertEquals(List.of(Stage.prompts("sorry")), heard);
        var last = (Rehearsal.Happened) moments.getLast();
        assertEquals("registry", ((FlowFinished) last.event().fact()).target());
        assertEquals(Instant.EPOCH.plusSeconds(20), moments.get(4).at());
    }

    @Test
    void aRatingIsOneKeyAndIsTold() {
        // Given
        var rate =
                new Step.Rate(
                        Stage.prompts("rate"),
                        Stage.prompts("invalid"),
                        5,
                        Optional.empty(),
                        new Step.Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), 2));
        var flow =
                Stage.flow(
                        Stage.step(
                                "rate", rate, "done", "bye", "no-input", "bye", "invalid", "bye"),
                        Stage.step("bye", new Step.HangUp()));
        stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));

        // When
        stage.press("7", "4");

        // Then
        var rated =
                stage.events.stream()
                        .map(IvrEvent::fact)
                        .filter(CallRated.class::isInstance)
                        .map(CallRated.class::cast)
                        .toList();
        assertEquals(1, rated.size());
        assertEquals(4, rated.getFirst().rating());
        assertInstanceOf(IvrEffect.HangUpCall.class, stage.lastEffect());
    }
}
