// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.phrase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panacall.acd.core.phrase.Phrases.Noun;
import org.panacall.acd.core.wait.SpokenWait;

/** What callers hear, with the texts from which the demo clinic's prompts are spoken. */
class PhrasesTest {

    private static final Path TEXTS = Path.of("../directory/src/main/demo/prompts");
    private static final Path GOLDEN = Path.of("src/test/resources/phrases");

    /** Prompts of one language may be this many, for somebody has to speak them. */
    private static final int PROMPTS_MAX = 60;

    @ParameterizedTest
    @EnumSource
    void everyNumberAgreesWithItsNounInEachLanguage(Language language) throws IOException {
        // Given
        var golden = Files.readString(GOLDEN.resolve(language.tag() + ".txt"));

        // When
        var spoken =
                IntStream.rangeClosed(0, 999)
                        .mapToObj(count -> line(count, language))
                        .collect(Collectors.joining());

        // Then
        assertEquals(golden, spoken);
    }

    private static String line(int count, Language language) {
        return "%d\t%s\t%s\n"
                .formatted(
                        count,
                        text(Phrases.counted(count, Noun.MINUTES, language), language),
                        text(Phrases.counted(count, Noun.PEOPLE, language), language));
    }

    private static String text(List<String> prompts, Language language) {
        return prompts.stream().map(id -> text(id, language)).collect(Collectors.joining(" "));
    }

    private static String text(String id, Language language) {
        try {
            return Files.readString(TEXTS.resolve(language.tag()).resolve(id + ".txt")).strip();
        } catch (IOException missing) {
            throw new AssertionError("no text for " + id + " in " + language, missing);
        }
    }

    @Test
    void positionsAreSpokenAsPeopleAheadOfTheCaller() {
        assertEquals("Перед вами двадцать один человек", position(22, Language.RU));
        assertEquals("Перед вами два человека", position(3, Language.RU));
        assertEquals("Перед вами никого нет.", position(1, Language.RU));
        assertEquals("Перед вами двадцять одна людина", position(22, Language.UK));
        assertEquals("Перед вами п'ять людей", position(6, Language.UK));
        assertEquals("There is one person ahead of you", position(2, Language.EN));
        assertEquals("There are eleven people ahead of you", position(12, Language.EN));
        assertEquals("You are next in line.", position(1, Language.EN));
    }

    private static String position(int position, Language language) {
        return text(Phrases.position(position, language).orElseThrow(), language);
    }

    @Test
    void aLineTooLongToBeCountedIsNotSpokenOf() {
        assertEquals(Optional.empty(), Phrases.position(1001, Language.RU));
        assertTrue(Phrases.position(1000, Language.RU).isPresent());
    }

    @Test
    void waitsAreSpokenInTheAccusative() {
        assertEquals("Вам ответят примерно через одну минуту", wait(1, Language.RU));
        assertEquals("Вам ответят примерно через две минуты", wait(2, Language.RU));
        assertEquals("Вам ответят примерно через двадцать минут", wait(20, Language.RU));
        assertEquals("Вам ответят меньше чем через минуту.", wait(0, Language.RU));
        assertEquals("Ожидать придётся больше часа.", wait(61, Language.RU));
        assertEquals("Вам відповідять приблизно через дві хвилини", wait(2, Language.UK));
        assertEquals("We will answer you in about one minute", wait(1, Language.EN));
        assertEquals("We will answer you in about thirty minutes", wait(30, Language.EN));
    }

    private static String wait(int minutes, Language language) {
        return text(Phrases.expectedWait(new SpokenWait(minutes), language), language);
    }

    @Test
    void aLanguageIsKnownByItsTagAndRussianStandsForTheUnknown() {
        assertEquals(Language.UK, Language.of("uk-UA"));
        assertEquals(Language.EN, Language.of("en"));
        assertEquals(Language.RU, Language.of(""));
        assertEquals(Language.RU, Language.of("kk"));
    }

    @Test
    void fewPromptsAreEnoughForAllOfThem() {
        // Given
        var ids = new TreeSet<String>();

        // When
        for (var language : Language.values()) {
            for (int count = 0; count <= 999; count++) {
                ids.addAll(Phrases.counted(count, Noun.MINUTES, language));
                ids.addAll(Phrases.counted(count, Noun.PEOPLE, language));
            }
        }

        // Then
        assertTrue(ids.size() <= PROMPTS_MAX, () -> ids.size() + " prompts: " + ids);
    }
}
