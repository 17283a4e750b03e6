// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.flow.document.FlowDocument;

/** What may be said to a menu: one mistake at a time is named with what to do. */
class WordChecksTest {

    private static final String SOUND =
            """
            id: main
            name: Main menu
            entry: menu
            fallbackQueue: registry
            languages: [ru, en]
            variables: [{ name: wish, kind: text }, { name: tries, kind: number }]
            steps:
              - id: menu
                menu:
                  prompts: [{ texts: { ru: "Скажите", en: "Say" } }]
                  keys: ["1", "2"]
                  maxAttempts: 3
                  confidencePercent: 70
                  variable: wish
                  words:
                    - { key: "1", language: ru, phrases: [регистратура, записаться] }
                    - { key: "1", language: en, phrases: [registry] }
                    - { key: "2", language: ru, phrases: [отменить запись] }
                exits: { "1": queue, "2": queue, no-input: queue, invalid: queue }
              - { id: queue, queue: { id: registry } }
            """;

    private static final FlowAround AROUND =
            new FlowAround("ru", Set.of("registry"), Set.of(), Set.of(), Set.of(), Map.of());

    @Test
    void aMenuMayBeSpokenTo() {
        assertEquals(List.of(), FlowChecks.flaws(FlowChecksTest.flow(SOUND), AROUND));
    }

    @Test
    void wordsAreWrittenAsTheyWereRead() {
        var flow = FlowChecksTest.flow(SOUND);
        assertEquals(flow, FlowChecksTest.flow(FlowDocument.yaml(flow)));
    }

    @Test
    void moreThanMediaTakesIsTooMuch() {
        // Given
        var flow = FlowChecksTest.flow(SOUND).toBuilder();
        var menu = flow.getStepsBuilder(0).getMenuBuilder();
        for (int i = 0; i < 11; i++) {
            var entry = menu.addWordsBuilder().setKey("1").setLanguage("ru");
            for (int j = 0; j < 20; j++) {
                entry.addPhrases("слово" + (char) ('а' + i) + (char) ('а' + j));
            }
        }

        // When
        var flaws = FlowChecks.flaws(flow.build(), AROUND);

        // Then
        assertEquals(1, flaws.size(), flaws::toString);
        assertTrue(flaws.getFirst().message().contains("223 phrases in ru; at most 200"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ key: \"2\", language: ru|{ key: \"3\", language: ru|"
                        + "words[2].key: there is no key of this menu '3'; known are [1, 2]",
                "language: en, phrases|language: uk, phrases|"
                        + "words[1].language: there is no language of this flow 'uk'; known",
                "[отменить запись]|[]|words[2].phrases: are missing; say what a caller may say",
                "[отменить запись]|[а]|words[2].phrases[0]: must have 2 to 60 letters",
                "[отменить запись]|['12']|words[2].phrases[0]: must be words, as they are said",
                "[отменить запись]|[а б в г д е ж з]|words[2].phrases[0]: has more than 6 words",
                "[отменить запись]|['Записаться!']|"
                        + "words[2].phrases[0]: stands for key 1 as well; nobody could tell which",
                "[регистратура, записаться]|[запись, запись]|words[0].phrases[1]: is there twice",
                "confidencePercent: 70|confidencePercent: 101|menu.confidencePercent: must be b",
                "variable: wish|variable: tries|menu.variable: holds a whole number, must hold",
                "variable: wish|variable: wich|menu.variable: there is no variable 'wich'",
            })
    void aMistakeIsNamedWithWhatToDo(String right, String wrong, String message) {
        assertTrue(SOUND.contains(right));
        var flaws =
                FlowChecks.flaws(FlowChecksTest.flow(SOUND.replace(right, wrong)), AROUND).stream()
                        .map(flaw -> flaw.field() + ": " + flaw.message())
                        .toList();
        assertEquals(1, flaws.size(), flaws::toString);
        assertTrue(flaws.getFirst().contains(message), flaws::toString);
    }
}
