// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.StepId;

/** The rules of a menu, on the demo clinic's flow. */
class MenuTest {

    private static final Duration INTER_KEY = Duration.ofMillis(1_500);

    private final Stage stage = new Stage();

    @Test
    void aKeyThatNothingLongerBeginsWithActsAtOnce() {
        // Given
        stage.atMenu();

        // When
        stage.press("3");

        // Then
        assertEquals("hours", firstPrompt(stage.lastPlay()));
    }

    @Test
    void aKeyThatAnExtensionBeginsWithActsAfterTheWaitBetweenKeys() {
        // Given
        stage.atMenu();

        // When
        stage.press("1").after(INTER_KEY.minusMillis(1));

        // Then
        assertEquals("", stage.handedTo());
        stage.after(Duration.ofMillis(1));
        assertEquals("queue registry", stage.handedTo());
    }

    @Test
    void anExtensionIsDialledKeyByKey() {
        // Given
        stage.atMenu();

        // When
        stage.press("1").after(Duration.ofSeconds(1)).press("0").after(Duration.ofSeconds(1));
        stage.press("4");

        // Then
        assertEquals("extension 104", stage.handedTo());
    }

    @Test
    void anExtensionThatBeginsWithNoMenuKeyIsDialledToo() {
        // When
        stage.atMenu().press("6", "0", "2");

        // Then
        assertEquals("queue paid", stage.handedTo());
    }

    @Test
    void theEchoTestCanBeDialled() {
        // When
        stage.atMenu().press("9", "9", "9");

        // Then
        assertInstanceOf(IvrEffect.EchoLeg.class, stage.lastEffect());
    }

    @Test
    void aKeyDuringTheGreetingCutsItShortAndCountsForTheMenu() {
        // Given
        stage.tell(new StartRun(Stage.CALLER, Stage.demo(), Stage.dialPlan(), true));

        // When
        stage.press("1", "0", "3");

        // Then
        assertEquals("extension 103", stage.handedTo());
    }

    @Test
    void aKeyDuringAPlayWithoutBargeInIsNotHeard() {
        // Given
        stage.atMenu().press("3");

        // When
        stage.press("1").playEnds();

        // Then
        assertEquals("menu", firstPrompt(stage.lastPlay()));
        assertEquals("", stage.handedTo());
    }

    @Test
    void noKeyTakesTheNoInputExitAfterTheFirstKeyTimeout() {
        // Given
        stage.atMenu().playEnds();

        // When
        stage.after(Duration.ofMillis(4_999));

        // Then
        assertEquals("", stage.handedTo());
        stage.after(Duration.ofMillis(1));
        assertEquals("queue registry", stage.handedTo());
    }

    @Test
    void aWrongKeyIsToldAndTheMenuComesAgain() {
        // Given
        stage.atMenu();

        // When
        stage.press("5");

        // Then
        assertEquals(
                List.of("invalid", "menu"),
                stage.lastPlay().prompts().stream().map(MenuTest::id).toList());
        stage.press("3");
        assertEquals("hours", firstPrompt(stage.lastPlay()));
    }

    @Test
    void keysThatStopBeingTheBeginningOfAnythingAreWrongAtOnce() {
        // When
        stage.atMenu().press("1", "7");

        // Then
        assertEquals("invalid", firstPrompt(stage.lastPlay()));
        assertTrue(inputs().contains(new InputReceived(new StepId("menu"), "17", false)));
    }

    @Test
    void aBeginningThatIsNotGoneOnWithIsWrongAfterTheWait() {
        // When
        stage.atMenu().press("1", "0").after(INTER_KEY);

        // Then
        assertEquals("invalid", firstPrompt(stage.lastPlay()));
    }

    @Test
    void threeWrongInputsTakeTheInvalidExit() {
        // When
        stage.atMenu().press("5", "5", "5");

        // Then
        assertEquals("queue registry", stage.handedTo());
    }

    @Test
    void everyVisitHasItsOwnAttempts() {
        // Given
        stage.atMenu().press("5", "5", "3").playEnds();

        // When
        stage.press("5", "5");

        // Then
        assertEquals("invalid", firstPrompt(stage.lastPlay()));
        assertEquals("", stage.handedTo());
    }

    @Test
    void withoutExtensionDiallingAKeyNeverWaits() {
        // Given
        var flow =
                Stage.flow(
                        Stage.step("menu", Stage.menu(false, "1"), "1", "bye"),
                        Stage.step("bye", new Step.HangUp()));
        stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));

        // When
        stage.press("1");

        // Then
        assertInstanceOf(IvrEffect.HangUpCall.class, stage.lastEffect());
    }

    @Test
    void anExitThatIsNotDrawnLeadsToTheFallbackQueue() {
        // Given
        var flow = Stage.flow(Stage.step("menu", Stage.menu(false, "1")));
        stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));

        // When
        stage.press("1");

        // Then
        assertEquals("queue fallback", stage.handedTo());
    }

    private List<InputReceived> inputs() {
        return stage.events.stream()
                .map(IvrEvent::fact)
                .filter(InputReceived.class::isInstance)
                .map(InputReceived.class::cast)
                .toList();
    }

    private static String firstPrompt(IvrEffect.Play play) {
        return id(play.prompts().getFirst());
    }

    private static String id(Prompt prompt) {
        return ((Prompt.Stored) prompt).promptId();
    }
}
