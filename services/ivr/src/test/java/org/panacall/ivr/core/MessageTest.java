// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.NoteLegEnded;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrCommand.Recorded;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.MessageRecorded;
import org.panacall.ivr.core.IvrEvent.RecordingNoticePlayed;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.run.Traces;

/** Messages that callers leave, and the notice without which nothing else may be recorded. */
class MessageTest {

    private static final Step.Extent EXTENT =
            new Step.Extent(
                    Duration.ofMinutes(3), Duration.ofSeconds(5), Duration.ofSeconds(1), "#");

    private final Stage stage = new Stage();

    private static Flow recording(String mailbox) {
        return Stage.flow(
                Stage.step(
                        "message",
                        new Step.RecordMessage(Stage.prompts("leave-message"), mailbox, EXTENT),
                        "done",
                        "thanks",
                        "too-short",
                        "bye"),
                Stage.step("thanks", new Step.Play(Stage.prompts("thanks"), false), "done", "bye"),
                Stage.step("bye", new Step.HangUp()));
    }

    private static Flow noticing() {
        return Stage.flow(
                Stage.step(
                        "notice",
                        new Step.RecordingNotice(Stage.prompts("recording-notice")),
                        "done",
                        "queue",
                        "failed",
                        "queue"),
                Stage.step(
                        "queue",
                        new Step.Enqueue(
                                new QueueId("registry"), Map.of("recording-notice", "played"))));
    }

    private Stage start(Flow flow) {
        return stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));
    }

    private IvrEffect.Record record() {
        return assertInstanceOf(IvrEffect.Record.class, stage.lastEffect());
    }

    private Stage ends(PlayEnd end) {
        return stage.tell(new NotePlayEnded(Stage.CALLER.call(), record().number(), end));
    }

    private static PlayEnd made(String recording) {
        return new PlayEnd(true, Optional.of(new Recorded(recording, Duration.ofSeconds(9))));
    }

    private String exit() {
        return stage.events.stream()
                .map(IvrEvent::fact)
                .filter(StepLeft.class::isInstance)
                .map(fact -> ((StepLeft) fact).exit())
                .findFirst()
                .orElse("");
    }

    private <F> Optional<F> fact(Class<F> kind) {
        return stage.events.stream()
                .map(IvrEvent::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    @Test
    void aMessageIsAskedForWithAToneAndGoesToItsMailbox() {
        // When
        start(recording("paid"));

        // Then
        assertInstanceOf(Prompt.Tone.class, record().prompts().getLast());
        assertEquals("paid", record().message().mailbox());
        ends(made("recording_1"));
        assertEquals(
                new MessageRecorded("recording_1", "paid", Duration.ofSeconds(9)),
                fact(MessageRecorded.class).orElseThrow());
        assertEquals("done", exit());
    }

    @Test
    void withoutAMailboxItIsTheFallbackQueues() {
        // When
        start(recording(""));

        // Then
        assertEquals("fallback", record().message().mailbox());
    }

    @Test
    void withoutAMailboxAMessageOfWhoComesFromAQueueIsForThatQueue() {
        // Given
        var from = Stage.CALLER.origin();
        var origin =
                new Caller.Origin(from.run(), from.sipIngress(), from.traceparent(), "registry");
        var caller =
                new Caller(
                        Stage.CALLER.call(),
                        Stage.CALLER.leg(),
                        Stage.CALLER.tenant(),
                        Stage.CALLER.numbers(),
                        origin);

        // When
        stage.tell(new StartRun(caller, recording(""), Stage.dialPlan(), true));

        // Then
        assertEquals("registry", record().message().mailbox());
        assertEquals("registry", caller.in("run_2").at("127.0.0.1:1").origin().fromQueue());
    }

    @Test
    void whoSaysNothingTakesTheOtherExit() {
        // Given
        start(recording("paid"));

        // When
        ends(made(""));

        // Then
        assertEquals("too-short", exit());
        assertTrue(fact(MessageRecorded.class).isEmpty());
    }

    @Test
    void whatCannotBeRecordedFallsBack() {
        // Given
        start(recording("paid"));

        // When
        ends(PlayEnd.BROKEN_OFF);

        // Then
        assertEquals("failed", exit());
        assertEquals("queue fallback", stage.handedTo());
    }

    @Test
    void anEndThatWasLostStrandsNobody() {
        // Given
        start(recording("paid"));

        // When
        stage.after(Duration.ofMinutes(7));

        // Then
        assertEquals("failed", exit());
    }

    @Test
    void keysPressedMeanwhileAreMedias() {
        // Given
        start(recording("paid"));

        // When
        stage.press("1", "#");

        // Then
        assertInstanceOf(IvrEffect.Record.class, stage.lastEffect());
    }

    @Test
    void whoHangsUpEndsTheRunAndMediaKeepsWhatHeSaid() {
        // Given
        start(recording("paid"));

        // When
        stage.tell(
                new NoteLegEnded(
                        Stage.CALLER.call(),
                        Stage.CALLER.leg(),
                        new EndReason(EndReason.Fault.NONE, "caller-hung-up")));

        // Then
        assertTrue(stage.ending().isPresent());
    }

    @Test
    void aNoticeHeardToTheEndIsProvenAndTold() {
        // Given
        start(noticing());

        // When
        stage.playEnds();

        // Then
        var proof = fact(RecordingNoticePlayed.class).orElseThrow();
        assertEquals("recording-notice", proof.prompts());
        assertEquals(1, proof.version());
        assertEquals("played", attributes().get("recording-notice"));
        var traces = new Traces(Duration.ofHours(2));
        stage.events.subList(0, 3).forEach(one -> traces.apply(Traces.Note.of(one, 1)));
        assertTrue(traces.live().getFirst().situation().noticed());
    }

    @Test
    void aNoticeThatWasNotHeardToTheEndProvesNothing() {
        // Given
        start(noticing());
        stage.press("1");

        // When
        stage.tell(
                new NotePlayEnded(
                        Stage.CALLER.call(), stage.lastPlay().number(), PlayEnd.BROKEN_OFF));

        // Then
        assertFalse(stage.lastPlay().bargeIn());
        assertTrue(fact(RecordingNoticePlayed.class).isEmpty());
        assertEquals("failed", exit());
        assertFalse(attributes().containsKey("recording-notice"));
    }

    private Map<String, String> attributes() {
        var over = assertInstanceOf(IvrEffect.HandOver.class, stage.lastEffect());
        return assertInstanceOf(ToQueue.class, over.to()).attributes();
    }

    @Test
    void aNoticeIsOnePlay() {
        // When
        start(noticing());

        // Then
        assertEquals(List.of("recording-notice"), ids(stage.lastPlay().prompts()));
    }

    private static List<String> ids(List<Prompt> prompts) {
        return prompts.stream().map(prompt -> ((Prompt.Stored) prompt).promptId()).toList();
    }
}
