// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Optional;
import org.panacall.ivr.core.flow.SayPart.As;

/** Values in words: Russian, Ukrainian and English, with the right number, gender and case. */
public final class Speech {

    private static final Tongue RUSSIAN = new Slavic(Lexicons.RUSSIAN);
    private static final Tongue UKRAINIAN = new Slavic(Lexicons.UKRAINIAN);
    private static final Tongue ENGLISH = new English();

    private Speech() {}

    /**
     * What is said for a value; empty when it is not of that form.
     *
     * @param language of another language, Russian
     */
    public static Optional<String> of(Object value, As as, String currency, String language) {
        var tongue = tongue(language);
        return switch (value) {
            case Long number -> Optional.of(number(number, as, currency, tongue));
            case String text -> text(text, as, tongue);
            default -> Optional.empty();
        };
    }

    private static String number(long number, As as, String currency, Tongue tongue) {
        return switch (as) {
            case ORDINAL -> tongue.ordinal(number, Gender.MASCULINE);
            case DIGITS -> spelled(Long.toString(number), tongue);
            case MONEY -> tongue.counted(number, tongue.currency(currency)).strip();
            case MINUTES -> tongue.counted(number, tongue.minutes());
            case TEXT, NUMBER, DATE, TIME -> tongue.cardinal(number, Gender.MASCULINE);
        };
    }

    private static Optional<String> text(String text, As as, Tongue tongue) {
        try {
            return switch (as) {
                case DIGITS -> Optional.of(spelled(text, tongue));
                case DATE -> {
                    var date = LocalDate.parse(text);
                    yield Optional.of(tongue.date(date.getDayOfMonth(), date.getMonthValue()));
                }
                case TIME -> {
                    var time = LocalTime.parse(text);
                    yield Optional.of(tongue.time(time.getHour(), time.getMinute()));
                }
                case TEXT -> Optional.of(text);
                case NUMBER, ORDINAL, MONEY, MINUTES -> Optional.empty();
            };
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    /** Digit by digit; what is no digit is passed over. */
    static String spelled(String text, Tongue tongue) {
        var said = new ArrayList<String>();
        for (var sign : text.toCharArray()) {
            if (sign == '+') {
                said.add(tongue.plus());
            } else if (sign >= '0' && sign <= '9') {
                said.add(tongue.digit(sign - '0'));
            }
        }
        return String.join(" ", said);
    }

    static Tongue tongue(String language) {
        return switch (language) {
            case "uk" -> UKRAINIAN;
            case "en" -> ENGLISH;
            default -> RUSSIAN;
        };
    }
}
