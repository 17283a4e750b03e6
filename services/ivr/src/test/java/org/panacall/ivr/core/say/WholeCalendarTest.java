// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ibm.icu.text.PluralRules;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.ivr.core.flow.SayPart.As;

/** Every day of a year, every minute of a day and every amount, as others have the rules for it. */
class WholeCalendarTest {

    private static final LocalDate LEAP_YEAR = LocalDate.of(2028, 1, 1);
    private static final int DAYS = 366;

    /** They take long to make. */
    private static final Map<String, RuleBasedNumberFormat> ICU = new HashMap<>();

    private static final List<String> UKRAINIAN_DAYS =
            List.of(
                    "перше",
                    "друге",
                    "третє",
                    "четверте",
                    "п’яте",
                    "шосте",
                    "сьоме",
                    "восьме",
                    "дев’яте",
                    "десяте",
                    "одинадцяте",
                    "дванадцяте",
                    "тринадцяте",
                    "чотирнадцяте",
                    "п’ятнадцяте",
                    "шістнадцяте",
                    "сімнадцяте",
                    "вісімнадцяте",
                    "дев’ятнадцяте",
                    "двадцяте",
                    "двадцять перше",
                    "двадцять друге",
                    "двадцять третє",
                    "двадцять четверте",
                    "двадцять п’яте",
                    "двадцять шосте",
                    "двадцять сьоме",
                    "двадцять восьме",
                    "двадцять дев’яте",
                    "тридцяте",
                    "тридцять перше");

    private static final Map<String, List<String>> FORMS =
            Map.of(
                    "ru час", List.of("час", "часа", "часов"),
                    "ru минута", List.of("минута", "минуты", "минут"),
                    "uk година", List.of("година", "години", "годин"),
                    "uk хвилина", List.of("хвилина", "хвилини", "хвилин"),
                    "ru RUB", List.of("рубль", "рубля", "рублей"),
                    "ru UAH", List.of("гривна", "гривны", "гривен"),
                    "uk RUB", List.of("рубль", "рублі", "рублів"),
                    "uk UAH", List.of("гривня", "гривні", "гривень"));

    @Test
    void everyDayOfAYear() {
        for (int day = 0; day < DAYS; day++) {
            var date = LEAP_YEAR.plusDays(day);
            var russian = icu("ru").format(date.getDayOfMonth(), "%spellout-ordinal-neuter");
            // ICU writes no ё.
            assertEquals(
                    russian + month(date, "ru"),
                    said(date.toString(), As.DATE, "ru").replace('ё', 'е'));
            var ukrainian = UKRAINIAN_DAYS.get(date.getDayOfMonth() - 1);
            assertEquals(ukrainian + month(date, "uk"), said(date.toString(), As.DATE, "uk"));
            var english = icu("en").format(date.getDayOfMonth(), "%spellout-ordinal");
            var month = DateTimeFormatter.ofPattern("MMMM", Locale.ENGLISH).format(date);
            assertEquals("the " + english + " of " + month, said(date.toString(), As.DATE, "en"));
        }
    }

    private static String month(LocalDate date, String language) {
        return DateTimeFormatter.ofPattern(" MMMM", Locale.of(language)).format(date);
    }

    @ParameterizedTest
    @CsvSource({"ru, MASCULINE, час, минута", "uk, FEMININE, година, хвилина"})
    void everyMinuteOfADay(String language, Gender hours, String hour, String minute) {
        for (int time = 0; time < 24 * 60; time++) {
            var expected = counted(time / 60, hours, language, hour);
            if (time % 60 != 0) {
                expected += " " + counted(time % 60, Gender.FEMININE, language, minute);
            }
            var value = "%02d:%02d".formatted(time / 60, time % 60);
            assertEquals(expected, said(value, As.TIME, language));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ru, RUB, MASCULINE",
        "ru, UAH, FEMININE",
        "uk, RUB, MASCULINE",
        "uk, UAH, FEMININE"
    })
    void everyAmount(String language, String currency, Gender gender) {
        for (int amount = 0; amount <= 9_999; amount++) {
            assertEquals(
                    counted(amount, gender, language, currency),
                    Speech.of((long) amount, As.MONEY, currency, language).orElseThrow());
        }
    }

    private static String counted(int number, Gender gender, String language, String noun) {
        var rules = "%spellout-cardinal-" + gender.name().toLowerCase(Locale.ROOT);
        var words = icu(language).format(number, rules).replace("\u00ad", "");
        var forms = FORMS.get(language + " " + noun);
        var category = PluralRules.forLocale(ULocale.forLanguageTag(language)).select(number);
        return words.replace('\'', '’').replace('ʼ', '’')
                + " "
                + switch (category) {
                    case "one" -> forms.get(0);
                    case "few" -> forms.get(1);
                    default -> forms.get(2);
                };
    }

    private static String said(String value, As as, String language) {
        return Speech.of(value, as, "", language).orElseThrow();
    }

    private static RuleBasedNumberFormat icu(String language) {
        return ICU.computeIfAbsent(
                language,
                tag ->
                        new RuleBasedNumberFormat(
                                ULocale.forLanguageTag(tag), RuleBasedNumberFormat.SPELLOUT));
    }
}
