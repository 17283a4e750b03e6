// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.panacall.ivr.core.flow.SayPart;

/** What is said to somebody who dials a name. */
public final class NamePhrases {

    /** One is found, one of several, how to go back, and too many. */
    private record Words(String one, String each, String back, String more) {}

    private static final Words RUSSIAN =
            new Words(
                    "%s. Чтобы соединиться, нажмите %s.",
                    "%s: нажмите %s.",
                    "Чтобы набрать имя заново, нажмите звёздочку.",
                    "Таких имён много. Наберите следующие буквы.");
    private static final Map<String, Words> OTHERS =
            Map.of(
                    "uk",
                    new Words(
                            "%s. Щоб з'єднатися, натисніть %s.",
                            "%s: натисніть %s.",
                            "Щоб набрати ім'я знову, натисніть зірочку.",
                            "Таких імен багато. Наберіть наступні літери."),
                    "en",
                    new Words(
                            "%s. To be connected, press %s.",
                            "%s: press %s.",
                            "To spell the name again, press star.",
                            "There are many such names. Please type the next letters."));

    private NamePhrases() {}

    /** By which key each of them is to be had. */
    public static String which(List<String> names, String language) {
        var words = OTHERS.getOrDefault(language, RUSSIAN);
        var said = new StringJoiner(" ");
        for (int i = 0; i < names.size(); i++) {
            var key = Speech.of(i + 1L, SayPart.As.DIGITS, "", language).orElseThrow();
            said.add((names.size() == 1 ? words.one() : words.each()).formatted(names.get(i), key));
        }
        return said.add(words.back()).toString();
    }

    /** That more letters are wanted. */
    public static String more(String language) {
        return OTHERS.getOrDefault(language, RUSSIAN).more();
    }
}
