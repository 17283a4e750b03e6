// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Numbers in Russian and Ukrainian, which differ in their words and not in their grammar. */
final class Slavic implements Tongue {

    private static final long SAID_MAX = 999_999_999;
    private static final int ORDINAL_MAX = 9_999;

    /**
     * The words of one language.
     *
     * @param units zero to nineteen, masculine
     * @param feminine one and two
     * @param neuterOne one
     * @param tens from twenty
     * @param hundreds from one hundred
     * @param groups thousands and millions
     * @param ordinals stems of ordinals
     */
    record Lexicon(
            List<String> units,
            List<String> feminine,
            String neuterOne,
            List<String> tens,
            List<String> hundreds,
            List<Noun> groups,
            Ordinals ordinals,
            Calendar calendar) {}

    /**
     * Ordinals in the masculine.
     *
     * @param units first to nineteenth
     * @param tens twentieth to ninetieth
     * @param hundreds hundredth to nine-hundredth
     * @param thousands thousandth to nine-thousandth
     * @param softEnding the third, feminine and neuter
     */
    record Ordinals(
            List<String> units,
            List<String> tens,
            List<String> hundreds,
            List<String> thousands,
            Endings endings,
            List<String> softEnding) {}

    /** What the masculine ends in, and what stands there in the feminine and neuter. */
    record Endings(List<String> masculine, String feminine, String neuter) {}

    /**
     * Words of dates and times.
     *
     * @param months genitive
     */
    record Calendar(
            List<String> months,
            Noun hours,
            Noun minutes,
            Map<String, Noun> currencies,
            String minus,
            String plus) {}

    private final Lexicon words;

    Slavic(Lexicon words) {
        this.words = words;
    }

    @Override
    public String cardinal(long number, Gender gender) {
        if (Math.abs(number) > SAID_MAX) {
            return digits(number);
        }
        if (number < 0) {
            return words.calendar().minus() + " " + cardinal(-number, gender);
        }
        if (number == 0) {
            return words.units().getFirst();
        }
        var said = new ArrayList<String>();
        long rest = number;
        for (int group = words.groups().size(); group >= 1; group--) {
            long size = group == 2 ? 1_000_000 : 1_000;
            long count = rest / size;
            if (count > 0) {
                said.add(counted(count, words.groups().get(group - 1)));
            }
            rest %= size;
        }
        below1000((int) rest, gender, said);
        return String.join(" ", said);
    }

    private void below1000(int number, Gender gender, List<String> said) {
        if (number >= 100) {
            said.add(words.hundreds().get(number / 100 - 1));
        }
        int tail = number % 100;
        if (tail >= 20) {
            said.add(words.tens().get(tail / 10 - 2));
            tail %= 10;
        }
        if (tail > 0) {
            said.add(unit(tail, gender));
        }
    }

    private String unit(int unit, Gender gender) {
        if (unit <= 2 && gender == Gender.FEMININE) {
            return words.feminine().get(unit - 1);
        }
        if (unit == 1 && gender == Gender.NEUTER) {
            return words.neuterOne();
        }
        return words.units().get(unit);
    }

    @Override
    public String ordinal(long number, Gender gender) {
        if (number < 1 || number > ORDINAL_MAX) {
            return cardinal(number, gender);
        }
        int whole = (int) number;
        int last = lastPart(whole);
        var said = new ArrayList<String>();
        if (whole > last) {
            said.add(cardinal(whole - last, Gender.MASCULINE));
        }
        said.add(ordinalPart(last, gender));
        return String.join(" ", said);
    }

    /** The part that alone is an ordinal: 21 of 121, 100 of 1100, 2000 of 2000. */
    private static int lastPart(int number) {
        int tail = number % 100;
        if (tail > 0) {
            return tail < 20 ? tail : tail % 10 == 0 ? tail : tail % 10;
        }
        return number % 1_000 > 0 ? number % 1_000 : number;
    }

    private String ordinalPart(int part, Gender gender) {
        var ordinals = words.ordinals();
        if (part == 3 && gender != Gender.MASCULINE) {
            return ordinals.softEnding().get(gender == Gender.FEMININE ? 0 : 1);
        }
        String masculine;
        if (part < 20) {
            masculine = ordinals.units().get(part - 1);
        } else if (part < 100) {
            masculine = ordinals.tens().get(part / 10 - 2);
        } else if (part < 1_000) {
            masculine = ordinals.hundreds().get(part / 100 - 1);
        } else {
            masculine = ordinals.thousands().get(part / 1_000 - 1);
        }
        return ended(masculine, gender, ordinals.endings());
    }

    private static String ended(String masculine, Gender gender, Endings endings) {
        if (gender == Gender.MASCULINE) {
            return masculine;
        }
        var ending = gender == Gender.FEMININE ? endings.feminine() : endings.neuter();
        return endings.masculine().stream()
                .filter(masculine::endsWith)
                .findFirst()
                .map(old -> masculine.substring(0, masculine.length() - old.length()) + ending)
                .orElse(masculine);
    }

    @Override
    public String counted(long number, Noun noun) {
        return cardinal(number, noun.gender()) + " " + noun.slavic(number);
    }

    @Override
    public String digit(int digit) {
        return words.units().get(digit);
    }

    @Override
    public String plus() {
        return words.calendar().plus();
    }

    @Override
    public String date(int day, int month) {
        return ordinal(day, Gender.NEUTER) + " " + words.calendar().months().get(month - 1);
    }

    @Override
    public String time(int hour, int minute) {
        var hours = counted(hour, words.calendar().hours());
        return minute == 0 ? hours : hours + " " + counted(minute, minutes());
    }

    @Override
    public Noun minutes() {
        return words.calendar().minutes();
    }

    @Override
    public Noun currency(String code) {
        return words.calendar().currencies().getOrDefault(code, Noun.of("", ""));
    }

    private String digits(long number) {
        return Speech.spelled(Long.toString(number), this);
    }
}
