// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.NoteSpeech;
import org.panacall.ivr.core.IvrCommand.Speech;
import org.panacall.ivr.core.IvrCommand.SpeechOutcome;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.ChoiceHeard;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Words;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;

/** A menu that is spoken to: a word counts like a key, and keys win. */
class SpokenMenuTest {

    private static final Words WORDS =
            new Words(
                    List.of(
                            new Words.Entry("1", "", List.of("registry")),
                            new Words.Entry("1", "", List.of("appointment")),
                            new Words.Entry("2", "", List.of("paid")),
                            new Words.Entry("2", "uk", List.of("платні"))),
                    60);

    private final Stage stage = new Stage();

    private SpokenMenuTest begin(Words words, Optional<String> variable) {
        var menu =
                new Step.Menu(
                        Stage.prompts("menu"),
                        Stage.prompts("invalid"),
                        new Step.Keys(List.of("1", "2"), true, words, variable),
                        new Step.Patience(Duration.ofSeconds(5), Duration.ofMillis(1_500), 2));
        var steps =
                List.of(
                        Stage.step(
                                "menu",
                                menu,
                                "1",
                                "registry",
                                "2",
                                "paid",
                                "no-input",
                                "silent",
                                "invalid",
                                "unclear"),
                        Stage.step("registry", queue("registry")),
                        Stage.step("paid", queue("paid")),
                        Stage.step("silent", queue("silent")),
                        Stage.step("unclear", queue("unclear")));
        var flow = Stage.flow(steps.toArray(Step[]::new));
        stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));
        return this;
    }

    private static Step.Enqueue queue(String id) {
        return new Step.Enqueue(new QueueId(id), Map.of());
    }

    private void speech(long play, Speech speech) {
        stage.tell(new NoteSpeech(Stage.CALLER.call(), play, speech));
    }

    private void says(String choice, int confidence) {
        long play = stage.lastPlay().number();
        speech(play, Speech.of(SpeechOutcome.BEGAN));
        speech(play, new Speech(SpeechOutcome.CHOSEN, choice, confidence));
    }

    private List<ChoiceHeard> choices() {
        return stage.events.stream()
                .map(IvrEvent::fact)
                .filter(ChoiceHeard.class::isInstance)
                .map(ChoiceHeard.class::cast)
                .toList();
    }

    private static ChoiceHeard heard(String choice, int confidence, boolean accepted) {
        return new ChoiceHeard(new StepId("menu"), choice, confidence, accepted);
    }

    @Test
    void theCallerIsListenedToInHisLanguage() {
        begin(WORDS, Optional.empty());
        var listening = stage.lastPlay().listening().orElseThrow();
        assertEquals(
                Map.of("1", List.of("registry", "appointment"), "2", List.of("paid")),
                listening.choices());
        assertEquals(Duration.ofSeconds(5), listening.patience());
    }

    @Test
    void aMenuWithoutWordsInHisLanguageIsAnsweredByKeys() {
        var foreign = new Words(List.of(new Words.Entry("1", "uk", List.of("один"))), 60);
        begin(foreign, Optional.empty());
        assertTrue(stage.lastPlay().listening().isEmpty());
    }

    @Test
    void aWordCountsLikeItsKeyAlsoDuringThePrompts() {
        begin(WORDS, Optional.empty());
        says("2", 60);
        assertEquals("queue paid", stage.handedTo());
        assertEquals(List.of(heard("2", 60, true)), choices());
    }

    @Test
    void whatIsChosenIsInTheVariableSaidOrPressed() {
        begin(WORDS, Optional.of("wish"));
        says("2", 90);
        assertTrue(stage.events.stream().anyMatch(event -> isWish(event, "2")));
        var other = new SpokenMenuTest();
        other.begin(WORDS, Optional.of("wish"));
        other.stage.press("2").after(Duration.ofSeconds(2));
        assertTrue(other.stage.events.stream().anyMatch(event -> isWish(event, "2")));
    }

    private static boolean isWish(IvrEvent event, String value) {
        return event.fact().equals(new IvrEvent.VariableSet("wish", value));
    }

    @Test
    void wordsThatAreUnclearCountLikeWrongKeys() {
        // Given
        begin(WORDS, Optional.empty());
        long first = stage.lastPlay().number();

        // When
        says("2", 59);

        // Then
        assertEquals("", stage.handedTo());
        assertTrue(stage.lastPlay().number() > first);
        assertEquals(2, stage.lastPlay().prompts().size());
        assertTrue(stage.lastPlay().listening().isPresent());
        speech(stage.lastPlay().number(), Speech.of(SpeechOutcome.UNCLEAR));
        assertEquals("queue unclear", stage.handedTo());
        assertEquals(List.of(heard("2", 59, false), heard("", 0, false)), choices());
    }

    @Test
    void whoHasBegunToSpeakIsWaitedForLongerThanWhoIsSilent() {
        // Given
        begin(WORDS, Optional.empty());
        stage.playEnds().after(Duration.ofSeconds(4));
        long play = stage.lastPlay().number();

        // When
        speech(play, Speech.of(SpeechOutcome.BEGAN));
        stage.after(Duration.ofSeconds(14));

        // Then
        assertEquals("", stage.handedTo());
        speech(play, new Speech(SpeechOutcome.CHOSEN, "1", 100));
        assertEquals("queue registry", stage.handedTo());
    }

    @Test
    void aRecogniserThatSaysNothingLeavesTheKeys() {
        // Given
        begin(WORDS, Optional.empty());
        stage.playEnds();
        long play = stage.lastPlay().number();

        // When
        speech(play, Speech.of(SpeechOutcome.BEGAN));
        stage.after(Duration.ofSeconds(15));

        // Then
        assertEquals("queue silent", stage.handedTo());
        assertEquals(List.of(), choices());
    }

    @Test
    void aRecogniserThatFailsCostsNoAttemptAndLeavesTheKeys() {
        // Given
        begin(WORDS, Optional.empty());
        long play = stage.lastPlay().number();

        // When
        speech(play, Speech.of(SpeechOutcome.BEGAN));
        speech(play, Speech.of(SpeechOutcome.FAILED));

        // Then
        assertEquals(Stage.prompts("menu"), stage.lastPlay().prompts());
        assertTrue(stage.lastPlay().listening().isEmpty());
        stage.press("2").after(Duration.ofSeconds(2));
        assertEquals("queue paid", stage.handedTo());
        assertEquals(List.of(), choices());
    }

    @Test
    void whoHasBegunToTypeIsNotHeard() {
        begin(WORDS, Optional.empty());
        stage.press("1");
        says("2", 100);
        stage.after(Duration.ofSeconds(2));
        assertEquals("queue registry", stage.handedTo());
        assertEquals(List.of(), choices());
    }

    @Test
    void whatWasSaidToAnEarlierQuestionIsDropped() {
        // Given
        begin(WORDS, Optional.empty());
        long play = stage.lastPlay().number();
        stage.press("5");

        // When
        speech(play, new Speech(SpeechOutcome.CHOSEN, "2", 100));

        // Then
        assertEquals("", stage.handedTo());
        assertEquals(List.of(), choices());
    }

    @Test
    void aChoiceThatTheMenuDoesNotHaveIsNone() {
        begin(WORDS, Optional.empty());
        says("7", 100);
        assertEquals("", stage.handedTo());
        assertEquals(List.of(heard("7", 100, false)), choices());
    }
}
