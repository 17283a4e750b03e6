// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody means by what he says to a menu. */
class MenuWordsTest {

    private final MenuWords words =
            new MenuWords(
                    Map.of(
                            "1", List.of("Регистратура", "запись", "записаться"),
                            "2", List.of("отменить запись", "отмена"),
                            "3", List.of("ещё раз", "don't know")));

    @ParameterizedTest
    @CsvSource({
        "регистратура, 1",
        "'Запись, пожалуйста!', 1",
        "хочу записаться к врачу, 1",
        "мне бы отменить запись, 2",
        "отмена отмена, 2",
        "ЕЩЕ РАЗ, 3",
        "i don’t know, 3"
    })
    void theChoiceIsFoundAmongOtherWords(String said, String choice) {
        assertEquals(choice, words.choice(said).orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "'...'",
        "перезапись",
        "раз ещё",
        "запись или отмена",
        "отменить запись и ещё раз записаться"
    })
    void otherThingsAndSeveralAreNone(String said) {
        assertEquals("", words.choice(said).orElse(""));
    }

    @Test
    void onePhraseIsTheSameHoweverItIsWritten() {
        assertEquals("еще раз", MenuWords.plain("  Ещё — РАЗ! "));
        assertEquals("", MenuWords.plain("?!"));
    }
}
