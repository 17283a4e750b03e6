// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Numbers in English. */
final class English implements Tongue {

    private static final long SAID_MAX = 999_999_999;
    private static final int ORDINAL_MAX = 9_999;

    private static final List<String> UNITS =
            words(
                    "zero one two three four five six seven eight nine ten eleven twelve thirteen"
                            + " fourteen fifteen sixteen seventeen eighteen nineteen");
    private static final List<String> TENS =
            words("twenty thirty forty fifty sixty seventy eighty ninety");
    private static final List<String> MONTHS =
            words(
                    "January February March April May June July August September October November"
                            + " December");
    private static final Map<String, String> IRREGULAR =
            Map.of(
                    "one", "first",
                    "two", "second",
                    "three", "third",
                    "five", "fifth",
                    "eight", "eighth",
                    "nine", "ninth",
                    "twelve", "twelfth");
    private static final Map<String, Noun> CURRENCIES =
            Map.of(
                    "RUB", Noun.of("ruble", "rubles"),
                    "UAH", Noun.of("hryvnia", "hryvnias"),
                    "USD", Noun.of("dollar", "dollars"),
                    "EUR", Noun.of("euro", "euros"));

    @Override
    public String cardinal(long number, Gender gender) {
        if (Math.abs(number) > SAID_MAX) {
            return Speech.spelled(Long.toString(number), this);
        }
        if (number < 0) {
            return "minus " + cardinal(-number, gender);
        }
        if (number == 0) {
            return UNITS.getFirst();
        }
        var said = new ArrayList<String>();
        int rest = (int) number;
        if (rest >= 1_000_000) {
            said.add(cardinal(rest / 1_000_000, gender) + " million");
        }
        if (rest / 1_000 % 1_000 > 0) {
            said.add(cardinal(rest / 1_000 % 1_000, gender) + " thousand");
        }
        if (rest / 100 % 10 > 0) {
            said.add(UNITS.get(rest / 100 % 10) + " hundred");
        }
        if (rest % 100 > 0) {
            said.add(below100(rest % 100));
        }
        return String.join(" ", said);
    }

    private static String below100(int number) {
        if (number < 20) {
            return UNITS.get(number);
        }
        var tens = TENS.get(number / 10 - 2);
        return number % 10 == 0 ? tens : tens + "-" + UNITS.get(number % 10);
    }

    @Override
    public String ordinal(long number, Gender gender) {
        var cardinal = cardinal(number, gender);
        if (number < 1 || number > ORDINAL_MAX) {
            return cardinal;
        }
        int cut = Math.max(cardinal.lastIndexOf(' '), cardinal.lastIndexOf('-')) + 1;
        var last = cardinal.substring(cut);
        var ordinal =
                IRREGULAR.getOrDefault(
                        last,
                        last.endsWith("y")
                                ? last.substring(0, last.length() - 1) + "ieth"
                                : last + "th");
        return cardinal.substring(0, cut) + ordinal;
    }

    @Override
    public String counted(long number, Noun noun) {
        return cardinal(number, noun.gender()) + " " + noun.english(number);
    }

    @Override
    public String digit(int digit) {
        return UNITS.get(digit);
    }

    @Override
    public String plus() {
        return "plus";
    }

    @Override
    public String date(int day, int month) {
        return "the " + ordinal(day, Gender.MASCULINE) + " of " + MONTHS.get(month - 1);
    }

    @Override
    public String time(int hour, int minute) {
        var half = hour < 12 ? "a.m." : "p.m.";
        var said = UNITS.get(hour % 12 == 0 ? 12 : hour % 12);
        if (minute == 0) {
            return said + " " + half;
        }
        return said + (minute < 10 ? " oh " : " ") + below100(minute) + " " + half;
    }

    @Override
    public Noun minutes() {
        return Noun.of("minute", "minutes");
    }

    @Override
    public Noun currency(String code) {
        return CURRENCIES.getOrDefault(code, Noun.of("", ""));
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
