// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.flow.Prompt;

/** Messages that are listened to by telephone. */
class VoiceboxTest {

    private final MailboxStage stage = new MailboxStage("ru");

    /** At the first of so many messages, which is being played. */
    private MailboxStage atFirst(int count) {
        return stage.opens(count).playEnds();
    }

    @Test
    void eachMessageIsAnnouncedAndHeardAndMarked() {
        // When
        stage.opens(2);

        // Then
        assertTrue(stage.hears().startsWith("У вас два новых сообщения. первое сообщение."));
        assertTrue(stage.hears().endsWith("Номер оканчивается на: шесть семь"), stage.hears());
        assertTrue(stage.lastPlay().bargeIn());
        stage.playEnds();
        var kept = new Prompt.Kept("recording_1", "agent_104", "104");
        assertEquals(List.of(kept), stage.lastPlay().prompts());
        assertEquals(List.of(), stage.changes());
        stage.playEnds();
        assertEquals(List.of("HEARD recording_1"), stage.changes());
        assertTrue(stage.hears().startsWith("Прослушать ещё раз: один."));
        stage.playEnds().after(MailboxStage.PATIENCE);
        assertTrue(stage.hears().startsWith("второе сообщение."), stage.hears());
        assertFalse(stage.hears().contains("Номер"), stage.hears());
        stage.playEnds().playEnds().press("2");
        assertEquals("Больше новых сообщений нет.", stage.hears());
        stage.playEnds();
        assertEquals("done", stage.exit());
    }

    @ParameterizedTest
    @CsvSource({
        "ru, 0, У вас нет новых сообщений.",
        "ru, 1, У вас одно новое сообщение.",
        "ru, 21, У вас двадцать одно новое сообщение.",
        "ru, 5, У вас пять новых сообщений.",
        "uk, 0, У вас немає нових повідомлень.",
        "uk, 1, У вас одне нове повідомлення.",
        "uk, 3, У вас три нові повідомлення.",
        "uk, 12, У вас дванадцять нових повідомлень.",
        "en, 1, You have one new message.",
        "en, 2, You have two new messages."
    })
    void howManyThereAreIsSaidAsPeopleSayIt(String language, int count, String said) {
        // When
        var there = new MailboxStage(language).opens(count);

        // Then
        assertTrue(there.hears().startsWith(said), there.hears());
    }

    @Test
    void anEmptyMailboxIsLeft() {
        assertEquals("done", stage.opens(0).playEnds().exit());
    }

    @Test
    void keysLeadFromMessageToMessageAtAnyTime() {
        // Given
        stage.opens(3);
        // When
        stage.press("2");
        // Then
        assertTrue(stage.hears().startsWith("второе"), stage.hears());
        assertEquals("recording_2", stage.playEnds().hears());
        assertTrue(stage.press("4").hears().startsWith("первое"), stage.hears());
        assertTrue(stage.press("4").hears().startsWith("первое"), stage.hears());
        assertEquals("recording_1", stage.press("1").hears());
        assertEquals(List.of(), stage.changes());
        assertEquals("done", stage.press("*").exit());
    }

    @Test
    void whatIsDeletedComesBackByZeroAndIsPassedOverOtherwise() {
        // Given
        atFirst(3).press("3");
        assertEquals(List.of("DELETED recording_1"), stage.changes());
        // When
        stage.press("2").answers("done");
        // Then
        assertEquals("Сообщение удалено. Чтобы вернуть его, нажмите ноль.", stage.hears());
        stage.press("0").answers("done");
        assertEquals("RESTORED recording_1", stage.changes().getLast());
        assertTrue(stage.hears().startsWith("Сообщение возвращено."), stage.hears());
        stage.press("0");
        assertTrue(stage.hears().startsWith("Этой клавише"), stage.hears());
        stage.press("3").answers("done").playEnds().after(MailboxStage.PATIENCE);
        assertTrue(stage.hears().startsWith("второе"), stage.hears());
        stage.press("3").answers("done").press("2");
        assertTrue(stage.hears().startsWith("третье"), stage.hears());
    }

    @Test
    void aMessageIsDeletedAfterItIsMarkedAsHeard() {
        // Given
        atFirst(1).playEnds();
        // When
        stage.press("3");
        // Then
        assertEquals(List.of("HEARD recording_1"), stage.changes());
        stage.answers("done");
        assertEquals("DELETED recording_1", stage.changes().getLast());
        stage.answers("done");
        assertTrue(stage.hears().startsWith("Сообщение удалено."), stage.hears());
    }

    @Test
    void whatCannotBePlayedIsToldAndStaysNew() {
        // When
        atFirst(2).playFails();
        // Then
        assertTrue(stage.hears().startsWith("Это сообщение сейчас нельзя прослушать."));
        assertEquals(List.of(), stage.changes());
        stage.playEnds().after(MailboxStage.PATIENCE);
        assertTrue(stage.hears().startsWith("второе"), stage.hears());
    }

    @Test
    void whatCannotBeDeletedIsToldAndIsThere() {
        // Given
        atFirst(1).press("3");
        // When
        stage.answers("failed");
        // Then
        assertTrue(stage.hears().startsWith("Сейчас это невозможно."), stage.hears());
        assertEquals("recording_1", stage.press("1").hears());
        stage.press("3").after(Duration.ofSeconds(6));
        assertTrue(stage.hears().startsWith("Сейчас это невозможно."), stage.hears());
    }

    @ParameterizedTest
    @CsvSource({"unknown, unknown", "failed, failed", "timeout, failed"})
    void whoHasNoMailboxTakesAnotherExit(String outcome, String exit) {
        assertEquals(exit, stage.answers(outcome).exit());
    }

    @Test
    void anAnswerThatDoesNotComeStrandsNobody() {
        assertEquals("failed", stage.after(Duration.ofSeconds(6)).exit());
    }

    @Test
    void aLongMessageIsNotCutOffAndALostEndIsNotWaitedForForEver() {
        // Given
        atFirst(1);
        // When
        stage.after(Duration.ofMinutes(7));
        // Then
        assertEquals("recording_1", stage.hears());
        stage.after(Duration.ofMinutes(2));
        assertTrue(
                stage.effects.stream().anyMatch(IvrEffect.StopPlay.class::isInstance),
                "not given up");
    }

    @Test
    void whoNeverGoesAwayIsHungUpOn() {
        // Given
        stage.opens(1);
        // When
        for (int i = 0; i < 60; i++) {
            stage.press("1").after(Duration.ofMinutes(1));
        }
        // Then
        assertEquals("duration-limit", stage.exit());
    }

    @Test
    void keysAreToldWithTheirStep() {
        // When
        atFirst(1).press("7").press("1");
        // Then
        var told =
                stage.events.stream()
                        .map(one -> one.fact())
                        .filter(InputReceived.class::isInstance)
                        .map(fact -> assertInstanceOf(InputReceived.class, fact).accepted())
                        .toList();
        assertEquals(List.of(false, true), told);
    }
}
