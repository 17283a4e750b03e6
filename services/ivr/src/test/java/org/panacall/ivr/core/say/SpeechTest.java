// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.ivr.core.flow.SayPart.As;

/** What is said, against golden texts, and every number to 9999 against ICU's rules. */
class SpeechTest {

    private static final Map<String, Tongue> TONGUES =
            Map.of(
                    "ru", new Slavic(Lexicons.RUSSIAN),
                    "uk", new Slavic(Lexicons.UKRAINIAN),
                    "en", new English());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru|21|NUMBER|двадцать один",
                "ru|1001|NUMBER|одна тысяча один",
                "ru|2345678|NUMBER|два миллиона триста сорок пять тысяч шестьсот семьдесят восемь",
                "ru|-5|NUMBER|минус пять",
                "ru|21|MINUTES|двадцать одна минута",
                "ru|22|MINUTES|двадцать две минуты",
                "ru|11|MINUTES|одиннадцать минут",
                "ru|0|MINUTES|ноль минут",
                "ru|3|ORDINAL|третий",
                "ru|40|ORDINAL|сороковой",
                "ru|121|ORDINAL|сто двадцать первый",
                "ru|2026|ORDINAL|две тысячи двадцать шестой",
                "ru|3000|ORDINAL|трёхтысячный",
                "ru|107|DIGITS|один ноль семь",
                "uk|22|MINUTES|двадцять дві хвилини",
                "uk|25|MINUTES|двадцять п’ять хвилин",
                "uk|1974|NUMBER|одна тисяча дев’ятсот сімдесят чотири",
                "uk|3|ORDINAL|третій",
                "uk|4000|ORDINAL|чотирьохтисячний",
                "en|1|MINUTES|one minute",
                "en|22|MINUTES|twenty-two minutes",
                "en|9999|NUMBER|nine thousand nine hundred ninety-nine",
                "en|1012|ORDINAL|one thousand twelfth",
                "en|40|ORDINAL|fortieth"
            })
    void numbersAreSaidAsPeopleSayThem(String language, long number, As as, String said) {
        assertEquals(Optional.of(said), Speech.of(number, as, "", language));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru|RUB|21|двадцать один рубль",
                "ru|RUB|1022|одна тысяча двадцать два рубля",
                "ru|RUB|15|пятнадцать рублей",
                "ru|UAH|2|две гривны",
                "uk|UAH|1|одна гривня",
                "uk|UAH|5|п’ять гривень",
                "uk|EUR|1|одне євро",
                "en|USD|1|one dollar",
                "en|EUR|12|twelve euros"
            })
    void moneyHasItsGenderAndNumber(String language, String currency, long amount, String said) {
        assertEquals(Optional.of(said), Speech.of(amount, As.MONEY, currency, language));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru|2026-01-09|DATE|девятое января",
                "ru|2026-05-23|DATE|двадцать третье мая",
                "uk|2026-03-03|DATE|третє березня",
                "uk|2026-12-31|DATE|тридцять перше грудня",
                "en|2026-01-09|DATE|the ninth of January",
                "ru|10:05|TIME|десять часов пять минут",
                "ru|21:01|TIME|двадцать один час одна минута",
                "ru|00:00|TIME|ноль часов",
                "uk|22:32|TIME|двадцять дві години тридцять дві хвилини",
                "en|00:05|TIME|twelve oh five a.m.",
                "en|13:40|TIME|one forty p.m.",
                "ru|+7495|DIGITS|плюс семь четыре девять пять",
                "ru|Анна|TEXT|Анна"
            })
    void datesTimesAndDigitsAreSaid(String language, String value, As as, String said) {
        assertEquals(Optional.of(said), Speech.of(value, as, "", language));
    }

    @Test
    void whatIsNoDateIsNotSaidAsOne() {
        assertTrue(Speech.of("tomorrow", As.DATE, "", "ru").isEmpty());
        assertTrue(Speech.of("25:61", As.TIME, "", "ru").isEmpty());
        assertTrue(Speech.of(true, As.TEXT, "", "ru").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "ru, MASCULINE, spellout-cardinal-masculine",
        "ru, FEMININE, spellout-cardinal-feminine",
        "ru, NEUTER, spellout-cardinal-neuter",
        "uk, MASCULINE, spellout-cardinal-masculine",
        "uk, FEMININE, spellout-cardinal-feminine",
        "uk, NEUTER, spellout-cardinal-neuter",
        "en, MASCULINE, spellout-cardinal"
    })
    void cardinalsAreThoseOfIcu(String language, Gender gender, String rules) {
        var icu = icu(language);
        for (long number = 0; number <= 9_999; number++) {
            assertEquals(
                    plain(icu.format(number, "%" + rules)),
                    TONGUES.get(language).cardinal(number, gender));
        }
    }

    /** As far as ICU's are right: from two hundred on it has no Russian ones, nor the neuter 80. */
    @ParameterizedTest
    @CsvSource({
        "ru, MASCULINE, spellout-ordinal-masculine, 199",
        "ru, FEMININE, spellout-ordinal-feminine, 199",
        "en, MASCULINE, spellout-ordinal, 9999"
    })
    void ordinalsAreThoseOfIcu(String language, Gender gender, String rules, int last) {
        var icu = icu(language);
        for (long number = 1; number <= last; number++) {
            assertEquals(
                    plain(icu.format(number, "%" + rules)).replace('ё', 'е'),
                    TONGUES.get(language).ordinal(number, gender).replace('ё', 'е'));
        }
    }

    @ParameterizedTest
    @CsvSource({"ru", "uk", "en"})
    void noTwoNumbersSoundAlike(String language) {
        var said = new HashMap<String, Long>();
        for (long number = 0; number <= 9_999; number++) {
            var cardinal = TONGUES.get(language).cardinal(number, Gender.MASCULINE);
            assertFalse(said.containsKey(cardinal), cardinal);
            said.put(cardinal, number);
        }
        for (long number = 1; number <= 9_999; number++) {
            var ordinal = TONGUES.get(language).ordinal(number, Gender.FEMININE);
            assertFalse(said.containsKey(ordinal), ordinal);
            said.put(ordinal, number);
        }
    }

    private static RuleBasedNumberFormat icu(String language) {
        return new RuleBasedNumberFormat(
                ULocale.forLanguageTag(language), RuleBasedNumberFormat.SPELLOUT);
    }

    /** ICU has soft hyphens in places, and another apostrophe. */
    private static String plain(String said) {
        return said.replace("\u00ad", "").replace('\'', '’').replace('ʼ', '’');
    }
}
