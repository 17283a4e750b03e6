// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panacall.media.codec.Codec;
import org.panacall.media.listen.Listeners.Outcome;
import org.panacall.media.mix.Frame;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.Notice;
import org.panacall.media.pipeline.Notice.SpeechNoticed;
import org.panacall.media.pipeline.Notice.SpeechOutcome;
import org.panacall.media.tap.Ear;
import org.panacall.simkit.Eventually;

/** Whoever has spoken is told what it was worth, within limits. */
class ListenersTest {

    private static final LegIdentity LEG = new LegIdentity("leg", "call", "demo", "sip");
    private static final Listeners.Limits LIMITS =
            new Listeners.Limits(3, 1, 1, Duration.ofSeconds(2));
    private static final Listeners.Wish WISH =
            new Listeners.Wish(
                    "ru-RU",
                    Map.of("1", List.of("запись"), "2", List.of("отменить запись")),
                    Duration.ofSeconds(5));

    private final LinkedBlockingQueue<SpeechNoticed> told = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private Listeners listeners;

    @AfterEach
    void close() {
        free.countDown();
        listeners.close();
    }

    private interface Answer {
        Recogniser.Said of(Recogniser.Utterance utterance) throws IOException, InterruptedException;
    }

    private void listenBy(Answer answer) {
        var recogniser =
                new Recogniser() {
                    @Override
                    public boolean hears(String language) {
                        return language.equals("ru");
                    }

                    @Override
                    public Said recognise(Utterance utterance)
                            throws IOException, InterruptedException {
                        return answer.of(utterance);
                    }
                };
        listeners = new Listeners(List.of(recogniser), this::note, LIMITS);
    }

    private void note(LegIdentity leg, Notice notice) {
        assertEquals(LEG, leg);
        told.add((SpeechNoticed) notice);
    }

    private Optional<Ear> ear(String play) {
        return listeners.begin(LEG, play, WISH);
    }

    /** Silence, a second of noise, silence. */
    private static void speak(Ear ear) {
        var frame = new Frame();
        for (int i = 0; i < 200; i++) {
            if (i < 20 || i >= 70) {
                frame.silence();
            } else {
                for (int k = 0; k < Codec.FRAME; k++) {
                    frame.codes()[k] = Codec.PCMA.encode(k % 8 < 4 ? 5_000 : -5_000);
                }
                frame.present(Codec.PCMA);
            }
            if (ear.take(frame, false) == Ear.Change.ENDED) {
                return;
            }
        }
        throw new AssertionError("nothing was heard");
    }

    private SpeechNoticed next() throws InterruptedException {
        var next = told.poll(30, TimeUnit.SECONDS);
        assertTrue(next != null, "nothing was told");
        return next;
    }

    @Test
    void aChoiceIsToldWithHowSureItIs() throws Exception {
        listenBy(
                utterance -> {
                    assertEquals("ru", utterance.language());
                    assertEquals(2, utterance.phrases().size());
                    assertTrue(utterance.samples().length > 8_000);
                    return new Recogniser.Said("отменить запись", 77);
                });
        speak(ear("play").orElseThrow());
        assertEquals(new SpeechNoticed("play", SpeechOutcome.CHOSEN, "2", 77), next());
        Eventually.isTrue("the leg is left alone", () -> listeners.listening() == 0);
        assertEquals(1, listeners.count(Outcome.CHOSEN));
    }

    @Test
    void otherWordsAreUnclearAndAFailureIsAFailure() throws Exception {
        var answers = new LinkedBlockingQueue<Answer>();
        listenBy(utterance -> answers.take().of(utterance));
        answers.add(utterance -> new Recogniser.Said("добрый день", 99));
        answers.add(
                utterance -> {
                    throw new IOException("away");
                });
        answers.add(
                utterance -> {
                    throw new IllegalStateException("a bug");
                });
        for (var outcome :
                List.of(SpeechOutcome.UNCLEAR, SpeechOutcome.FAILED, SpeechOutcome.FAILED)) {
            speak(ear("play").orElseThrow());
            assertEquals(outcome, next().outcome());
        }
        assertEquals(2, listeners.count(Outcome.FAILED));
    }

    @Test
    void nobodyIsListenedToInALanguageThatNobodyKnows() {
        listenBy(utterance -> new Recogniser.Said("", 0));
        var wish = new Listeners.Wish("uk", WISH.choices(), WISH.patience());
        assertTrue(listeners.begin(LEG, "play", wish).isEmpty());
        assertEquals(0, listeners.listening());
        assertEquals(0, listeners.refused());
    }

    @Test
    void beyondItsLimitsNobodyIsListenedToAndKeysGoOn() throws Exception {
        // Given
        listenBy(
                utterance -> {
                    asked.countDown();
                    free.await();
                    return new Recogniser.Said("запись", 90);
                });
        var first = ear("first").orElseThrow();
        var second = ear("second").orElseThrow();
        var third = ear("third").orElseThrow();

        // When
        assertTrue(ear("fourth").isEmpty());
        speak(first);
        asked.await();
        speak(second);
        speak(third);

        // Then
        assertEquals(new SpeechNoticed("third", SpeechOutcome.FAILED, "", 0), next());
        assertEquals(1, listeners.refused());
        assertEquals(1, listeners.count(Outcome.BUSY));
        free.countDown();
        assertEquals("first", next().playId());
        assertEquals("second", next().playId());
        Eventually.isTrue("all are left alone", () -> listeners.listening() == 0);
        assertTrue(ear("fifth").isPresent());
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotTold() throws Exception {
        // Given
        listenBy(
                utterance -> {
                    asked.countDown();
                    free.await();
                    return new Recogniser.Said("запись", 90);
                });
        var ear = ear("play").orElseThrow();
        speak(ear);
        asked.await();

        // When
        ear.cancel();
        free.countDown();

        // Then
        Eventually.isTrue("it is counted", () -> listeners.count(Outcome.CANCELLED) == 1);
        assertTrue(told.isEmpty());
        assertEquals(0, listeners.listening());
    }

    @Test
    void anEarThatHearsNothingGivesItsPlaceBack() {
        listenBy(utterance -> new Recogniser.Said("", 0));
        var ear = ear("play").orElseThrow();
        assertEquals(1, listeners.listening());
        ear.cancel();
        ear.cancel();
        assertEquals(0, listeners.listening());
        assertFalse(listeners.count(Outcome.CANCELLED) > 0);
    }
}
